#pragma once
// Searches of the nearest clusters by matrix products, whose values are made lower bounds.
// Thread: one owner; the work is spread over the workers given.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"
#include "cluster/cluster_store.h"
#include "cluster/neighbour_lists.h"
#include "cluster/top_table.h"
#include "cluster/ward.h"
#include "cluster/workers.h"

namespace palimpsest::cluster {

/// How far a first search has come, in a form that another precision or number of threads can go on from:
/// lower bounds stay lower bounds.
struct FirstSearch {
    std::vector<std::uint8_t> done; ///< per tile, 0 or 1; empty: not begun
    std::vector<std::int32_t> counts; ///< per cluster
    std::vector<Candidate> found; ///< counts[0] of the first cluster, then counts[1], …
};

/// What searchAll reports and keeps on its way; every function may be empty.
struct FirstSearchCalls {
    std::function<void(double share)> progress;
    std::function<bool()> isKeepingDue; ///< asked several times a second
    std::function<void(const FirstSearch&)> keep; ///< when due, and when the search was stopped
};

/// The seam between the method and the device that multiplies: an implementation keeps the means of all alive
/// clusters in a form fit for products, and fills the lists of the clusters asked for.
class NeighbourSearch {
public:
    virtual ~NeighbourSearch() = default;

    /// Fills the lists of all clusters of the store, none of which has merged. Each pair is multiplied once.
    /// `resumed` is what another run of the same store kept, or empty. Fails with Cancelled or TooLarge.
    [[nodiscard]] virtual base::Status searchAll(NeighbourLists& lists, const FirstSearch& resumed,
        const FirstSearchCalls& calls, const base::JobContext& ctx)
        = 0;
    /// Fills the lists of `ids`, which are alive. Fails with Cancelled or TooLarge.
    [[nodiscard]] virtual base::Status search(
        std::span<const std::int32_t> ids, NeighbourLists& lists, const base::JobContext& ctx)
        = 0;
    /// To be called after the store has merged `pairs`.
    virtual void follow(std::span<const ClusterPair> pairs) = 0;

    /// Products computed so far, in units of one pair of clusters.
    [[nodiscard]] virtual double evaluations() const = 0;
};

/// `precision` must not be Automatic. `store` and `workers` must outlive the search.
[[nodiscard]] std::unique_ptr<NeighbourSearch> makeTileSearch(
    const ClusterStore& store, Workers& workers, SearchPrecision precision);

/// Tiles of the first search over `points` clusters.
[[nodiscard]] std::size_t firstSearchTiles(std::size_t points);

/// What Automatic means on this processor: BFloat16 where it has instructions for it, else Float32.
[[nodiscard]] SearchPrecision preferredPrecision();

} // namespace palimpsest::cluster
