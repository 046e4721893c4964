#include "cluster/ward.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "cluster/merge_order.h"

namespace palimpsest::cluster {
namespace {

/// Half of the squared height of merging two clusters given by sums and sizes.
double wardDistance(const double* a, double na, const double* b, double nb, std::size_t cols)
{
    double sum = 0.0;
    for (std::size_t j = 0; j < cols; ++j) {
        const double difference = nb * a[j] - na * b[j];
        sum += difference * difference;
    }
    return sum / (na * nb * (na + nb));
}

base::Status checkRows(base::MatrixView rows)
{
    if (rows.rows < 2)
        return base::Error{base::ErrorCode::TooFewRows,
            "clustering needs at least two rows, but there are " + std::to_string(rows.rows)};
    if (rows.cols == 0)
        return base::Error{base::ErrorCode::InvalidArgument, "the rows to be clustered have no columns"};
    for (std::size_t i = 0; i < rows.rows; ++i)
        for (const float value : rows.row(i))
            if (!std::isfinite(value))
                return base::Error{base::ErrorCode::NotFinite,
                    "row " + std::to_string(i) + " holds NaN or infinity, so its distances are undefined"};
    return {};
}

} // namespace

base::Result<Linkage> wardLinkage(
    base::MatrixView rows, const WardOptions& options, const base::JobContext& ctx)
{
    PALIMPSEST_CHECK(checkRows(rows));
    const std::size_t n = rows.rows;
    const std::size_t d = rows.cols;
    std::vector<double> sums(rows.data, rows.data + n * d);
    if (options.normalizeRows)
        for (std::size_t i = 0; i < n; ++i) {
            double* row = sums.data() + i * d;
            const double norm = std::sqrt(std::inner_product(row, row + d, row, 0.0));
            if (norm > 0.0)
                std::for_each(row, row + d, [norm](double& value) { value /= norm; });
        }
    std::vector<double> sizes(n, 1.0);
    std::vector<std::int32_t> alive(n);
    std::iota(alive.begin(), alive.end(), 0);
    std::vector<std::int32_t> chain;
    std::vector<FoundMerge> found;
    while (found.size() + 1 < n) {
        if (ctx.stopRequested())
            return base::cancelled();
        if (chain.empty())
            chain.push_back(alive.front());
        const std::int32_t tip = chain.back();
        const auto at = static_cast<std::size_t>(tip);
        double best = std::numeric_limits<double>::infinity();
        std::int32_t nearest = -1;
        for (const std::int32_t other : alive) {
            const auto o = static_cast<std::size_t>(other);
            if (other == tip)
                continue;
            const double distance = wardDistance(&sums[at * d], sizes[at], &sums[o * d], sizes[o], d);
            if (distance < best) {
                best = distance;
                nearest = other;
            }
        }
        if (chain.size() < 2 || chain[chain.size() - 2] != nearest) {
            chain.push_back(nearest);
            continue;
        }
        chain.resize(chain.size() - 2);
        const std::int32_t low = std::min(tip, nearest);
        const std::int32_t high = std::max(tip, nearest);
        found.push_back({low, high, std::sqrt(2.0 * best)});
        for (std::size_t j = 0; j < d; ++j)
            sums[static_cast<std::size_t>(low) * d + j] += sums[static_cast<std::size_t>(high) * d + j];
        sizes[static_cast<std::size_t>(low)] += sizes[static_cast<std::size_t>(high)];
        alive.erase(std::lower_bound(alive.begin(), alive.end(), high));
        if (found.size() % 256 == 0)
            ctx.progress(static_cast<double>(found.size()) / static_cast<double>(n - 1),
                std::to_string(found.size()) + " of " + std::to_string(n - 1) + " merges");
    }
    return orderMerges(n, found);
}

} // namespace palimpsest::cluster
