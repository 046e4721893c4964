#include "project/sqlite.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <sqlite3.h>

namespace palimpsest::project {

using base::Error;
using base::ErrorCode;

namespace {

constexpr int kBusyMilliseconds = 2500;

Error fullError(const std::string& file)
{
    return {ErrorCode::DiskFull,
        "No space is left to write " + file + "; free some space or choose another disk, then run again"};
}

Error systemError(const std::string& file, int extendedCode, int code)
{
    if (code == ENOSPC || code == EDQUOT || code == EFBIG)
        return fullError(file);
    const std::string reason
        = code != 0 ? std::strerror(code) : "the system reports an input or output error";
    const bool reading = extendedCode == SQLITE_IOERR_READ || extendedCode == SQLITE_IOERR_SHORT_READ;
    if (reading)
        return {ErrorCode::Unreadable, file + " cannot be read: " + reason};
    return {ErrorCode::WriteFailed,
        file + " cannot be opened or written: " + reason
            + "; check the disk and the permissions of its folder"};
}

/// errno of the failed call: the database file's own record first, since SQLite's roll-back overwrites errno.
int systemCode(sqlite3* database)
{
    int code = 0;
    if (database == nullptr)
        return code;
    sqlite3_file_control(database, "main", SQLITE_FCNTL_LAST_ERRNO, &code);
    return code != 0 ? code : sqlite3_system_errno(database);
}

/// The sentence for a failed call. `database` may be null (out of memory).
Error toError(sqlite3* database, int code, const std::filesystem::path& path)
{
    const std::string file = path.string();
    const int extendedCode = database != nullptr ? sqlite3_extended_errcode(database) : code;
    switch (code & 0xff) {
    case SQLITE_FULL:
        return fullError(file);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return systemError(file, extendedCode, systemCode(database));
    case SQLITE_READONLY:
        return {ErrorCode::WriteFailed,
            file + " is read-only; copy it or change its permissions, then try again"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::WriteFailed,
            file + " is in use by another program that writes to it; wait for it to end, then try again"};
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {ErrorCode::Unreadable, file + " cannot be read: permission denied"};
    case SQLITE_NOMEM:
    case SQLITE_TOOBIG:
        return {ErrorCode::TooLarge, file + ": an array is too large to be kept in a project file"};
    case SQLITE_NOTADB:
        return {ErrorCode::Malformed, file + " is not a Palimpsest project"};
    case SQLITE_ERROR: // a table or column of ours is missing
    case SQLITE_CORRUPT:
    case SQLITE_SCHEMA:
        return {ErrorCode::Malformed,
            file + " is damaged (" + (database != nullptr ? sqlite3_errmsg(database) : "no details")
                + "); restore a copy or run the study into a new file"};
    default:
        return {ErrorCode::Internal,
            file + ": SQLite reports " + (database != nullptr ? sqlite3_errmsg(database) : "a failure")};
    }
}

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

Statement::Statement(sqlite3_stmt* statement, const std::filesystem::path& file)
    : m_statement(statement)
    , m_file(file)
{
}

void Statement::bind(int parameter, std::int64_t number)
{
    if (const int code = sqlite3_bind_int64(m_statement.get(), parameter, number); code != SQLITE_OK)
        m_bindCode = code;
}

void Statement::bind(int parameter, std::string_view text)
{
    // A null pointer would bind NULL.
    const char* data = text.empty() ? "" : text.data();
    if (const int code
        = sqlite3_bind_text64(m_statement.get(), parameter, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
        code != SQLITE_OK)
        m_bindCode = code;
}

void Statement::bind(int parameter, std::span<const std::byte> blob)
{
    const void* data = blob.empty() ? static_cast<const void*>("") : blob.data();
    if (const int code = sqlite3_bind_blob64(m_statement.get(), parameter, data, blob.size(), SQLITE_STATIC);
        code != SQLITE_OK)
        m_bindCode = code;
}

base::Result<bool> Statement::step()
{
    const int code = m_bindCode != SQLITE_OK ? m_bindCode : sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    Error error = toError(sqlite3_db_handle(m_statement.get()), code, m_file);
    sqlite3_reset(m_statement.get());
    return error;
}

base::Status Statement::run()
{
    PALIMPSEST_TRY(more, step());
    while (more) {
        PALIMPSEST_TRY(next, step());
        more = next;
    }
    return {};
}

void Statement::reset()
{
    m_bindCode = SQLITE_OK;
    sqlite3_reset(m_statement.get());
    sqlite3_clear_bindings(m_statement.get());
}

std::int64_t Statement::number(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

std::string_view Statement::text(int column) const
{
    const auto* data = sqlite3_column_text(m_statement.get(), column);
    if (data == nullptr)
        return {};
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return {reinterpret_cast<const char*>(data), static_cast<std::size_t>(size)};
}

std::span<const std::byte> Statement::blob(int column) const
{
    const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(m_statement.get(), column));
    if (data == nullptr)
        return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}

void Database::Close::operator()(sqlite3* database) const
{
    sqlite3_close_v2(database);
}

Database::Database(std::unique_ptr<sqlite3, Close> database, const std::filesystem::path& file)
    : m_database(std::move(database))
    , m_file(file)
{
}

base::Result<Database> Database::open(
    const std::filesystem::path& file, Access access, const std::filesystem::path& nameInErrors)
{
    int flags = SQLITE_OPEN_NOMUTEX;
    if (access == Access::ReadOnly)
        flags |= SQLITE_OPEN_READONLY;
    else
        flags |= SQLITE_OPEN_READWRITE | (access == Access::Create ? SQLITE_OPEN_CREATE : 0);
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
    Database database(std::unique_ptr<sqlite3, Close>(handle), nameInErrors);
    if (code != SQLITE_OK)
        return toError(handle, code, nameInErrors);
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, kBusyMilliseconds);
    // A project may come from a stranger: nothing in its schema may run.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    PALIMPSEST_CHECK(database.execute("PRAGMA cell_size_check=ON; PRAGMA mmap_size=0;"));
    if (access != Access::ReadOnly)
        PALIMPSEST_CHECK(database.execute("PRAGMA journal_mode=DELETE; PRAGMA synchronous=NORMAL;"));
    return database;
}

base::Result<Statement> Database::prepare(std::string_view sql)
{
    sqlite3_stmt* statement = nullptr;
    const int code
        = sqlite3_prepare_v2(m_database.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
    if (code != SQLITE_OK)
        return toError(m_database.get(), code, m_file);
    return Statement(statement, m_file);
}

base::Status Database::execute(const std::string& sql)
{
    const int code = sqlite3_exec(m_database.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return toError(m_database.get(), code, m_file);
    return {};
}

bool Database::inTransaction() const
{
    return sqlite3_get_autocommit(m_database.get()) == 0;
}

bool Database::readOnly() const
{
    return sqlite3_db_readonly(m_database.get(), "main") != 0;
}

Transaction::Transaction(Database& database, bool nested)
    : m_database(&database)
    , m_nested(nested)
{
}

base::Result<Transaction> Transaction::begin(Database& database, Kind kind)
{
    const bool nested = database.inTransaction();
    // IMMEDIATE: a second writer is told at once, not after its work.
    const char* beginning = kind == Kind::Write ? "BEGIN IMMEDIATE" : "BEGIN";
    PALIMPSEST_CHECK(database.execute(nested ? "SAVEPOINT part" : beginning));
    return Transaction(database, nested);
}

Transaction::Transaction(Transaction&& other) noexcept
    : m_database(std::exchange(other.m_database, nullptr))
    , m_nested(other.m_nested)
{
}

Transaction::~Transaction()
{
    // SQLite may have rolled back by itself (full disk); then there is nothing left to do.
    if (m_database != nullptr && m_database->inTransaction())
        static_cast<void>(m_database->execute(m_nested ? "ROLLBACK TO part; RELEASE part" : "ROLLBACK"));
}

base::Status Transaction::commit()
{
    PALIMPSEST_CHECK(m_database->execute(m_nested ? "RELEASE part" : "COMMIT"));
    m_database = nullptr;
    return {};
}

} // namespace palimpsest::project
