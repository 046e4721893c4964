#pragma once
// The clusters that are alive: sizes, float64 sums, and who took in whom.
// Thread: const members may run in parallel, never beside merge().

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "cluster/ward_points.h"
#include "cluster/workers.h"

namespace palimpsest::cluster {

/// A merge of two clusters, `low` < `high`; the new cluster keeps the id `low`.
struct ClusterPair {
    std::int32_t low = 0;
    std::int32_t high = 0;
    double distance = 0.0;
};

/// Clusters are called by their smallest point, which is also what breaks ties.
class ClusterStore {
public:
    explicit ClusterStore(const WardPoints& points);

    [[nodiscard]] const WardPoints& points() const { return m_points; }
    [[nodiscard]] std::size_t count() const { return m_size.size(); }
    [[nodiscard]] bool isAlive(std::int32_t id) const { return m_forward[at(id)] == id; }
    [[nodiscard]] std::int32_t size(std::int32_t id) const { return m_size[at(id)]; }

    /// Changes whenever the cluster `id` merges.
    [[nodiscard]] std::uint32_t version(std::int32_t id) const { return m_version[at(id)]; }
    /// The alive cluster that holds the points `id` once had.
    [[nodiscard]] std::int32_t resolve(std::int32_t id) const;

    /// |A||B|/(|A|+|B|) · ‖mean A − mean B‖²: half of the squared height of merging the two (Ward 1963; the
    /// height is scipy's). From float64 sums, whose order follows the tree alone: the same bits for (a, b)
    /// and (b, a), and for any order in which the merges below were found.
    [[nodiscard]] double distance(std::int32_t a, std::int32_t b) const;

    /// 2^scaleExponent · (mean − centre), `cols` values.
    void scaledMean(std::int32_t id, double* mean) const;

    /// Joins every pair; the pairs share no cluster.
    void merge(std::span<const ClusterPair> pairs, Workers& workers);

private:
    static constexpr std::int32_t kLeaf = -1;
    [[nodiscard]] static std::size_t at(std::int32_t id) { return static_cast<std::size_t>(id); }
    [[nodiscard]] double* sum(std::int32_t slot) const;
    [[nodiscard]] std::int32_t takeSlot();
    void joinSums(const ClusterPair& pair, std::int32_t slot);

    const WardPoints& m_points;
    std::size_t m_cols;
    std::vector<std::int32_t> m_size;
    std::vector<std::uint32_t> m_version;
    std::vector<std::int32_t> m_forward; ///< itself while alive
    std::vector<std::int32_t> m_slot; ///< where the sum is, kLeaf for a point, whose sum is its row

    // Only clusters of two and more points need a sum, and at most half as many as points are alive at a
    // time.
    std::vector<std::unique_ptr<double[]>> m_chunks;
    std::vector<std::int32_t> m_freeSlots;
};

} // namespace palimpsest::cluster
