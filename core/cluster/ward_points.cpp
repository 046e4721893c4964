#include "cluster/ward_points.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

namespace palimpsest::cluster {
namespace {

constexpr std::size_t kRowsPerPoll = 1024;

base::Status checkShape(base::MatrixView rows)
{
    // Cluster ids reach 2n-2 and have to fit an int32.
    constexpr std::size_t kMostRows = std::numeric_limits<std::int32_t>::max() / 2;
    if (rows.rows < 2)
        return base::Error{base::ErrorCode::TooFewRows,
            "Ward clustering needs at least two rows, but there "
                + std::string(rows.rows == 1 ? "is 1" : "are 0")
                + "; use a longer corpus or a weaker filter"};
    if (rows.cols == 0)
        return base::Error{base::ErrorCode::InvalidArgument,
            "the " + std::to_string(rows.rows)
                + " rows to be clustered have no columns; check the layer file"};
    if (rows.rows > kMostRows || rows.cols > kMostRows)
        return base::Error{base::ErrorCode::TooLarge,
            "a matrix of " + std::to_string(rows.rows) + " rows and " + std::to_string(rows.cols)
                + " columns is larger than " + std::to_string(kMostRows) + " each way; cluster fewer rows"};
    return {};
}

base::Status checkFinite(base::MatrixView rows, const base::JobContext& ctx)
{
    for (std::size_t i = 0; i < rows.rows; ++i) {
        if (i % kRowsPerPoll == 0 && ctx.stopRequested())
            return base::cancelled();
        // The sum of |x| of a finite row may overflow, x - x may not.
        float nothing = 0.0F;
        for (const float value : rows.row(i))
            nothing += value - value;
        if (nothing != 0.0F)
            return base::Error{base::ErrorCode::NotFinite,
                "row " + std::to_string(i)
                    + " holds NaN or infinity, so its distances are undefined; extract that layer again"};
    }
    return {};
}

void normaliseRows(WardPoints& points)
{
    points.ownRows.assign(points.rows.data, points.rows.data + points.rows.rows * points.rows.cols);
    for (std::size_t i = 0; i < points.rows.rows; ++i) {
        float* row = points.ownRows.data() + i * points.rows.cols;
        double norm = 0.0;
        for (std::size_t j = 0; j < points.rows.cols; ++j)
            norm += double{row[j]} * row[j];
        norm = std::sqrt(norm);
        if (norm > 0.0)
            for (std::size_t j = 0; j < points.rows.cols; ++j)
                row[j] = static_cast<float>(row[j] / norm);
    }
    points.rows.data = points.ownRows.data();
}

/// Equal for equal rows; -0 counts as 0.
std::uint64_t hashOf(std::span<const float> row)
{
    std::uint64_t hash = 0x9E3779B97F4A7C15ULL;
    for (const float value : row) {
        hash ^= std::bit_cast<std::uint32_t>(value + 0.0F);
        hash *= 0xFF51AFD7ED558CCDULL;
        hash ^= hash >> 32;
    }
    return hash;
}

void joinIdenticalRows(WardPoints& points)
{
    const base::MatrixView rows = points.rows;
    std::vector<std::uint64_t> hash(rows.rows);
    for (std::size_t i = 0; i < rows.rows; ++i)
        hash[i] = hashOf(rows.row(i));
    const auto compare = [&](std::int32_t a, std::int32_t b) {
        const auto left = static_cast<std::size_t>(a);
        const auto right = static_cast<std::size_t>(b);
        if (hash[left] != hash[right])
            return hash[left] < hash[right] ? -1 : 1;
        const auto [x, y] = std::ranges::mismatch(rows.row(left), rows.row(right));
        if (x == rows.row(left).end())
            return 0;
        return *x < *y ? -1 : 1;
    };
    std::vector<std::int32_t> order(rows.rows);
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, [&](std::int32_t a, std::int32_t b) {
        const int order3 = compare(a, b);
        return order3 != 0 ? order3 < 0 : a < b;
    });

    std::vector<std::int32_t> firstOf(rows.rows);
    for (std::size_t i = 0; i < order.size(); ++i) {
        const bool same = i > 0 && compare(order[i - 1], order[i]) == 0;
        firstOf[static_cast<std::size_t>(order[i])]
            = same ? firstOf[static_cast<std::size_t>(order[i - 1])] : order[i];
    }
    points.pointOf.resize(rows.rows);
    for (std::size_t i = 0; i < rows.rows; ++i) {
        const auto first = static_cast<std::size_t>(firstOf[i]);
        if (first == i) {
            points.pointOf[i] = static_cast<std::int32_t>(points.firstRow.size());
            points.firstRow.push_back(static_cast<std::int32_t>(i));
            points.weight.push_back(1);
        } else {
            points.pointOf[i] = points.pointOf[first];
            ++points.weight[static_cast<std::size_t>(points.pointOf[i])];
        }
    }
}

void findCentreAndScale(WardPoints& points)
{
    const base::MatrixView rows = points.rows;
    std::vector<double> sum(rows.cols, 0.0);
    std::vector<float> least(rows.row(0).begin(), rows.row(0).end());
    std::vector<float> most = least;
    for (std::size_t i = 0; i < rows.rows; ++i) {
        const std::span<const float> row = rows.row(i);
        for (std::size_t j = 0; j < rows.cols; ++j) {
            sum[j] += row[j];
            least[j] = std::min(least[j], row[j]);
            most[j] = std::max(most[j], row[j]);
        }
    }
    points.centre.resize(rows.cols);
    double squaredReach = 0.0;
    for (std::size_t j = 0; j < rows.cols; ++j) {
        const double spread = double{most[j]} - least[j];
        const double mean = sum[j] / static_cast<double>(rows.rows);
        // A 16th of the spread away from the mean costs the products nothing, and keeps the centre short.
        const double step = spread > 0.0 ? std::ldexp(1.0, std::ilogb(spread) - 4) : 0.0;
        points.centre[j] = spread > 0.0 ? std::nearbyint(mean / step) * step : least[j];
        const double reach = std::max(most[j] - points.centre[j], points.centre[j] - least[j]);
        squaredReach += reach * reach;
    }
    points.scaleExponent = squaredReach > 0.0 ? 30 - (std::ilogb(squaredReach) / 2 + 1) : 0;
}

} // namespace

base::Result<WardPoints> prepareWardPoints(
    base::MatrixView rows, const WardOptions& options, const base::JobContext& ctx)
{
    PALIMPSEST_CHECK(checkShape(rows));
    PALIMPSEST_CHECK(checkFinite(rows, ctx));
    WardPoints points;
    points.rows = rows;
    if (options.normalizeRows)
        normaliseRows(points);
    if (ctx.stopRequested())
        return base::cancelled();
    joinIdenticalRows(points);
    if (ctx.stopRequested())
        return base::cancelled();
    findCentreAndScale(points);
    return points;
}

} // namespace palimpsest::cluster
