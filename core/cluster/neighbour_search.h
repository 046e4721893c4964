#pragma once
// Searches of the nearest clusters by matrix products, whose values are made lower bounds.
// Thread: one owner; the work is spread over the workers given.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "base/job_context.h"
#include "base/result.h"
#include "cluster/cluster_store.h"
#include "cluster/neighbour_lists.h"
#include "cluster/ward.h"
#include "cluster/workers.h"

namespace palimpsest::cluster {

/// The seam between the method and the device that multiplies: an implementation keeps the means of all alive
/// clusters in a form fit for products, and fills the lists of the clusters asked for.
class NeighbourSearch {
public:
    using Progress = std::function<void(double share)>;

    virtual ~NeighbourSearch() = default;

    /// Fills the lists of all clusters of the store. Each pair is multiplied once. Fails with Cancelled or
    /// TooLarge.
    [[nodiscard]] virtual base::Status searchAll(
        NeighbourLists& lists, const base::JobContext& ctx, const Progress& progress)
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

/// What Automatic means on this processor: BFloat16 where it has instructions for it, else Float32.
[[nodiscard]] SearchPrecision preferredPrecision();

} // namespace palimpsest::cluster
