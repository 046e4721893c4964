#include "base/mapped_file.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace palimpsest::base {

namespace fs = std::filesystem;

namespace {

class Descriptor {
public:
    explicit Descriptor(int fd)
        : m_fd(fd)
    {
    }
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return m_fd; }

private:
    int m_fd;
};

fs::path partPath(const fs::path& path)
{
    fs::path part = path;
    part += ".part";
    return part;
}

Error readError(const fs::path& path, int code)
{
    if (code == ENOENT || code == ENOTDIR)
        return {ErrorCode::NotFound, "There is no file " + path.string() + "; check the name"};
    return {ErrorCode::Unreadable, path.string() + " cannot be read: " + std::strerror(code)};
}

Error writeError(const fs::path& path, int code)
{
    if (code == ENOSPC || code == EDQUOT || code == EFBIG) {
        return {ErrorCode::DiskFull,
            "No space is left to write " + path.string()
                + "; free some space or choose another disk, then run again"};
    }
    if (code == ENOENT || code == ENOTDIR)
        return {ErrorCode::NotFound, "The folder of " + path.string() + " does not exist; create it first"};
    return {ErrorCode::WriteFailed, path.string() + " cannot be written: " + std::strerror(code)};
}

} // namespace

Result<MappedFile> MappedFile::open(const fs::path& path)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0)
        return readError(path, errno);
    struct stat info = {};
    if (::fstat(file.get(), &info) != 0)
        return readError(path, errno);
    if (S_ISDIR(info.st_mode))
        return Error{ErrorCode::NotFound, path.string() + " is a folder; a file is expected"};

    MappedFile mapped;
    mapped.m_path = path;
    mapped.m_size = static_cast<std::size_t>(info.st_size);
    if (mapped.m_size > 0) {
        void* memory = ::mmap(nullptr, mapped.m_size, PROT_READ, MAP_PRIVATE, file.get(), 0);
        if (memory == MAP_FAILED) {
            const int code = errno;
            mapped.m_size = 0;
            return readError(path, code);
        }
        mapped.m_data = static_cast<const std::byte*>(memory);
    }
    return mapped;
}

MappedFile::~MappedFile()
{
    if (m_data != nullptr)
        ::munmap(const_cast<std::byte*>(m_data), m_size);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_size(std::exchange(other.m_size, 0))
    , m_path(std::move(other.m_path))
{
}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept
{
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    std::swap(m_path, other.m_path);
    return *this;
}

Result<MappedOutput> MappedOutput::create(const fs::path& path, std::size_t size)
{
    return open(path, size, false);
}

Result<MappedOutput> MappedOutput::resume(const fs::path& path, std::size_t size)
{
    return open(path, size, true);
}

Result<MappedOutput> MappedOutput::open(const fs::path& path, std::size_t size, bool resumes)
{
    const fs::path part = partPath(path);
    const Descriptor file(::open(part.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (file.get() < 0)
        return writeError(path, errno);
    struct stat info = {};
    const bool fits = resumes && ::fstat(file.get(), &info) == 0 && S_ISREG(info.st_mode)
        && static_cast<std::size_t>(info.st_size) == size;
    if (!fits && ::ftruncate(file.get(), 0) != 0)
        return writeError(path, errno);

    MappedOutput output;
    output.m_path = path;
    if (size == 0)
        return output;
    // Not ftruncate: a sparse file would turn a full disk into SIGBUS at the first store.
    if (const int code = ::posix_fallocate(file.get(), 0, static_cast<off_t>(size)); code != 0) {
        output.discard();
        return writeError(path, code);
    }
    void* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0);
    if (memory == MAP_FAILED) {
        const int code = errno;
        output.discard();
        return writeError(path, code);
    }
    output.m_data = static_cast<std::byte*>(memory);
    output.m_size = size;
    return output;
}

MappedOutput::~MappedOutput()
{
    discard();
}

MappedOutput::MappedOutput(MappedOutput&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_size(std::exchange(other.m_size, 0))
    , m_path(std::exchange(other.m_path, {}))
    , m_keeps(other.m_keeps)
{
}

MappedOutput& MappedOutput::operator=(MappedOutput&& other) noexcept
{
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    std::swap(m_path, other.m_path);
    std::swap(m_keeps, other.m_keeps);
    return *this;
}

void MappedOutput::discard()
{
    if (m_data != nullptr)
        ::munmap(m_data, m_size);
    m_data = nullptr;
    m_size = 0;
    if (!m_path.empty() && !m_keeps) {
        std::error_code ignored;
        fs::remove(partPath(m_path), ignored);
        m_path.clear();
    }
}

Status MappedOutput::commit()
{
    if (m_data != nullptr) {
        const int failed = ::munmap(m_data, m_size);
        m_data = nullptr;
        m_size = 0;
        if (failed != 0)
            return writeError(m_path, errno);
    }
    if (::rename(partPath(m_path).c_str(), m_path.c_str()) != 0) {
        const Error error = writeError(m_path, errno);
        discard();
        return error;
    }
    m_path.clear();
    return {};
}

Status writeFileAtomically(const fs::path& path, std::string_view content)
{
    auto output = MappedOutput::create(path, content.size());
    if (!output)
        return output.error();
    if (!content.empty())
        std::memcpy(output.value().bytes().data(), content.data(), content.size());
    return output.value().commit();
}

Result<std::string> readFile(const fs::path& path, std::size_t limit)
{
    PALIMPSEST_TRY(file, MappedFile::open(path));
    const auto bytes = file.bytes();
    if (bytes.size() > limit) {
        return Error{ErrorCode::TooLarge,
            path.string() + " has " + std::to_string(bytes.size()) + " bytes; at most "
                + std::to_string(limit) + " are expected of such a file"};
    }
    return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

} // namespace palimpsest::base
