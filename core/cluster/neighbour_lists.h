#pragma once
// Per cluster: its nearest others with lower bounds on their distances, and a bound on everything else.
// Thread: calls for different clusters may run in parallel while the store does not change.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "cluster/cluster_store.h"

namespace palimpsest::cluster {

/// One known neighbour of a cluster.
struct Neighbour {
    double value = 0.0; ///< at most the distance
    std::int32_t id = 0;
    /// The store's version of `id` for which `value` holds, times two, plus one where it is the distance
    /// itself.
    std::uint32_t stamp = 0;
};

/// What merging needs to know about a cluster: itself, and where its nearest one is.
struct Nearest {
    static constexpr std::int32_t kUnknown = -1; ///< refine() has to be asked
    static constexpr std::int32_t kUndecided
        = -2; ///< refine() could not tell, and never will without a search
    std::int32_t id = kUnknown;
    std::uint32_t version = 0;
    double distance = 0.0;
};

/// The lists of some clusters as plain numbers, one after the other.
struct SavedLists {
    std::vector<double> bounds;
    std::vector<std::int32_t> boundIds; ///< the cluster exactly at the bound; 0: unknown
    std::vector<std::int32_t> counts;
    std::vector<Neighbour> entries; ///< counts[0] of the first list, then counts[1], …
};

/// The invariant: a cluster outside the list of i is at least bound(i) away from i, ties counted by id.
/// It survives the merges of others because Ward's distance is reducible: where x and y are each other's
/// nearest, D(i, x∪y) >= min(D(i, x), D(i, y)), so an entry whose cluster has merged still bounds the cluster
/// that took it in, once lowered to the bound of what the list did not hold.
class NeighbourLists {
public:
    NeighbourLists(const ClusterStore& store, std::size_t length);

    [[nodiscard]] std::size_t length() const { return m_length; }

    /// What refine() last found for `id`; kUnknown before, after a failure, or once either cluster has
    /// merged.
    [[nodiscard]] const Nearest& nearest(std::int32_t id) const { return m_nearest[at(id)]; }
    /// Whether nearest() names a cluster that has not merged since.
    [[nodiscard]] bool isCurrent(std::int32_t id) const;
    /// Whether refine() could find something new. Merges only push what a list holds farther away, so a list
    /// that once was too short to decide stays so.
    [[nodiscard]] bool isOutdated(std::int32_t id) const
    {
        return m_nearest[at(id)].id != Nearest::kUndecided && !isCurrent(id);
    }

    /// Every cluster that the list of `id` does not hold is at least this far.
    [[nodiscard]] double bound(std::int32_t id) const { return m_bound[at(id)].value; }

    /// Replaces the list by `found`: at most length() entries, and a bound for all others.
    void assign(std::int32_t id, std::span<const Neighbour> found, double bound);
    /// Replaces the list by the nearest of `alive` after computing the distance to each. refine() succeeds
    /// then.
    void scan(std::int32_t id, std::span<const std::int32_t> alive);

    /// Computes distances from the top of the list down until the nearest cluster is certain. Returns false
    /// where the list cannot decide it: a search is needed.
    bool refine(std::int32_t id);

    /// The lists of `ids`, in their order.
    [[nodiscard]] SavedLists save(std::span<const std::int32_t> ids) const;
    /// Puts back what save(ids) gave in a run whose store had merged the same pairs as this one's.
    void restore(std::span<const std::int32_t> ids, const SavedLists& saved);

    /// Before the store merges `pair`: builds the list of the new cluster from those of the two.
    void joinLists(const ClusterPair& pair);
    /// After it: computes the distances of the joined list, and drops what the bound covers.
    void tidyJoined(std::int32_t id);

private:
    struct Bound {
        double value = 0.0;
        std::int32_t id = 0; ///< 0: nothing is known about the ids of those exactly at `value`
    };

    [[nodiscard]] static std::size_t at(std::int32_t id) { return static_cast<std::size_t>(id); }
    [[nodiscard]] std::span<Neighbour> entries(std::int32_t id);
    void freshen(std::int32_t id);
    void makeExact(std::int32_t owner, Neighbour& entry) const;

    const ClusterStore& m_store;
    std::size_t m_length;
    std::vector<Neighbour> m_entries;
    std::vector<std::int32_t> m_count;
    std::vector<Bound> m_bound;
    std::vector<Nearest> m_nearest;
};

} // namespace palimpsest::cluster
