#pragma once
// The few things of HDF5 that NeuroX's files need, with libhdf5 kept out of sight; private to core/exchange.
// Thread: the library is not thread-safe, so all functions share one lock.

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace palimpsest::exchange {

/// A file opened for reading. Only what lies in the file itself is read: links to other files, data kept in
/// other files, virtual data sets and filters from plug-ins are refused.
class Hdf5Reader {
public:
    /// Fails with NotFound, Unreadable or Malformed (not an HDF5 file, or a damaged one).
    [[nodiscard]] static base::Result<Hdf5Reader> open(const std::filesystem::path& path);
    ~Hdf5Reader();
    Hdf5Reader(Hdf5Reader&&) noexcept;
    Hdf5Reader& operator=(Hdf5Reader&&) = delete;

    /// Extents of a data set of floating-point numbers at the root. Fails with NotFound or Malformed (of
    /// another kind, or kept elsewhere).
    [[nodiscard]] base::Result<std::vector<std::size_t>> floatExtents(std::string_view name) const;
    /// All its numbers as float32, row after row; `out` has as many. Fails as floatExtents does, and with
    /// Malformed where the data cannot be read.
    [[nodiscard]] base::Status readFloats(std::string_view name, std::span<float> out) const;
    /// Names at the root. Fails with Malformed.
    [[nodiscard]] base::Result<std::size_t> entryCount() const;
    [[nodiscard]] bool has(std::string_view name) const;

private:
    struct State;
    explicit Hdf5Reader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// A new file, written as `<path>.part` until commit().
class Hdf5Writer {
public:
    /// Fails with WriteFailed.
    [[nodiscard]] static base::Result<Hdf5Writer> create(const std::filesystem::path& path);
    /// Removes what was not committed.
    ~Hdf5Writer();
    Hdf5Writer(Hdf5Writer&&) noexcept;
    Hdf5Writer& operator=(Hdf5Writer&&) = delete;

    /// Fails with WriteFailed (the disk is full, a name twice).
    [[nodiscard]] base::Status writeFloats(
        std::string_view name, std::span<const std::size_t> extents, std::span<const float> values);
    /// A data set of shape (1,) with one string of variable length, as h5py writes it.
    [[nodiscard]] base::Status writeString(std::string_view name, std::string_view text);
    /// Fails with WriteFailed.
    [[nodiscard]] base::Status commit();

private:
    struct State;
    explicit Hdf5Writer(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace palimpsest::exchange
