#include "cluster/statistics.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "cluster/random_draws.h"
#include "cluster/ward_kernels.h"

namespace palimpsest::cluster {
namespace {

constexpr std::size_t kPairsPerPoll = 4096;

base::Error shapeError(std::size_t rows, std::size_t leaves)
{
    return {base::ErrorCode::ShapeMismatch,
        "there are " + std::to_string(rows) + " rows but the clustering is of " + std::to_string(leaves)
            + "; give the rows that were clustered"};
}

/// Euclidean distances between rows, in float64.
class RowDistances {
public:
    explicit RowDistances(base::MatrixView rows)
        : m_rows(rows)
        , m_zero(rows.cols, 0.0)
    {
    }

    [[nodiscard]] double operator()(std::size_t a, std::size_t b) const
    {
        return std::sqrt(
            squaredGap(m_rows.row(a).data(), 1.0, m_rows.row(b).data(), 1.0, m_zero.data(), m_rows.cols));
    }

private:
    base::MatrixView m_rows;
    std::vector<double> m_zero;
};

/// The height at which two leaves join: the largest height between neighbours on the way from one to the
/// other along the bottom of the dendrogram. Levels of maxima over 1, 2, 4, … gaps answer in O(1).
class JoinHeights {
public:
    explicit JoinHeights(const Linkage& linkage)
    {
        const std::size_t n = linkage.leafCount();
        // Leaves in dendrogram order as chains: each cluster's first and last leaf, and the next of each
        // leaf.
        std::vector<std::int32_t> first(2 * n - 1);
        std::vector<std::int32_t> last(2 * n - 1);
        std::vector<std::int32_t> next(n, -1);
        std::vector<double> gap(n, 0.0);
        for (std::size_t leaf = 0; leaf < n; ++leaf)
            first[leaf] = last[leaf] = static_cast<std::int32_t>(leaf);
        for (std::size_t i = 0; i < n - 1; ++i) {
            const Merge& merge = linkage.merges()[i];
            const auto left = static_cast<std::size_t>(merge.left);
            const auto right = static_cast<std::size_t>(merge.right);
            const auto end = static_cast<std::size_t>(last[left]);
            next[end] = first[right];
            gap[end] = merge.height;
            first[n + i] = first[left];
            last[n + i] = last[right];
        }
        m_place.resize(n);
        std::vector<double> gaps;
        std::size_t place = 0;
        for (std::int32_t leaf = first[2 * n - 2]; leaf >= 0; leaf = next[static_cast<std::size_t>(leaf)]) {
            m_place[static_cast<std::size_t>(leaf)] = place++;
            gaps.push_back(gap[static_cast<std::size_t>(leaf)]);
        }
        m_levels.push_back(std::move(gaps));
        for (std::size_t width = 1; 2 * width <= n; width *= 2) {
            const std::vector<double>& below = m_levels.back();
            std::vector<double> level(n + 1 - 2 * width);
            for (std::size_t i = 0; i < level.size(); ++i)
                level[i] = std::max(below[i], below[i + width]);
            m_levels.push_back(std::move(level));
        }
    }

    [[nodiscard]] double operator()(std::size_t a, std::size_t b) const
    {
        const auto [from, to] = std::minmax(m_place[a], m_place[b]);
        if (from == to)
            return 0.0;
        const auto level = static_cast<std::size_t>(std::bit_width(to - from) - 1);
        return std::max(m_levels[level][from], m_levels[level][to - (std::size_t{1} << level)]);
    }

private:
    std::vector<std::size_t> m_place; ///< per leaf
    std::vector<std::vector<double>> m_levels;
};

/// Pearson correlation in one pass (Welford 1962), so that large means do not cancel.
class Correlation {
public:
    void add(double x, double y)
    {
        m_count += 1.0;
        const double dx = x - m_meanX;
        const double dy = y - m_meanY;
        m_meanX += dx / m_count;
        m_meanY += dy / m_count;
        m_xx += dx * (x - m_meanX);
        m_yy += dy * (y - m_meanY);
        m_xy += dx * (y - m_meanY);
    }

    [[nodiscard]] double value() const
    {
        const double scale = std::sqrt(m_xx) * std::sqrt(m_yy);
        return scale > 0.0 ? m_xy / scale : 0.0;
    }

private:
    double m_count = 0.0;
    double m_meanX = 0.0;
    double m_meanY = 0.0;
    double m_xx = 0.0;
    double m_yy = 0.0;
    double m_xy = 0.0;
};

double pairsOf(double count)
{
    return count * (count - 1.0) / 2.0;
}

/// Sum of pairs inside runs of equal values of a sorted range.
template <typename Values>
double pairsInRuns(const Values& sorted)
{
    double pairs = 0.0;
    for (auto begin = sorted.begin(); begin != sorted.end();) {
        const auto end
            = std::find_if(begin, sorted.end(), [&](const auto& value) { return value != *begin; });
        pairs += pairsOf(static_cast<double>(end - begin));
        begin = end;
    }
    return pairs;
}

double silhouetteOf(std::size_t row, const Partition& partition, const std::vector<double>& sizes,
    const RowDistances& distance, std::vector<double>& sums)
{
    const std::size_t own = base::toIndex(partition.clusterOf[row]);
    if (sizes[own] < 2.0)
        return 0.0;
    std::ranges::fill(sums, 0.0);
    for (std::size_t other = 0; other < partition.clusterOf.size(); ++other)
        sums[base::toIndex(partition.clusterOf[other])] += distance(row, other);
    const double inside = sums[own] / (sizes[own] - 1.0);
    double outside = std::numeric_limits<double>::infinity();
    for (std::size_t cluster = 0; cluster < sums.size(); ++cluster)
        if (cluster != own)
            outside = std::min(outside, sums[cluster] / sizes[cluster]);
    const double larger = std::max(inside, outside);
    return larger > 0.0 ? (outside - inside) / larger : 0.0;
}

/// Rows of the sentences drawn out of `sentences`, which are sorted; in order.
std::vector<std::size_t> drawRows(std::span<const base::SentenceId> sentenceOf,
    const std::vector<base::SentenceId>& sentences, double share, RandomDraws& draws)
{
    const double wanted = std::round(share * static_cast<double>(sentences.size()));
    std::vector<char> drawn(sentences.size(), 0);
    for (const std::size_t sentence : draws.sample(sentences.size(), static_cast<std::size_t>(wanted)))
        drawn[sentence] = 1;
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < sentenceOf.size(); ++row) {
        const auto place = std::ranges::lower_bound(sentences, sentenceOf[row]) - sentences.begin();
        if (drawn[static_cast<std::size_t>(place)] != 0)
            rows.push_back(row);
    }
    return rows;
}

} // namespace

base::Result<SampledValue> copheneticCorrelation(
    const Linkage& linkage, base::MatrixView rows, const base::JobContext& ctx, Sampling sampling)
{
    const std::size_t n = linkage.leafCount();
    if (n != rows.rows)
        return shapeError(rows.rows, n);
    if (n < 3)
        return base::Error{base::ErrorCode::TooFewRows,
            "a cophenetic correlation needs at least three rows, not " + std::to_string(n)};
    if (sampling.most == 0)
        return base::Error{base::ErrorCode::InvalidArgument, "no pairs to be looked at; allow some"};
    const JoinHeights height(linkage);
    const RowDistances distance(rows);
    Correlation correlation;
    SampledValue result;
    result.all = pairsOf(static_cast<double>(n)) <= static_cast<double>(sampling.most);
    const auto add = [&](std::size_t a, std::size_t b) {
        correlation.add(height(a, b), distance(a, b));
        return ++result.sampled % kPairsPerPoll != 0 || !ctx.stopRequested();
    };
    if (result.all) {
        for (std::size_t a = 0; a < n; ++a)
            for (std::size_t b = a + 1; b < n; ++b)
                if (!add(a, b))
                    return base::cancelled();
    } else {
        RandomDraws draws(sampling.seed);
        while (result.sampled < sampling.most) {
            const std::size_t a = draws.below(n);
            const std::size_t b = draws.below(n - 1);
            if (!add(a, b < a ? b : b + 1))
                return base::cancelled();
        }
    }
    result.value = correlation.value();
    return result;
}

base::Result<SampledValue> silhouette(
    const Partition& partition, base::MatrixView rows, const base::JobContext& ctx, Sampling sampling)
{
    const std::size_t n = partition.clusterOf.size();
    if (n != rows.rows)
        return shapeError(rows.rows, n);
    if (partition.clusterCount < 2 || sampling.most == 0)
        return base::Error{base::ErrorCode::InvalidArgument,
            "a silhouette needs at least two clusters and one row to look at, not "
                + std::to_string(partition.clusterCount) + " and " + std::to_string(sampling.most)};
    std::vector<double> sizes(partition.clusterCount, 0.0);
    for (const base::ClusterId id : partition.clusterOf)
        sizes[base::toIndex(id)] += 1.0;
    std::vector<std::size_t> looked = RandomDraws(sampling.seed).sample(n, sampling.most);
    std::ranges::sort(looked);
    const RowDistances distance(rows);
    std::vector<double> sums(partition.clusterCount);
    double total = 0.0;
    for (std::size_t i = 0; i < looked.size(); ++i) {
        if (ctx.stopRequested())
            return base::cancelled();
        total += silhouetteOf(looked[i], partition, sizes, distance, sums);
        ctx.progress(static_cast<double>(i + 1) / static_cast<double>(looked.size()), "Silhouette");
    }
    return SampledValue{total / static_cast<double>(looked.size()), looked.size(), looked.size() == n};
}

double adjustedRandIndex(std::span<const base::ClusterId> a, std::span<const base::ClusterId> b)
{
    std::vector<std::pair<base::ClusterId, base::ClusterId>> both;
    for (std::size_t i = 0; i < a.size(); ++i)
        both.emplace_back(a[i], b[i]);
    std::ranges::sort(both);
    std::vector<base::ClusterId> left(a.begin(), a.end());
    std::vector<base::ClusterId> right(b.begin(), b.end());
    std::ranges::sort(left);
    std::ranges::sort(right);
    const double together = pairsInRuns(both);
    const double inLeft = pairsInRuns(left);
    const double inRight = pairsInRuns(right);
    const double all = pairsOf(static_cast<double>(a.size()));
    const double expected = all > 0.0 ? inLeft * inRight / all : 0.0;
    const double largest = (inLeft + inRight) / 2.0;
    return largest == expected ? 1.0 : (together - expected) / (largest - expected);
}

base::Result<Stability> subsampleStability(const Partition& partition, base::MatrixView rows,
    std::span<const base::SentenceId> sentenceOf, const StabilityOptions& options,
    const base::JobContext& ctx)
{
    if (partition.clusterOf.size() != rows.rows || sentenceOf.size() != rows.rows)
        return shapeError(rows.rows, std::min(partition.clusterOf.size(), sentenceOf.size()));
    if (!(options.share > 0.0 && options.share < 1.0) || options.repeats == 0 || options.clusterCount == 0)
        return base::Error{base::ErrorCode::InvalidArgument,
            "stability needs a share of sentences between 0 and 1, at least one repeat and one cluster"};
    std::vector<base::SentenceId> sentences(sentenceOf.begin(), sentenceOf.end());
    std::ranges::sort(sentences);
    sentences.erase(std::unique(sentences.begin(), sentences.end()), sentences.end());
    RandomDraws draws(options.seed);
    Stability result;
    std::vector<float> values;
    for (std::size_t repeat = 0; repeat < options.repeats; ++repeat) {
        const std::vector<std::size_t> drawn = drawRows(sentenceOf, sentences, options.share, draws);
        values.clear();
        std::vector<base::ClusterId> before;
        for (const std::size_t row : drawn) {
            values.insert(values.end(), rows.row(row).begin(), rows.row(row).end());
            before.push_back(partition.clusterOf[row]);
        }
        const auto repeats = static_cast<double>(options.repeats);
        const base::JobContext part
            = ctx.part(static_cast<double>(repeat) / repeats, static_cast<double>(repeat + 1) / repeats);
        PALIMPSEST_TRY(linkage, wardLinkage({values.data(), drawn.size(), rows.cols}, options.ward, part));
        result.agreement.push_back(adjustedRandIndex(before, cut(linkage, options.clusterCount).clusterOf));
        result.mean += result.agreement.back() / repeats;
    }
    result.least = *std::ranges::min_element(result.agreement);
    return result;
}

} // namespace palimpsest::cluster
