#include "cluster/seriation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace palimpsest::cluster {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// The best orders of all subtrees. Leaves are renumbered by their place in the tree as it stands, so that a
/// subtree is a range; `best(i, j)` is the smallest sum over the subtree in which i and j part, with i and j
/// at its ends.
class LeafOrdering {
public:
    LeafOrdering(const Linkage& linkage, std::span<const double> distances)
        : m_linkage(linkage)
        , m_count(linkage.leafCount())
        , m_best(m_count * m_count, 0.0)
    {
        placeLeaves();
        m_distance.resize(m_count * m_count);
        for (std::size_t i = 0; i < m_count; ++i)
            for (std::size_t j = 0; j < m_count; ++j)
                m_distance[i * m_count + j] = distances[m_leafAt[i] * m_count + m_leafAt[j]];
    }

    base::Result<std::vector<std::int32_t>> order(const base::JobContext& ctx)
    {
        for (std::size_t merge = 0; merge + 1 < m_count; ++merge) {
            if (!joinSubtrees(m_count + merge, ctx))
                return base::cancelled();
            ctx.progress(static_cast<double>(merge + 1) / static_cast<double>(m_count), "Ordering concepts");
        }
        const std::size_t root = 2 * m_count - 2;
        Ends ends{0, 0};
        double smallest = kInfinity;
        for (std::size_t i = begin(left(root)); i < end(left(root)); ++i)
            for (std::size_t j = begin(right(root)); j < end(right(root)); ++j)
                if (isBetter(best(i, j), i, j, smallest, ends)) {
                    smallest = best(i, j);
                    ends = {i, j};
                }
        std::vector<std::int32_t> result;
        append(root, ends, result);
        if (result.front() > result.back())
            std::ranges::reverse(result);
        return result;
    }

private:
    struct Ends {
        std::size_t first = 0;
        std::size_t last = 0;
    };
    struct Range {
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    [[nodiscard]] std::size_t left(std::size_t node) const
    {
        return static_cast<std::size_t>(m_linkage.merges()[node - m_count].left);
    }
    [[nodiscard]] std::size_t right(std::size_t node) const
    {
        return static_cast<std::size_t>(m_linkage.merges()[node - m_count].right);
    }
    [[nodiscard]] std::size_t begin(std::size_t node) const { return m_range[node].begin; }
    [[nodiscard]] std::size_t end(std::size_t node) const { return m_range[node].end; }
    [[nodiscard]] double best(std::size_t i, std::size_t j) const { return m_best[i * m_count + j]; }
    [[nodiscard]] double distance(std::size_t i, std::size_t j) const { return m_distance[i * m_count + j]; }

    void placeLeaves()
    {
        m_range.resize(2 * m_count - 1);
        m_leafAt.resize(m_count);
        std::vector<std::size_t> size(2 * m_count - 1, 1);
        for (std::size_t node = m_count; node < size.size(); ++node)
            size[node] = size[left(node)] + size[right(node)];
        m_range.back() = {0, m_count};
        for (std::size_t node = size.size(); node-- > m_count;) {
            const std::size_t middle = begin(node) + size[left(node)];
            m_range[left(node)] = {begin(node), middle};
            m_range[right(node)] = {middle, end(node)};
        }
        for (std::size_t leaf = 0; leaf < m_count; ++leaf)
            m_leafAt[begin(leaf)] = leaf;
    }

    /// Leaves that may be the other end of the subtree `node` when `leaf` is one: those of the child without
    /// it.
    [[nodiscard]] Range otherEnds(std::size_t node, std::size_t leaf) const
    {
        if (node < m_count)
            return m_range[node];
        return leaf < end(left(node)) ? m_range[right(node)] : m_range[left(node)];
    }

    /// best(i, j) = min over k, m of best(i, k) + distance(k, m) + best(m, j), with i…k one child and m…j the
    /// other; k and m one after the other, which makes O(n³) of O(n⁴) (section 3 of the paper).
    bool joinSubtrees(std::size_t node, const base::JobContext& ctx)
    {
        const Range inner = m_range[right(node)];
        std::vector<double> reach(inner.end - inner.begin);
        for (std::size_t i = begin(left(node)); i < end(left(node)); ++i) {
            if (ctx.stopRequested())
                return false;
            std::ranges::fill(reach, kInfinity);
            const Range ks = otherEnds(left(node), i);
            for (std::size_t k = ks.begin; k < ks.end; ++k) {
                const double inside = best(i, k);
                const double* across = m_distance.data() + k * m_count + inner.begin;
                for (std::size_t m = 0; m < reach.size(); ++m)
                    reach[m] = std::min(reach[m], inside + across[m]);
            }
            for (std::size_t j = inner.begin; j < inner.end; ++j) {
                const Range ms = otherEnds(right(node), j);
                const double* inside = m_best.data() + j * m_count;
                double smallest = kInfinity;
                for (std::size_t m = ms.begin; m < ms.end; ++m)
                    smallest = std::min(smallest, reach[m - inner.begin] + inside[m]);
                m_best[i * m_count + j] = m_best[j * m_count + i] = smallest;
            }
        }
        return true;
    }

    [[nodiscard]] bool isBetter(
        double sum, std::size_t i, std::size_t j, double smallest, const Ends& ends) const
    {
        if (sum != smallest)
            return sum < smallest;
        return std::pair(m_leafAt[i], m_leafAt[j]) < std::pair(m_leafAt[ends.first], m_leafAt[ends.last]);
    }

    /// Appends the leaves of `node` from ends.first to ends.last. Not recursive: a tree may be a chain.
    void append(std::size_t root, Ends rootEnds, std::vector<std::int32_t>& result) const
    {
        std::vector<std::pair<std::size_t, Ends>> open{{root, rootEnds}};
        while (!open.empty()) {
            const auto [node, ends] = open.back();
            open.pop_back();
            if (node < m_count) {
                result.push_back(static_cast<std::int32_t>(node));
                continue;
            }
            const bool forward = ends.first < end(left(node));
            const std::size_t firstChild = forward ? left(node) : right(node);
            const std::size_t lastChild = forward ? right(node) : left(node);
            const Ends seam = bestSeam(firstChild, lastChild, ends);
            open.push_back({lastChild, {seam.last, ends.last}});
            open.push_back({firstChild, {ends.first, seam.first}});
        }
    }

    /// The leaves that meet between two children whose outer ends are given.
    [[nodiscard]] Ends bestSeam(std::size_t firstChild, std::size_t lastChild, const Ends& outer) const
    {
        const Range ks = otherEnds(firstChild, outer.first);
        const Range ms = otherEnds(lastChild, outer.last);
        Ends seam{ks.begin, ms.begin};
        double smallest = kInfinity;
        for (std::size_t k = ks.begin; k < ks.end; ++k)
            for (std::size_t m = ms.begin; m < ms.end; ++m) {
                const double sum = best(outer.first, k) + distance(k, m) + best(m, outer.last);
                if (isBetter(sum, k, m, smallest, seam)) {
                    smallest = sum;
                    seam = {k, m};
                }
            }
        return seam;
    }

    const Linkage& m_linkage;
    std::size_t m_count;
    std::vector<Range> m_range; ///< per node
    std::vector<std::size_t> m_leafAt; ///< per place
    std::vector<double> m_best;
    std::vector<double> m_distance;
};

/// The tree above the cut, whose leaves are the clusters of `partition`.
base::Result<Linkage> treeAbove(const Linkage& linkage, const Partition& partition)
{
    const std::size_t n = linkage.leafCount();
    const std::size_t k = partition.clusterCount;
    const std::size_t below = n - k;
    std::vector<std::int32_t> idOf(n + linkage.merges().size());
    std::vector<std::int32_t> sizeOf(idOf.size(), 1);
    for (std::size_t leaf = 0; leaf < n; ++leaf)
        idOf[leaf] = static_cast<std::int32_t>(base::toIndex(partition.clusterOf[leaf]));
    std::vector<Merge> merges;
    for (std::size_t i = 0; i < linkage.merges().size(); ++i) {
        const Merge& merge = linkage.merges()[i];
        const auto left = static_cast<std::size_t>(merge.left);
        const auto right = static_cast<std::size_t>(merge.right);
        idOf[n + i] = idOf[left];
        if (i < below)
            continue;
        sizeOf[n + i] = sizeOf[left] + sizeOf[right];
        idOf[n + i] = static_cast<std::int32_t>(k + merges.size());
        merges.push_back({std::min(idOf[left], idOf[right]), std::max(idOf[left], idOf[right]), merge.height,
            sizeOf[n + i]});
    }
    return Linkage::fromMerges(std::move(merges));
}

/// Euclidean distances between the means of the clusters, k×k.
base::Result<std::vector<double>> meanDistances(
    const Partition& partition, base::MatrixView rows, const base::JobContext& ctx)
{
    const std::size_t k = partition.clusterCount;
    std::vector<double> mean(k * rows.cols, 0.0);
    std::vector<double> size(k, 0.0);
    for (std::size_t row = 0; row < rows.rows; ++row) {
        if (row % 1024 == 0 && ctx.stopRequested())
            return base::cancelled();
        const std::size_t cluster = base::toIndex(partition.clusterOf[row]);
        size[cluster] += 1.0;
        for (std::size_t j = 0; j < rows.cols; ++j)
            mean[cluster * rows.cols + j] += rows.row(row)[j];
    }
    for (std::size_t i = 0; i < mean.size(); ++i)
        mean[i] /= size[i / rows.cols];
    std::vector<double> distances(k * k, 0.0);
    for (std::size_t a = 0; a < k; ++a) {
        if (ctx.stopRequested())
            return base::cancelled();
        for (std::size_t b = 0; b < a; ++b) {
            double squares = 0.0;
            for (std::size_t j = 0; j < rows.cols; ++j) {
                const double gap = mean[a * rows.cols + j] - mean[b * rows.cols + j];
                squares += gap * gap;
            }
            distances[a * k + b] = distances[b * k + a] = std::sqrt(squares);
        }
    }
    return distances;
}

base::Error tooMany(std::size_t count)
{
    return {base::ErrorCode::TooLarge,
        "ordering " + std::to_string(count) + " concepts along the tree is too much work; cut into at most "
            + std::to_string(kMostSeriated)};
}

} // namespace

base::Result<std::vector<std::int32_t>> optimalLeafOrder(
    const Linkage& linkage, std::span<const double> distances, const base::JobContext& ctx)
{
    const std::size_t n = linkage.leafCount();
    if (n > kMostSeriated)
        return tooMany(n);
    if (distances.size() != n * n)
        return base::Error{base::ErrorCode::ShapeMismatch,
            "a tree of " + std::to_string(n) + " leaves needs as many distances squared, not "
                + std::to_string(distances.size())};
    if (!std::ranges::all_of(distances, [](double value) { return std::isfinite(value); }))
        return base::Error{base::ErrorCode::NotFinite,
            "a distance between two leaves is NaN or infinite, so they cannot be ordered"};
    if (n == 0)
        return std::vector<std::int32_t>();
    return LeafOrdering(linkage, distances).order(ctx);
}

base::Result<std::vector<base::ClusterId>> seriateCut(
    const Linkage& linkage, std::size_t clusterCount, base::MatrixView rows, const base::JobContext& ctx)
{
    if (linkage.leafCount() != rows.rows)
        return base::Error{base::ErrorCode::ShapeMismatch,
            "there are " + std::to_string(rows.rows) + " rows but the tree has "
                + std::to_string(linkage.leafCount()) + " leaves; give the rows that were clustered"};
    const Partition partition = cut(linkage, clusterCount);
    if (partition.clusterCount > kMostSeriated)
        return tooMany(partition.clusterCount);
    if (partition.clusterCount < 2)
        return std::vector<base::ClusterId>(partition.clusterCount, base::ClusterId{0});
    PALIMPSEST_TRY(tree, treeAbove(linkage, partition));
    PALIMPSEST_TRY(distances, meanDistances(partition, rows, ctx));
    PALIMPSEST_TRY(order, optimalLeafOrder(tree, distances, ctx));
    std::vector<base::ClusterId> result;
    for (const std::int32_t cluster : order)
        result.push_back(base::toId<base::ClusterId>(static_cast<std::size_t>(cluster)));
    return result;
}

} // namespace palimpsest::cluster
