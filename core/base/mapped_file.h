#pragma once
// Files as memory: read-only maps of inputs, and outputs that appear under their name only when complete.
// Thread: an object belongs to one thread at a time; the mapped bytes may be read from any thread.

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

#include "base/result.h"

namespace palimpsest::base {

/// A regular file mapped read-only for the lifetime of the object. An empty file maps to an empty span.
class MappedFile {
public:
    /// Fails with NotFound (no such file, or a folder) or Unreadable (permissions).
    [[nodiscard]] static Result<MappedFile> open(const std::filesystem::path& path);

    MappedFile() = default;
    ~MappedFile();
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    [[nodiscard]] std::span<const std::byte> bytes() const { return {m_data, m_size}; }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    const std::byte* m_data = nullptr;
    std::size_t m_size = 0;
    std::filesystem::path m_path;
};

/// A file of known size that is written through memory as `<path>.part` and renamed by commit().
/// Its blocks are reserved first, so a full disk is an error here and never a signal later.
/// Destroyed without commit(), it removes the `.part` file, unless keepPart() was called.
class MappedOutput {
public:
    /// Fails with DiskFull, NotFound (no such folder) or WriteFailed.
    [[nodiscard]] static Result<MappedOutput> create(const std::filesystem::path& path, std::size_t size);

    /// Goes on with the `.part` file that an earlier output of this path and size left, or makes one of
    /// zeros. Whoever resumes has to know which bytes are of use. Fails as create() does.
    [[nodiscard]] static Result<MappedOutput> resume(const std::filesystem::path& path, std::size_t size);

    MappedOutput() = default;
    ~MappedOutput();
    MappedOutput(MappedOutput&& other) noexcept;
    MappedOutput& operator=(MappedOutput&& other) noexcept;
    MappedOutput(const MappedOutput&) = delete;
    MappedOutput& operator=(const MappedOutput&) = delete;

    [[nodiscard]] std::span<std::byte> bytes() { return {m_data, m_size}; }

    /// Destroyed without commit(), it leaves the `.part` file for resume().
    void keepPart() { m_keeps = true; }

    /// Flushes and renames. After it, bytes() is empty.
    [[nodiscard]] Status commit();

private:
    static Result<MappedOutput> open(const std::filesystem::path& path, std::size_t size, bool resumes);
    void discard();

    std::byte* m_data = nullptr;
    std::size_t m_size = 0;
    std::filesystem::path m_path;
    bool m_keeps = false;
};

/// Writes a whole small file as `<path>.part`, then renames it. Fails with DiskFull, NotFound or WriteFailed.
[[nodiscard]] Status writeFileAtomically(const std::filesystem::path& path, std::string_view content);

/// Reads a whole file of at most `limit` bytes. Fails with NotFound, Unreadable or TooLarge.
[[nodiscard]] Result<std::string> readFile(const std::filesystem::path& path, std::size_t limit);

} // namespace palimpsest::base
