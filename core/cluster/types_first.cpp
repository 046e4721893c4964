#include "cluster/types_first.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <numeric>
#include <string>
#include <vector>

namespace palimpsest::cluster {
namespace {

/// Writes the mean of the rows `members` into each of them.
bool spreadMean(base::MatrixView rows, std::span<const std::int32_t> members, std::vector<double>& sum,
    std::vector<float>& result)
{
    std::ranges::fill(sum, 0.0);
    for (const std::int32_t member : members) {
        const std::span<const float> row = rows.row(static_cast<std::size_t>(member));
        for (std::size_t j = 0; j < rows.cols; ++j)
            sum[j] += row[j];
    }
    const auto count = static_cast<double>(members.size());
    bool finite = true;
    for (double& value : sum) {
        finite = finite && std::isfinite(value);
        value /= count;
    }
    for (const std::int32_t member : members)
        std::ranges::transform(sum, result.begin() + member * static_cast<std::ptrdiff_t>(rows.cols),
            [](double value) { return static_cast<float>(value); });
    return finite;
}

} // namespace

base::Result<Linkage> typesFirstLinkage(base::MatrixView rows, std::span<const std::uint32_t> typeOf,
    const WardOptions& options, const base::JobContext& ctx)
{
    if (typeOf.size() != rows.rows)
        return base::Error{base::ErrorCode::ShapeMismatch,
            "there are " + std::to_string(rows.rows) + " rows but " + std::to_string(typeOf.size())
                + " word ids; give one id per row"};
    // Nothing to average, too large, or not finite: wardLinkage has the sentence.
    constexpr std::size_t kMostRows = 1U << 30U;
    if (rows.rows < 2 || rows.cols == 0 || rows.rows > kMostRows)
        return wardLinkage(rows, options, ctx);
    try {
        std::vector<std::int32_t> order(rows.rows);
        std::iota(order.begin(), order.end(), 0);
        std::ranges::stable_sort(
            order, {}, [&](std::int32_t row) { return typeOf[static_cast<std::size_t>(row)]; });
        std::vector<float> means(rows.rows * rows.cols);
        std::vector<double> sum(rows.cols);
        for (std::size_t first = 0; first < order.size();) {
            if (ctx.stopRequested())
                return base::cancelled();
            const auto typeAt = [&](std::size_t i) { return typeOf[static_cast<std::size_t>(order[i])]; };
            std::size_t last = first + 1;
            while (last < order.size() && typeAt(last) == typeAt(first))
                ++last;
            if (!spreadMean(rows, std::span(order).subspan(first, last - first), sum, means))
                return wardLinkage(rows, options, ctx);
            first = last;
        }
        return wardLinkage({means.data(), rows.rows, rows.cols}, options, ctx);
    } catch (const std::bad_alloc&) {
        return base::Error{base::ErrorCode::TooLarge,
            "memory ran out while averaging the occurrences of " + std::to_string(rows.rows)
                + " rows; cluster fewer rows"};
    }
}

} // namespace palimpsest::cluster
