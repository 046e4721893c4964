#pragma once
// NeuroX's activations as HDF5 (F4); private to core/exchange, called through neurox_activations.h.
// Thread: call from a worker.

#include <cstddef>

#include "exchange/neurox_activations.h"

namespace palimpsest::exchange {

/// What a file of either format may claim to hold: layers, and values per word and layer.
inline constexpr std::size_t kMostNeuroXLayers = 1000;
inline constexpr std::size_t kMostNeuroXValues = 1'000'000;

/// As importNeuroX. Layers are numbered 0, 1, … as the file has no numbers; sentences come in the order of
/// their numbers.
[[nodiscard]] base::Result<NeuroXReport> importNeuroXHdf5(
    const std::filesystem::path& hdf5, const std::filesystem::path& safetensors, const base::JobContext& ctx);

/// As exportNeuroX, without its rounding.
[[nodiscard]] base::Status exportNeuroXHdf5(const std::filesystem::path& hdf5,
    const corpus::TokenTable& tokens, const std::vector<tensorfile::MatrixFile>& matrices,
    const base::JobContext& ctx);

} // namespace palimpsest::exchange
