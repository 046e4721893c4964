#pragma once
// Puts into a project file what no version of the program would write. Needs SQLite. Thread: reentrant.

#include <QtTest/QtTest>

#include <filesystem>

#include <sqlite3.h>

namespace palimpsest::testing {

inline void runSql(const std::filesystem::path& path, const char* sql)
{
    sqlite3* database = nullptr;
    QCOMPARE(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    QCOMPARE(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
}

} // namespace palimpsest::testing
