#include "projection/principal_components.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <string>

#include "cluster/workers.h"

namespace palimpsest::projection {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::size_t kBlock = 512; // rows: a few milliseconds between two polls
/// Each stripe of rows has a sum of its own, added up in their order: no result depends on who was faster.
constexpr std::size_t kStripes = 8;

template <typename Body>
auto guarded(Body&& body) -> decltype(body())
{
    try {
        return body();
    } catch (const std::bad_alloc&) {
        return Error{
            ErrorCode::TooLarge, "The projection needs more memory than there is; close other programs"};
    } catch (const std::exception& exception) {
        const std::string what = exception.what();
        return Error{ErrorCode::Internal, "The projection failed: " + what.substr(0, what.find('\n'))};
    }
}

at::Tensor doubles(double* data, std::size_t rows, std::size_t columns)
{
    return at::from_blob(
        data, {static_cast<std::int64_t>(rows), static_cast<std::int64_t>(columns)}, at::kDouble);
}

/// Rows first..last-1 minus the mean.
void centre(base::MatrixView rows, const std::vector<double>& mean, std::size_t first, std::size_t last,
    std::vector<double>& block)
{
    double* out = block.data();
    for (std::size_t row = first; row < last; ++row) {
        const auto values = rows.row(row);
        for (std::size_t column = 0; column < rows.cols; ++column)
            *out++ = static_cast<double>(values[column]) - mean[column];
    }
}

base::Result<std::vector<double>> columnMeans(base::MatrixView rows, const base::JobContext& ctx)
{
    std::vector<double> mean(rows.cols, 0.0);
    for (std::size_t row = 0; row < rows.rows; ++row) {
        if (row % kBlock == 0 && ctx.stopRequested())
            return base::cancelled();
        const auto values = rows.row(row);
        double sum = 0.0;
        for (std::size_t column = 0; column < rows.cols; ++column) {
            mean[column] += static_cast<double>(values[column]);
            sum += std::abs(static_cast<double>(values[column]));
        }
        if (!std::isfinite(sum)) {
            return Error{ErrorCode::NotFinite,
                "Row " + std::to_string(row)
                    + " of the activations holds NaN or infinity; extract them again"};
        }
    }
    for (double& value : mean)
        value /= static_cast<double>(rows.rows);
    return mean;
}

base::Result<at::Tensor> covariance(
    base::MatrixView rows, const std::vector<double>& mean, const base::JobContext& ctx)
{
    const auto columns = static_cast<std::int64_t>(rows.cols);
    cluster::Workers workers(cluster::Workers::countFor(0));
    std::vector<at::Tensor> sums(kStripes);
    std::atomic<bool> stopped = false;
    workers.run(kStripes, [&](std::size_t stripe, std::size_t) {
        at::Tensor sum = at::zeros({columns, columns}, at::kDouble);
        const std::size_t first = rows.rows * stripe / kStripes;
        const std::size_t last = rows.rows * (stripe + 1) / kStripes;
        std::vector<double> block(kBlock * rows.cols);
        for (std::size_t row = first; row < last && !stopped; row += kBlock) {
            if (ctx.stopRequested())
                stopped = true;
            const std::size_t end = std::min(row + kBlock, last);
            centre(rows, mean, row, end, block);
            const at::Tensor centred = doubles(block.data(), end - row, rows.cols);
            sum.addmm_(centred.t(), centred);
        }
        sums[stripe] = sum;
    });
    if (stopped)
        return base::cancelled();
    at::Tensor total = sums[0];
    for (std::size_t stripe = 1; stripe < kStripes; ++stripe)
        total += sums[stripe];
    total /= static_cast<double>(std::max<std::size_t>(rows.rows, 2) - 1);
    return total;
}

void takeAxis(PrincipalComponents& components, std::size_t index, const double* vectors, std::size_t column)
{
    double* axis = components.axes.data() + index * components.columns;
    std::size_t largest = 0;
    for (std::size_t i = 0; i < components.columns; ++i) {
        axis[i] = vectors[i * components.columns + column];
        // What rounding made unequal counts as equal, so that the sign is the same elsewhere.
        if (std::abs(axis[i]) > std::abs(axis[largest]) * (1.0 + 1e-9))
            largest = i;
    }
    if (axis[largest] < 0) {
        for (std::size_t i = 0; i < components.columns; ++i)
            axis[i] = -axis[i];
    }
}

} // namespace

base::Result<PrincipalComponents> principalComponents(
    base::MatrixView rows, std::size_t count, const base::JobContext& ctx)
{
    if (rows.rows == 0 || rows.cols == 0)
        return Error{ErrorCode::TooFewRows, "There are no activations to project; run the study first"};
    return guarded([&]() -> base::Result<PrincipalComponents> {
        const at::NoGradGuard noGrad;
        PALIMPSEST_TRY(mean, columnMeans(rows, ctx));
        PALIMPSEST_TRY(matrix, covariance(rows, mean, ctx));
        const auto [values, vectors] = at::linalg_eigh(matrix);
        if (ctx.stopRequested())
            return base::cancelled();
        const at::Tensor rowMajor = vectors.contiguous();
        PrincipalComponents components{rows.cols, count, std::move(mean),
            std::vector<double>(count * rows.cols), std::vector<double>(count), 0.0};
        const double* found = values.data_ptr<double>();
        for (std::size_t i = 0; i < rows.cols; ++i)
            components.totalVariance += std::max(found[i], 0.0);
        for (std::size_t i = 0; i < std::min(count, rows.cols); ++i) {
            const std::size_t column = rows.cols - 1 - i; // eigenvalues ascend
            components.variances[i] = std::max(found[column], 0.0);
            takeAxis(components, i, rowMajor.data_ptr<double>(), column);
        }
        return components;
    });
}

base::Result<std::vector<float>> projectRows(
    base::MatrixView rows, const PrincipalComponents& components, const base::JobContext& ctx)
{
    if (rows.cols != components.columns) {
        return Error{ErrorCode::ShapeMismatch,
            "Rows of " + std::to_string(rows.cols) + " columns cannot be projected on axes of "
                + std::to_string(components.columns)};
    }
    return guarded([&]() -> base::Result<std::vector<float>> {
        const at::NoGradGuard noGrad;
        std::vector<float> scores(rows.rows * components.count);
        cluster::Workers workers(cluster::Workers::countFor(0));
        std::atomic<bool> stopped = false;
        workers.run((rows.rows + kBlock - 1) / kBlock, [&](std::size_t index, std::size_t) {
            if (stopped || ctx.stopRequested()) {
                stopped = true;
                return;
            }
            const std::size_t first = index * kBlock;
            const std::size_t last = std::min(first + kBlock, rows.rows);
            std::vector<double> block(kBlock * rows.cols);
            centre(rows, components.mean, first, last, block);
            const at::Tensor axes
                = doubles(const_cast<double*>(components.axes.data()), components.count, rows.cols);
            const at::Tensor product
                = doubles(block.data(), last - first, rows.cols).mm(axes.t()).contiguous();
            const double* values = product.data_ptr<double>();
            std::transform(values, values + (last - first) * components.count,
                scores.data() + first * components.count,
                [](double value) { return static_cast<float>(value); });
        });
        if (stopped)
            return base::cancelled();
        return scores;
    });
}

} // namespace palimpsest::projection
