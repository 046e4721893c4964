#include "projection/nearest_rows.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <limits>
#include <mutex>
#include <string>
#include <utility>

#include "cluster/workers.h"

namespace palimpsest::projection {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::size_t kQueries = 256;
constexpr std::size_t kOthers = 2048;
/// Candidates beyond those asked for: what float32 products put in a wrong order is put right among them.
constexpr std::size_t kSpare = 8;

struct Candidate {
    float value = std::numeric_limits<float>::infinity();
    std::uint32_t id = 0;
};

/// The smallest values seen, ascending; ties keep the one seen first, which has the smaller id.
class Shortlist {
public:
    explicit Shortlist(std::size_t length)
        : m_entries(length)
    {
    }
    [[nodiscard]] float limit() const { return m_entries.back().value; }
    [[nodiscard]] const std::vector<Candidate>& entries() const { return m_entries; }
    void insert(Candidate candidate)
    {
        std::size_t at = m_entries.size() - 1;
        for (; at > 0 && m_entries[at - 1].value > candidate.value; --at)
            m_entries[at] = m_entries[at - 1];
        m_entries[at] = candidate;
    }

private:
    std::vector<Candidate> m_entries;
};

at::Tensor floats(base::MatrixView rows, std::size_t first, std::size_t last)
{
    return at::from_blob(const_cast<float*>(rows.data) + first * rows.cols,
        {static_cast<std::int64_t>(last - first), static_cast<std::int64_t>(rows.cols)}, at::kFloat);
}

float distance(std::span<const float> a, std::span<const float> b)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double difference = static_cast<double>(a[i]) - static_cast<double>(b[i]);
        sum += difference * difference;
    }
    return static_cast<float>(std::sqrt(sum));
}

class Search {
public:
    Search(base::MatrixView rows, std::size_t count, const base::JobContext& ctx)
        : m_rows(rows)
        , m_ctx(ctx)
        , m_norms(rows.rows)
        , m_found{count, std::vector<std::uint32_t>(rows.rows * count), std::vector<float>(rows.rows * count)}
    {
        for (std::size_t row = 0; row < rows.rows; ++row) {
            float norm = 0.0F;
            for (const float value : rows.row(row))
                norm += value * value;
            m_norms[row] = norm;
        }
    }

    base::Result<NearestRows> run()
    {
        const std::size_t tasks = (m_rows.rows + kQueries - 1) / kQueries;
        cluster::Workers workers(cluster::Workers::countFor(0));
        workers.run(tasks, [&](std::size_t task, std::size_t) {
            searchBlock(task * kQueries, std::min((task + 1) * kQueries, m_rows.rows));
            const std::scoped_lock lock(m_mutex);
            m_ctx.progress(static_cast<double>(++m_done) / static_cast<double>(tasks), "Finding neighbours");
        });
        if (m_stopped)
            return base::cancelled();
        return std::move(m_found);
    }

private:
    void searchBlock(std::size_t first, std::size_t last)
    {
        const at::NoGradGuard noGrad;
        const at::Tensor queries = floats(m_rows, first, last);
        std::vector<Shortlist> lists(
            last - first, Shortlist(std::min(m_found.count + kSpare, m_rows.rows - 1)));
        for (std::size_t other = 0; other < m_rows.rows; other += kOthers) {
            if (m_stopped || m_ctx.stopRequested()) {
                m_stopped = true;
                return;
            }
            const std::size_t end = std::min(other + kOthers, m_rows.rows);
            const at::Tensor products = queries.mm(floats(m_rows, other, end).t()).contiguous();
            const float* product = products.data_ptr<float>();
            for (std::size_t row = first; row < last; ++row, product += end - other)
                scan(lists[row - first], row, other, end, product);
        }
        for (std::size_t row = first; row < last; ++row)
            measure(row, lists[row - first]);
    }

    void scan(
        Shortlist& list, std::size_t row, std::size_t other, std::size_t end, const float* product) const
    {
        float limit = list.limit();
        for (std::size_t id = other; id < end; ++id) {
            const float value = m_norms[id] - 2.0F * product[id - other];
            if (value < limit && id != row) {
                list.insert({value, static_cast<std::uint32_t>(id)});
                limit = list.limit();
            }
        }
    }

    void measure(std::size_t row, const Shortlist& list)
    {
        std::vector<std::pair<float, std::uint32_t>> exact;
        for (const Candidate& candidate : list.entries())
            exact.emplace_back(distance(m_rows.row(row), m_rows.row(candidate.id)), candidate.id);
        std::sort(exact.begin(), exact.end());
        for (std::size_t i = 0; i < m_found.count; ++i) {
            m_found.distances[row * m_found.count + i] = exact[i].first;
            m_found.ids[row * m_found.count + i] = exact[i].second;
        }
    }

    base::MatrixView m_rows;
    const base::JobContext& m_ctx;
    std::vector<float> m_norms;
    NearestRows m_found;
    std::atomic<bool> m_stopped = false;
    std::mutex m_mutex; ///< guards m_done and the progress sink
    std::size_t m_done = 0;
};

} // namespace

base::Result<NearestRows> nearestRows(base::MatrixView rows, std::size_t count, const base::JobContext& ctx)
{
    if (rows.rows > std::numeric_limits<std::uint32_t>::max())
        return Error{ErrorCode::TooLarge, "There are too many occurrences for a map"};
    count = std::min(count, rows.rows > 0 ? rows.rows - 1 : 0);
    if (count == 0)
        return NearestRows{};
    try {
        return Search(rows, count, ctx).run();
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::TooLarge, "The map needs more memory than there is; close other programs"};
    } catch (const std::exception& exception) {
        const std::string what = exception.what();
        return Error{
            ErrorCode::Internal, "The neighbours could not be found: " + what.substr(0, what.find('\n'))};
    }
}

} // namespace palimpsest::projection
