#include "cluster/kmeans.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>
#include <new>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "cluster/random_draws.h"
#include "cluster/ward_kernels.h"

namespace palimpsest::cluster {
namespace {

constexpr std::size_t kProductRows = 1024; ///< rows of one product
constexpr std::size_t kRowsPerPoll = 4096;

class KMeansRun {
public:
    KMeansRun(base::MatrixView rows, const KMeansOptions& options, const base::JobContext& ctx)
        : m_rows(rows)
        , m_options(options)
        , m_ctx(ctx)
        , m_k(options.clusterCount)
        , m_mean(rows.cols, 0.0)
        , m_clusterOf(rows.rows, m_k)
        , m_squaredGap(rows.rows, std::numeric_limits<double>::infinity())
    {
    }

    base::Result<KMeans> run()
    {
        PALIMPSEST_CHECK(findMean());
        PALIMPSEST_CHECK(m_options.startRows.empty() ? chooseCentres() : takeStartRows());
        KMeans result;
        while (!result.converged && result.iterations < m_options.maxIterations) {
            ++result.iterations;
            PALIMPSEST_TRY(changed, assignRows());
            const bool refilled = fillEmptyClusters();
            moveCentres();
            result.converged = changed == 0 && !refilled;
            m_ctx.progress(
                static_cast<double>(result.iterations) / static_cast<double>(m_options.maxIterations),
                "Iteration " + std::to_string(result.iterations) + ", " + std::to_string(changed)
                    + " rows changed");
        }
        measureGaps();
        result.inertia = std::accumulate(m_squaredGap.begin(), m_squaredGap.end(), 0.0);
        result.partition = numbered();
        return result;
    }

private:
    [[nodiscard]] double* centre(std::size_t cluster) { return m_centres.data() + cluster * m_rows.cols; }

    base::Status findMean()
    {
        for (std::size_t i = 0; i < m_rows.rows; ++i) {
            if (i % kRowsPerPoll == 0 && m_ctx.stopRequested())
                return base::cancelled();
            float nothing = 0.0F;
            for (std::size_t j = 0; j < m_rows.cols; ++j) {
                const float value = m_rows.row(i)[j];
                nothing += value - value;
                m_mean[j] += value;
            }
            if (nothing != 0.0F)
                return base::Error{base::ErrorCode::NotFinite,
                    "row " + std::to_string(i)
                        + " holds NaN or infinity, so its distances are undefined; extract that layer again"};
        }
        for (double& value : m_mean)
            value /= static_cast<double>(m_rows.rows);
        return {};
    }

    /// Makes the row less the mean the next centre, and lowers the rows' distances to the nearest centre.
    base::Status addCentre(std::size_t row)
    {
        for (std::size_t j = 0; j < m_rows.cols; ++j)
            m_centres.push_back(m_rows.row(row)[j] - m_mean[j]);
        const double* added = m_centres.data() + m_centres.size() - m_rows.cols;
        for (std::size_t i = 0; i < m_rows.rows; ++i) {
            if (i % kRowsPerPoll == 0 && m_ctx.stopRequested())
                return base::cancelled();
            m_squaredGap[i] = std::min(m_squaredGap[i], gapTo(i, added));
        }
        return {};
    }

    [[nodiscard]] double gapTo(std::size_t row, const double* centre) const
    {
        return squaredGap(m_rows.row(row).data(), 1.0, centre, 1.0, m_mean.data(), m_rows.cols);
    }

    base::Status chooseCentres()
    {
        RandomDraws draws(m_options.seed);
        PALIMPSEST_CHECK(addCentre(draws.below(m_rows.rows)));
        while (m_centres.size() < m_k * m_rows.cols) {
            const double total = std::accumulate(m_squaredGap.begin(), m_squaredGap.end(), 0.0);
            double rest = draws.unit() * total;
            std::size_t row = 0;
            // Where fewer different rows than centres are left, any row will do.
            if (total > 0.0) {
                for (std::size_t i = 0; i < m_rows.rows; ++i) {
                    if (m_squaredGap[i] == 0.0)
                        continue;
                    row = i;
                    rest -= m_squaredGap[i];
                    if (rest < 0.0)
                        break;
                }
            }
            PALIMPSEST_CHECK(addCentre(row));
        }
        return {};
    }

    base::Status takeStartRows()
    {
        for (const std::size_t row : m_options.startRows)
            PALIMPSEST_CHECK(addCentre(row));
        return {};
    }

    /// argmin over centres c of ‖c‖² − 2·x·c, which is the squared distance less ‖x‖². Returns how many rows
    /// changed their cluster.
    base::Result<std::size_t> assignRows()
    {
        const at::NoGradGuard noGrad;
        const auto cols = static_cast<std::int64_t>(m_rows.cols);
        const auto k = static_cast<std::int64_t>(m_k);
        const at::Tensor centres = at::empty({k, cols}, at::kFloat);
        std::ranges::transform(
            m_centres, centres.data_ptr<float>(), [](double value) { return static_cast<float>(value); });
        std::vector<float> norms(m_k, 0.0F);
        for (std::size_t cluster = 0; cluster < m_k; ++cluster)
            norms[cluster] = static_cast<float>(
                std::inner_product(centre(cluster), centre(cluster) + m_rows.cols, centre(cluster), 0.0));
        at::Tensor block = at::empty({static_cast<std::int64_t>(kProductRows), cols}, at::kFloat);
        at::Tensor products = at::empty({static_cast<std::int64_t>(kProductRows), k}, at::kFloat);
        std::size_t changed = 0;
        for (std::size_t first = 0; first < m_rows.rows; first += kProductRows) {
            if (m_ctx.stopRequested())
                return base::cancelled();
            const std::size_t count = std::min(kProductRows, m_rows.rows - first);
            float* centred = block.data_ptr<float>();
            for (std::size_t i = 0; i < count; ++i)
                for (std::size_t j = 0; j < m_rows.cols; ++j)
                    *centred++ = static_cast<float>(m_rows.row(first + i)[j] - m_mean[j]);
            at::mm_out(products, block, centres.t());
            for (std::size_t i = 0; i < count; ++i) {
                const float* row = products.data_ptr<float>() + i * m_k;
                std::size_t nearest = 0;
                for (std::size_t cluster = 1; cluster < m_k; ++cluster)
                    if (norms[cluster] - 2.0F * row[cluster] < norms[nearest] - 2.0F * row[nearest])
                        nearest = cluster;
                changed += std::exchange(m_clusterOf[first + i], nearest) != nearest ? 1 : 0;
            }
        }
        return changed;
    }

    void measureGaps()
    {
        for (std::size_t i = 0; i < m_rows.rows; ++i)
            m_squaredGap[i] = gapTo(i, centre(m_clusterOf[i]));
    }

    bool fillEmptyClusters()
    {
        std::vector<std::size_t> sizes(m_k, 0);
        for (const std::size_t cluster : m_clusterOf)
            ++sizes[cluster];
        if (std::ranges::find(sizes, std::size_t{0}) == sizes.end())
            return false;
        measureGaps();
        bool refilled = false;
        for (std::size_t empty = 0; empty < m_k; ++empty) {
            if (sizes[empty] > 0)
                continue;
            const auto farthest
                = static_cast<std::size_t>(std::ranges::max_element(m_squaredGap) - m_squaredGap.begin());
            // Fewer different rows than clusters: what is empty stays so.
            if (m_squaredGap[farthest] <= 0.0 || sizes[m_clusterOf[farthest]] < 2)
                break;
            --sizes[m_clusterOf[farthest]];
            ++sizes[empty];
            m_clusterOf[farthest] = empty;
            m_squaredGap[farthest] = 0.0;
            refilled = true;
        }
        return refilled;
    }

    void moveCentres()
    {
        std::vector<double> sums(m_centres.size(), 0.0);
        std::vector<double> sizes(m_k, 0.0);
        for (std::size_t i = 0; i < m_rows.rows; ++i) {
            double* sum = sums.data() + m_clusterOf[i] * m_rows.cols;
            for (std::size_t j = 0; j < m_rows.cols; ++j)
                sum[j] += m_rows.row(i)[j] - m_mean[j];
            sizes[m_clusterOf[i]] += 1.0;
        }
        for (std::size_t cluster = 0; cluster < m_k; ++cluster)
            if (sizes[cluster] > 0.0)
                for (std::size_t j = 0; j < m_rows.cols; ++j)
                    centre(cluster)[j] = sums[cluster * m_rows.cols + j] / sizes[cluster];
    }

    [[nodiscard]] Partition numbered() const
    {
        std::vector<std::optional<base::ClusterId>> number(m_k);
        Partition partition;
        for (const std::size_t cluster : m_clusterOf) {
            if (!number[cluster])
                number[cluster] = base::toId<base::ClusterId>(partition.clusterCount++);
            partition.clusterOf.push_back(*number[cluster]);
        }
        return partition;
    }

    base::MatrixView m_rows;
    const KMeansOptions& m_options;
    const base::JobContext& m_ctx;
    std::size_t m_k;
    std::vector<double> m_mean;
    std::vector<double> m_centres; ///< less the mean, one after the other
    std::vector<std::size_t> m_clusterOf;
    std::vector<double> m_squaredGap; ///< to the nearest centre so far, or to the own one
};

base::Status checkOptions(base::MatrixView rows, const KMeansOptions& options)
{
    if (rows.rows == 0 || rows.cols == 0)
        return base::Error{base::ErrorCode::TooFewRows,
            "there are no rows to be clustered; use a longer corpus or a weaker filter"};
    if (options.clusterCount == 0 || options.clusterCount > rows.rows)
        return base::Error{base::ErrorCode::InvalidArgument,
            "k-means of " + std::to_string(rows.rows) + " rows cannot make "
                + std::to_string(options.clusterCount) + " clusters; choose K between 1 and the rows"};
    const bool inside
        = std::ranges::all_of(options.startRows, [&](std::size_t row) { return row < rows.rows; });
    if (!options.startRows.empty() && (options.startRows.size() != options.clusterCount || !inside))
        return base::Error{base::ErrorCode::InvalidArgument,
            "k-means needs one existing row per cluster to start from; name "
                + std::to_string(options.clusterCount) + " rows or none"};
    return {};
}

} // namespace

base::Result<KMeans> kMeans(base::MatrixView rows, const KMeansOptions& options, const base::JobContext& ctx)
{
    PALIMPSEST_CHECK(checkOptions(rows, options));
    // The only place where exceptions of LibTorch and of the allocator end.
    try {
        return KMeansRun(rows, options, ctx).run();
    } catch (const std::bad_alloc&) {
        return base::Error{base::ErrorCode::TooLarge,
            "memory ran out during k-means of " + std::to_string(rows.rows) + " rows; cluster fewer rows"};
    } catch (const std::exception& error) {
        return base::Error{base::ErrorCode::Internal, std::string("k-means failed: ") + error.what()};
    }
}

} // namespace palimpsest::cluster
