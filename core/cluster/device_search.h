#pragma once
// Searches of the nearest clusters through LibTorch operations, on CUDA devices or, for tests, on the
// processor. Thread: one owner; the work is spread over the devices given.

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "cluster/neighbour_search.h"

namespace palimpsest::cluster {

/// A device that LibTorch's operations run on.
struct SearchDevice {
    bool cuda = false; ///< else the processor
    int index = 0; ///< among the CUDA devices
};

/// What WardOptions::device names on this machine, for a run of `rows` rows. None: the processor with tiles
/// of its own. Fails with InvalidArgument (no such name) or Unsupported (no such device here).
[[nodiscard]] base::Result<std::vector<SearchDevice>> searchDevices(
    const std::string& name, std::size_t rows);

/// What Automatic means on `devices`: TensorFloat32 where they are CUDA's, whose products stay float32.
[[nodiscard]] SearchPrecision preferredPrecision(const std::vector<SearchDevice>& devices);

/// Every device holds all means, and the rows of a search are split among the devices. `precision` must not
/// be Automatic; BFloat16 on CUDA needs LibTorch 2 and is TensorFloat32 before it. `store` and `workers` must
/// outlive the search. Its first search keeps nothing on the way and does not go on from what another kept,
/// since it takes seconds. Exceptions of LibTorch (out of device memory) pass through.
[[nodiscard]] std::unique_ptr<NeighbourSearch> makeDeviceSearch(const ClusterStore& store, Workers& workers,
    SearchPrecision precision, const std::vector<SearchDevice>& devices);

/// Seconds that a search on these devices takes per pair of clusters, measured on one block (milliseconds).
/// Exceptions of LibTorch pass through.
[[nodiscard]] double measurePairSeconds(
    const std::vector<SearchDevice>& devices, SearchPrecision precision, std::size_t cols);

} // namespace palimpsest::cluster
