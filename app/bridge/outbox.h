#pragma once
// Edits of the open project on their way into its file: written behind the window, in the order in which
// they were made.
// Thread: any; the object that makes the edits shares it with the job that writes them.

#include <cstddef>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "project/project_file.h"

namespace palimpsest::app {

template <typename Edit>
class Outbox {
public:
    using Write = std::function<base::Status(project::ProjectFile& file, const std::vector<Edit>& edits)>;

    /// `write` gets one or more edits, and writes all of them or none.
    Outbox(std::filesystem::path project, Write write)
        : m_project(std::move(project))
        , m_write(std::move(write))
    {
    }

    const std::filesystem::path& project() const { return m_project; }

    void add(std::vector<Edit> edits)
    {
        const std::lock_guard lock(m_access);
        for (Edit& edit : edits)
            m_waiting.push_back(std::move(edit));
    }

    /// Nothing waits to be written.
    bool isEmpty() const
    {
        const std::lock_guard lock(m_access);
        return m_waiting.empty();
    }

    /// Writes all that waits. What cannot be written waits on.
    base::Status drain()
    {
        const std::lock_guard order(m_writing);
        std::vector<Edit> edits;
        {
            const std::lock_guard lock(m_access);
            edits.assign(m_waiting.begin(), m_waiting.end());
        }
        if (edits.empty())
            return {};
        PALIMPSEST_TRY(file, project::ProjectFile::open(m_project, project::ProjectFile::Mode::ReadWrite));
        PALIMPSEST_CHECK(m_write(file, edits));
        const std::lock_guard lock(m_access);
        m_waiting.erase(m_waiting.begin(), m_waiting.begin() + static_cast<std::ptrdiff_t>(edits.size()));
        return {};
    }

private:
    const std::filesystem::path m_project;
    const Write m_write;
    std::mutex m_writing; ///< held while edits are written, so that they stay in order
    mutable std::mutex m_access; ///< guards m_waiting
    std::deque<Edit> m_waiting;
};

} // namespace palimpsest::app
