#pragma once
// A project file of its own for each test of a store. Thread: one test at a time.

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <filesystem>
#include <memory>

#include "project/project_file.h"
#include "support/reference.h"

namespace palimpsest::testing {

/// Base of a test class: begin() before each test.
class FreshProject {
protected:
    void begin()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        VERIFY_RESULT(project::ProjectFile::openOrCreate(path()));
    }
    [[nodiscard]] std::filesystem::path path() const
    {
        return std::filesystem::path(m_folder->path().toStdString()) / "p.palimpsest";
    }
    [[nodiscard]] project::ProjectFile open(
        project::ProjectFile::Mode mode = project::ProjectFile::Mode::ReadWrite) const
    {
        return project::ProjectFile::open(path(), mode).value();
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

} // namespace palimpsest::testing
