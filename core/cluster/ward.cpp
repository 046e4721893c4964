#include "cluster/ward.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <memory>
#include <new>
#include <numeric>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "cluster/cluster_store.h"
#include "cluster/device_search.h"
#include "cluster/merge_order.h"
#include "cluster/neighbour_lists.h"
#include "cluster/neighbour_search.h"
#include "cluster/ward_checkpoint.h"
#include "cluster/ward_points.h"
#include "cluster/ward_progress.h"
#include "cluster/workers.h"

namespace palimpsest::cluster {
namespace {

/// Searching only the nearer half of the clusters that wait saves the others a search that merges make
/// needless.
constexpr std::size_t kSearchedPart = 2;
constexpr std::size_t kMostListed = 1024;

std::string grouped(std::size_t number)
{
    const std::string digits = std::to_string(number);
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0)
            text.push_back(',');
        text.push_back(digits[i]);
    }
    return text;
}

std::size_t threadsFor(const WardOptions& options)
{
    constexpr std::size_t kMostThreads = 256;
    const std::size_t wanted
        = options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
    return std::min(wanted, kMostThreads);
}

SearchPrecision precisionFor(const WardOptions& options, const std::vector<SearchDevice>& devices)
{
    if (options.precision == SearchPrecision::Automatic)
        return preferredPrecision(devices);
    if (options.precision == SearchPrecision::TensorFloat32 && devices.empty())
        return SearchPrecision::Float32;
    return options.precision;
}

/// One run. Rounds of: make sure of the nearest cluster of every cluster whose lists can tell, merge all
/// pairs that are each other's nearest, and only when there are none search anew for those that wait. By
/// reducibility the pairs may merge in any order (Bruynooghe 1977), and the closest pair of all is always
/// one.
class WardRun {
public:
    WardRun(const WardPoints& points, const WardOptions& options, std::vector<SearchDevice> devices,
        const base::JobContext& ctx)
        : m_points(points)
        , m_devices(std::move(devices))
        , m_options(options)
        , m_ctx(ctx)
        , m_workers(threadsFor(options))
        , m_store(points)
        , m_lists(m_store, options.listLength)
        , m_precision(precisionFor(options, m_devices))
        , m_progress(points.count())
        , m_alive(points.count())
    {
        std::iota(m_alive.begin(), m_alive.end(), 0);
    }

    [[nodiscard]] const WardStatistics& statistics() const { return m_statistics; }

    base::Result<Linkage> run()
    {
        mergeIdenticalRows();
        if (m_alive.size() > 1) {
            PALIMPSEST_CHECK(openCheckpoint());
            base::Status status = searchFirst();
            if (status)
                status = mergeAll();
            if (!status) {
                if (m_hasLists && status.error().code == base::ErrorCode::Cancelled)
                    keep({});
                return status.error();
            }
        }
        m_statistics.precision = m_precision;
        if (m_search)
            m_statistics.evaluations += m_search->evaluations();
        auto linkage = orderMerges(m_points.rows.rows, m_found);
        if (linkage && m_keeps) {
            std::error_code ignored;
            std::filesystem::remove(m_options.checkpoint, ignored);
        }
        return linkage;
    }

private:
    static std::size_t at(std::int32_t id) { return static_cast<std::size_t>(id); }

    void mergeIdenticalRows()
    {
        m_found.reserve(m_points.rows.rows - 1);
        m_identicalRows = m_points.rows.rows - m_points.count();
        for (std::size_t row = 0; row < m_points.pointOf.size(); ++row) {
            const std::int32_t first = m_points.firstRow[at(m_points.pointOf[row])];
            if (at(first) != row)
                m_found.push_back({first, static_cast<std::int32_t>(row), 0.0});
        }
    }

    /// Takes over the state of a run before this one.
    base::Status openCheckpoint()
    {
        if (m_options.checkpoint.empty())
            return {};
        PALIMPSEST_TRY(fingerprint, wardFingerprint(m_points, m_options.listLength, m_ctx));
        m_fingerprint = fingerprint;
        LoadedWardState loaded
            = loadWardState(m_options.checkpoint, m_fingerprint, m_points, m_options.listLength);
        m_keeps = loaded.kind != CheckpointKind::Foreign;
        m_lastKept = std::chrono::steady_clock::now();
        if (loaded.kind == CheckpointKind::Foreign)
            m_ctx.warn(m_options.checkpoint.string()
                + " is not a checkpoint of Ward clustering, so it stays as it is and this run keeps none");
        else if (loaded.kind == CheckpointKind::Unusable)
            m_ctx.warn(m_options.checkpoint.string()
                + " is damaged, or belongs to other rows or options, so clustering starts anew");
        else if (loaded.kind == CheckpointKind::Usable)
            resume(std::move(loaded.state));
        return {};
    }

    void resume(WardState state)
    {
        m_resumed = std::move(state.first);
        if (!m_resumed.done.empty())
            return;
        const std::size_t before = m_found.size();
        m_found.insert(m_found.end(), state.merges.begin(), state.merges.end());
        for (std::size_t i = before; i < m_found.size(); ++i) {
            const ClusterPair pair{
                m_points.pointOf[at(m_found[i].low)], m_points.pointOf[at(m_found[i].high)], 0.0};
            m_store.merge(std::span(&pair, 1), m_workers);
        }
        std::erase_if(m_alive, [this](std::int32_t id) { return !m_store.isAlive(id); });
        m_lists.restore(m_alive, state.lists);
        m_hasLists = true;
    }

    [[nodiscard]] bool isKeepingDue() const
    {
        return m_keeps && std::chrono::steady_clock::now() - m_lastKept >= m_options.checkpointEvery;
    }

    /// Writes the state; `first` is what an unfinished first search has.
    void keep(const FirstSearch& first)
    {
        if (!m_keeps)
            return;
        WardState state;
        state.first = first;
        if (first.done.empty()) {
            state.merges.assign(
                m_found.begin() + static_cast<std::ptrdiff_t>(m_identicalRows), m_found.end());
            state.lists = m_lists.save(m_alive);
        }
        if (const base::Status status = saveWardState(m_options.checkpoint, m_fingerprint, state); !status) {
            m_ctx.warn("the state of clustering is not kept on the way any more: " + status.error().message);
            m_keeps = false;
        }
        m_lastKept = std::chrono::steady_clock::now();
    }

    std::unique_ptr<NeighbourSearch> makeSearch()
    {
        return m_devices.empty() ? makeTileSearch(m_store, m_workers, m_precision)
                                 : makeDeviceSearch(m_store, m_workers, m_precision, m_devices);
    }

    base::Status searchFirst()
    {
        m_search = makeSearch();
        if (m_hasLists)
            return {};
        if (!m_devices.empty())
            m_resumed = {}; // faster done than told which part is left
        const auto begun = static_cast<double>(std::ranges::count(m_resumed.done, 1));
        m_progress.startSearching(
            begun / static_cast<double>(std::max<std::size_t>(1, m_resumed.done.size())));
        FirstSearchCalls calls;
        calls.progress = [this](double share) {
            m_ctx.progress(m_progress.searched(share), "Comparing " + grouped(m_alive.size()) + " rows");
        };
        calls.isKeepingDue = [this] { return isKeepingDue(); };
        calls.keep = [this](const FirstSearch& first) { keep(first); };
        PALIMPSEST_CHECK(m_search->searchAll(m_lists, m_resumed, calls, m_ctx));
        m_resumed = {};
        m_hasLists = true;
        return decide(m_alive);
    }

    base::Status mergeAll()
    {
        m_progress.startMerging(m_alive.size());
        while (m_alive.size() > 1) {
            if (m_ctx.stopRequested())
                return base::cancelled();
            if (isKeepingDue())
                keep({});
            refineOutdated();
            const std::vector<ClusterPair> pairs = reciprocalPairs();
            if (pairs.empty())
                PALIMPSEST_CHECK(searchWaiting());
            else
                merge(pairs);
        }
        return {};
    }

    void refineOutdated()
    {
        constexpr std::size_t kGrain = 512;
        m_workers.forRanges(m_alive.size(), kGrain, [this](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i)
                if (m_lists.isOutdated(m_alive[i]))
                    m_lists.refine(m_alive[i]);
        });
    }

    std::vector<ClusterPair> reciprocalPairs() const
    {
        std::vector<ClusterPair> pairs;
        for (const std::int32_t id : m_alive) {
            const Nearest& nearest = m_lists.nearest(id);
            if (nearest.id > id && m_lists.nearest(nearest.id).id == id)
                pairs.push_back({id, nearest.id, nearest.distance});
        }
        return pairs;
    }

    void merge(const std::vector<ClusterPair>& pairs)
    {
        constexpr std::size_t kGrain = 8;
        const auto forPairs = [&](auto&& work) {
            m_workers.forRanges(pairs.size(), kGrain, [&](std::size_t begin, std::size_t end) {
                for (std::size_t i = begin; i < end; ++i)
                    work(pairs[i]);
            });
        };
        ++m_statistics.rounds;
        forPairs([this](const ClusterPair& pair) { m_lists.joinLists(pair); });
        m_store.merge(pairs, m_workers);
        forPairs([this](const ClusterPair& pair) { m_lists.tidyJoined(pair.low); });
        m_search->follow(pairs);
        for (const ClusterPair& pair : pairs)
            m_found.push_back({m_points.firstRow[at(pair.low)], m_points.firstRow[at(pair.high)],
                std::sqrt(2.0 * pair.distance)});
        std::erase_if(m_alive, [this](std::int32_t id) { return !m_store.isAlive(id); });
        m_ctx.progress(m_progress.merged(m_alive.size()),
            grouped(m_found.size()) + " of " + grouped(m_points.rows.rows - 1) + " merges");
    }

    base::Status searchWaiting()
    {
        std::vector<std::int32_t> waiting;
        for (const std::int32_t id : m_alive)
            if (!m_lists.isCurrent(id))
                waiting.push_back(id);
        if (waiting.empty())
            return base::Error{base::ErrorCode::Internal,
                "Ward clustering found no pair to merge among " + grouped(m_alive.size())
                    + " clusters; please report this"};
        std::ranges::sort(waiting, {}, [this](std::int32_t id) { return std::pair(m_lists.bound(id), id); });
        waiting.resize((waiting.size() + kSearchedPart - 1) / kSearchedPart);
        std::ranges::sort(waiting);
        ++m_statistics.searches;
        m_statistics.searchedRows += waiting.size();
        PALIMPSEST_CHECK(m_search->search(waiting, m_lists, m_ctx));
        return decide(waiting);
    }

    /// Makes sure of the nearest cluster of each of `searched`, by all distances where products left it open.
    base::Status decide(std::span<const std::int32_t> searched)
    {
        constexpr std::size_t kGrain = 16;
        m_workers.forRanges(searched.size(), kGrain, [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i)
                m_lists.refine(searched[i]);
        });
        std::vector<std::int32_t> open;
        for (const std::int32_t id : searched)
            if (!m_lists.isCurrent(id))
                open.push_back(id);
        m_workers.run(open.size(), [&](std::size_t i, std::size_t) {
            if (m_ctx.stopRequested())
                return;
            m_lists.scan(open[i], m_alive);
            m_lists.refine(open[i]);
        });
        m_statistics.scans += open.size();
        // Where coarse products leave much open, float32 pays for itself.
        constexpr std::size_t kMany = 64;
        if (m_precision != SearchPrecision::Float32 && open.size() > kMany
            && open.size() > searched.size() / kMany) {
            m_precision = SearchPrecision::Float32;
            m_statistics.evaluations += m_search->evaluations();
            m_search.reset();
            m_search = makeSearch();
        }
        return m_ctx.stopRequested() ? base::Status(base::cancelled()) : base::Status();
    }

    const WardPoints& m_points;
    std::vector<SearchDevice> m_devices; ///< none: the processor's own tiles
    const WardOptions& m_options;
    const base::JobContext& m_ctx;
    Workers m_workers;
    ClusterStore m_store;
    NeighbourLists m_lists;
    SearchPrecision m_precision;
    WardProgress m_progress;
    std::unique_ptr<NeighbourSearch> m_search;
    std::vector<std::int32_t> m_alive; ///< ascending
    std::vector<FoundMerge> m_found;
    std::size_t m_identicalRows = 0; ///< merges at the front of m_found that join them
    WardStatistics m_statistics;

    base::Fingerprint m_fingerprint;
    bool m_keeps = false; ///< a checkpoint
    std::chrono::steady_clock::time_point m_lastKept;
    FirstSearch m_resumed;
    bool m_hasLists = false; ///< of all alive clusters: the first search is done
};

/// Operand, sums of half the rows, lists and tables; measured peaks are a third lower.
std::size_t estimatedBytes(std::size_t rows, std::size_t cols)
{
    const auto n = static_cast<double>(rows);
    return static_cast<std::size_t>(n * static_cast<double>(cols) * 10.0 + n * 600.0);
}

base::Result<Linkage> runWard(base::MatrixView rows, const WardOptions& options, const base::JobContext& ctx)
{
    // A wrong device is said before the rows are read.
    PALIMPSEST_TRY(devices, searchDevices(options.device, rows.rows));
    PALIMPSEST_TRY(points, prepareWardPoints(rows, options, ctx));
    WardRun run(points, options, std::move(devices), ctx);
    auto linkage = run.run();
    if (options.statistics != nullptr)
        *options.statistics = run.statistics();
    return linkage;
}

/// Seconds per pair and column of the processor's products.
double productSeconds()
{
    // Three products of 512 x 512: the first warms up, the faster of the others counts.
    constexpr std::int64_t kSide = 512;
    constexpr std::int64_t kDepth = 256;
    const at::NoGradGuard noGrad;
    const auto type = preferredPrecision() == SearchPrecision::BFloat16 ? at::kBFloat16 : at::kFloat;
    const at::Tensor operand = at::ones({kSide, kDepth}, type);
    at::Tensor product = at::empty({kSide, kSide}, type);
    double fastest = 1.0;
    for (int repeat = 0; repeat < 3; ++repeat) {
        const auto start = std::chrono::steady_clock::now();
        at::mm_out(product, operand, operand.t());
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        fastest = std::min(fastest, took.count());
    }
    return fastest / static_cast<double>(kSide * kSide * kDepth);
}

/// 0 where no device is used, or none can be measured.
double pairSecondsOnDevices(std::size_t rows, std::size_t cols, const std::string& device)
{
    try {
        const auto devices = searchDevices(device, rows);
        if (!devices || devices.value().empty())
            return 0.0;
        return measurePairSeconds(devices.value(), preferredPrecision(devices.value()), cols);
    } catch (const std::exception&) {
        return 0.0;
    }
}

} // namespace

base::Result<Linkage> wardLinkage(
    base::MatrixView rows, const WardOptions& options, const base::JobContext& ctx)
{
    if (options.listLength < 2 || options.listLength > kMostListed)
        return base::Error{base::ErrorCode::InvalidArgument,
            "the neighbour lists of Ward clustering hold 2 to " + std::to_string(kMostListed)
                + " entries, not " + std::to_string(options.listLength)};
    if (const std::size_t bytes = estimatedBytes(rows.rows, rows.cols);
        options.memoryBudget > 0 && bytes > options.memoryBudget)
        return base::Error{base::ErrorCode::TooLarge,
            "clustering " + grouped(rows.rows) + " rows of " + grouped(rows.cols) + " columns takes about "
                + grouped(bytes >> 20U) + " MB, more than the " + grouped(options.memoryBudget >> 20U)
                + " MB allowed; cluster fewer rows or allow more"};
    // The only place where exceptions of LibTorch and of the allocator end.
    try {
        return runWard(rows, options, ctx);
    } catch (const std::bad_alloc&) {
        return base::Error{base::ErrorCode::TooLarge,
            "memory ran out while clustering " + grouped(rows.rows) + " rows of " + grouped(rows.cols)
                + " columns; cluster fewer rows"};
    } catch (const c10::OutOfMemoryError&) {
        return base::Error{base::ErrorCode::TooLarge,
            "the memory of the CUDA device ran out while clustering " + grouped(rows.rows) + " rows of "
                + grouped(rows.cols) + " columns; use --device cpu, which gives the same tree"};
    } catch (const std::exception& error) {
        return base::Error{base::ErrorCode::Internal, std::string("Ward clustering failed: ") + error.what()};
    }
}

WardEstimate estimateWard(std::size_t rows, std::size_t cols, const std::string& device)
{
    const auto n = static_cast<double>(rows);
    const auto d = static_cast<double>(cols);
    // 1.5 n² pairs half of which are multiplied once, and per merge some forty distances in float64.
    const double onDevices = pairSecondsOnDevices(rows, cols, device);
    const double search = onDevices > 0.0 ? 1.5 * onDevices * n * n : productSeconds() * n * n * d;
    WardEstimate estimate;
    estimate.seconds = search + n * d * 5e-8;
    estimate.bytes = estimatedBytes(rows, cols);
    return estimate;
}

} // namespace palimpsest::cluster
