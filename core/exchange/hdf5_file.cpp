#include "exchange/hdf5_file.h"

#include <hdf5.h>

#include <mutex>
#include <optional>
#include <system_error>
#include <utility>

namespace palimpsest::exchange {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;
using base::Result;
using base::Status;

namespace {

constexpr std::size_t kMostExtents = 4;

std::mutex& libraryLock()
{
    static std::mutex lock;
    return lock;
}

/// What must be true before the first call of the library: it prints nothing and loads no code.
void prepareLibrary()
{
    static const bool done = [] {
        H5open();
        H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
        H5PLset_loading_state(0);
        return true;
    }();
    (void)done;
}

/// Closes an identifier of the library.
class Handle {
public:
    Handle(hid_t id, herr_t (*close)(hid_t))
        : m_id(id)
        , m_close(close)
    {
    }
    ~Handle() { reset(); }
    Handle(Handle&& other) noexcept
        : m_id(std::exchange(other.m_id, H5I_INVALID_HID))
        , m_close(other.m_close)
    {
    }
    Handle& operator=(Handle&&) = delete;

    explicit operator bool() const { return m_id >= 0; }
    [[nodiscard]] hid_t id() const { return m_id; }
    bool reset()
    {
        const hid_t id = std::exchange(m_id, H5I_INVALID_HID);
        return id < 0 || m_close(id) >= 0;
    }

private:
    hid_t m_id;
    herr_t (*m_close)(hid_t);
};

Error malformed(const fs::path& path, std::string_view name, const std::string& what)
{
    return {ErrorCode::Malformed, path.string() + ": the data set \"" + std::string(name) + "\" " + what};
}

/// Filters that the library itself has.
bool usesKnownFilters(hid_t properties)
{
    const int filters = H5Pget_nfilters(properties);
    for (int i = 0; i < filters; ++i) {
        unsigned flags = 0;
        unsigned config = 0;
        std::size_t elements = 0;
        const H5Z_filter_t filter = H5Pget_filter2(
            properties, static_cast<unsigned>(i), &flags, &elements, nullptr, 0, nullptr, &config);
        if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_FLETCHER32)
            return false;
    }
    return filters >= 0;
}

Result<Handle> openDataSet(hid_t file, const fs::path& path, std::string_view name)
{
    const std::string text(name);
    H5L_info_t link{};
    if (H5Lexists(file, text.c_str(), H5P_DEFAULT) <= 0
        || H5Lget_info(file, text.c_str(), &link, H5P_DEFAULT) < 0)
        return Error{ErrorCode::NotFound,
            path.string() + " has no data set \"" + text + "\"; is it a file of NeuroX's activations?"};
    if (link.type != H5L_TYPE_HARD)
        return malformed(path, name, "is a link to elsewhere, which is not followed");
    Handle set(H5Dopen2(file, text.c_str(), H5P_DEFAULT), H5Dclose);
    if (!set)
        return malformed(path, name, "is no data set");
    const Handle properties(H5Dget_create_plist(set.id()), H5Pclose);
    if (!properties || H5Pget_external_count(properties.id()) != 0
        || H5Pget_layout(properties.id()) == H5D_VIRTUAL || !usesKnownFilters(properties.id()))
        return malformed(path, name, "keeps its data in other files or behind filters, which are not read");
    return set;
}

Result<std::vector<std::size_t>> extentsOf(hid_t set, const fs::path& path, std::string_view name)
{
    const Handle type(H5Dget_type(set), H5Tclose);
    const Handle space(H5Dget_space(set), H5Sclose);
    if (!type || !space || H5Tget_class(type.id()) != H5T_FLOAT || H5Tget_size(type.id()) > sizeof(double))
        return malformed(path, name, "holds no floating-point numbers");
    const int rank = H5Sget_simple_extent_ndims(space.id());
    if (rank < 1 || rank > static_cast<int>(kMostExtents))
        return malformed(path, name, "has " + std::to_string(rank) + " dimensions");
    hsize_t sizes[kMostExtents] = {};
    H5Sget_simple_extent_dims(space.id(), sizes, nullptr);
    std::size_t count = 1;
    std::vector<std::size_t> extents;
    for (int i = 0; i < rank; ++i) {
        const auto size = static_cast<std::size_t>(sizes[i]);
        std::size_t product = 0;
        if (__builtin_mul_overflow(count, size, &product) || product > std::size_t{1} << 40U)
            return malformed(path, name, "claims to be larger than any file");
        count = product;
        extents.push_back(size);
    }
    // Numbers that were never written read as zeros: a small file must not become a large one. Deflate packs
    // at most 1032 bytes into one.
    constexpr std::size_t kMostPacked = 1100;
    const auto stored = static_cast<std::size_t>(H5Dget_storage_size(set));
    if (count * H5Tget_size(type.id()) / kMostPacked > stored)
        return malformed(path, name, "claims more numbers than the file holds");
    return extents;
}

} // namespace

struct Hdf5Reader::State {
    fs::path path;
    Handle file;
};

Hdf5Reader::Hdf5Reader(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

// One that was moved from takes no lock: open() and create() leave such behind while they hold it.
Hdf5Reader::~Hdf5Reader()
{
    if (!m_state)
        return;
    const std::lock_guard guard(libraryLock());
    m_state.reset();
}

Hdf5Reader::Hdf5Reader(Hdf5Reader&&) noexcept = default;

Result<Hdf5Reader> Hdf5Reader::open(const fs::path& path)
{
    std::error_code code;
    if (!fs::exists(path, code))
        return Error{ErrorCode::NotFound, path.string() + " does not exist"};
    const std::lock_guard guard(libraryLock());
    prepareLibrary();
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    H5Pset_file_locking(access.id(), false, true); // read-only file systems have no locks
    Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.id()), H5Fclose);
    if (!file)
        return Error{ErrorCode::Malformed, path.string() + " is no HDF5 file, or a damaged one"};
    return Hdf5Reader(std::unique_ptr<State>(new State{path, std::move(file)}));
}

Result<std::vector<std::size_t>> Hdf5Reader::floatExtents(std::string_view name) const
{
    const std::lock_guard guard(libraryLock());
    PALIMPSEST_TRY(set, openDataSet(m_state->file.id(), m_state->path, name));
    return extentsOf(set.id(), m_state->path, name);
}

Status Hdf5Reader::readFloats(std::string_view name, std::span<float> out) const
{
    const std::lock_guard guard(libraryLock());
    PALIMPSEST_TRY(set, openDataSet(m_state->file.id(), m_state->path, name));
    PALIMPSEST_TRY(extents, extentsOf(set.id(), m_state->path, name));
    std::size_t count = 1;
    for (const std::size_t extent : extents)
        count *= extent;
    if (count != out.size())
        return malformed(m_state->path, name, "has another size than a moment before");
    if (count > 0 && H5Dread(set.id(), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, out.data()) < 0)
        return malformed(m_state->path, name, "cannot be read; the file is damaged");
    return {};
}

Result<std::size_t> Hdf5Reader::entryCount() const
{
    const std::lock_guard guard(libraryLock());
    H5G_info_t info{};
    if (H5Gget_info(m_state->file.id(), &info) < 0)
        return Error{ErrorCode::Malformed, m_state->path.string() + " is damaged: its root cannot be read"};
    return static_cast<std::size_t>(info.nlinks);
}

bool Hdf5Reader::has(std::string_view name) const
{
    const std::lock_guard guard(libraryLock());
    return H5Lexists(m_state->file.id(), std::string(name).c_str(), H5P_DEFAULT) > 0;
}

struct Hdf5Writer::State {
    fs::path path;
    fs::path part;
    Handle file;
    bool committed = false;

    State(fs::path target, fs::path partial, Handle handle)
        : path(std::move(target))
        , part(std::move(partial))
        , file(std::move(handle))
    {
    }
    ~State()
    {
        file.reset();
        if (!committed) {
            std::error_code ignored;
            fs::remove(part, ignored);
        }
    }

    [[nodiscard]] Error failed() const
    {
        return {ErrorCode::WriteFailed, path.string() + " cannot be written; is the disk full?"};
    }
};

Hdf5Writer::Hdf5Writer(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

Hdf5Writer::~Hdf5Writer()
{
    if (!m_state)
        return;
    const std::lock_guard guard(libraryLock());
    m_state.reset();
}

Hdf5Writer::Hdf5Writer(Hdf5Writer&&) noexcept = default;

Result<Hdf5Writer> Hdf5Writer::create(const fs::path& path)
{
    const std::lock_guard guard(libraryLock());
    prepareLibrary();
    fs::path part = path;
    part += ".part";
    Handle file(H5Fcreate(part.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose);
    if (!file)
        return Error{ErrorCode::WriteFailed,
            path.string() + " cannot be created; does its folder exist, and may you write there?"};
    return Hdf5Writer(std::make_unique<State>(path, std::move(part), std::move(file)));
}

Status Hdf5Writer::writeFloats(
    std::string_view name, std::span<const std::size_t> extents, std::span<const float> values)
{
    const std::lock_guard guard(libraryLock());
    const std::vector<hsize_t> sizes(extents.begin(), extents.end());
    const Handle space(H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr), H5Sclose);
    const Handle set(H5Dcreate2(m_state->file.id(), std::string(name).c_str(), H5T_IEEE_F32LE, space.id(),
                         H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
        H5Dclose);
    if (!set
        || (!values.empty()
            && H5Dwrite(set.id(), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0))
        return m_state->failed();
    return {};
}

Status Hdf5Writer::writeString(std::string_view name, std::string_view text)
{
    const std::lock_guard guard(libraryLock());
    const Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
    H5Tset_size(type.id(), H5T_VARIABLE);
    H5Tset_cset(type.id(), H5T_CSET_UTF8);
    constexpr hsize_t kOne = 1;
    const Handle space(H5Screate_simple(1, &kOne, nullptr), H5Sclose);
    const Handle set(H5Dcreate2(m_state->file.id(), std::string(name).c_str(), type.id(), space.id(),
                         H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
        H5Dclose);
    const std::string owned(text);
    const char* raw = owned.c_str();
    if (!set || H5Dwrite(set.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, &raw) < 0)
        return m_state->failed();
    return {};
}

Status Hdf5Writer::commit()
{
    const std::lock_guard guard(libraryLock());
    if (!m_state->file.reset())
        return m_state->failed();
    std::error_code code;
    fs::rename(m_state->part, m_state->path, code);
    if (code)
        return m_state->failed();
    m_state->committed = true;
    return {};
}

} // namespace palimpsest::exchange
