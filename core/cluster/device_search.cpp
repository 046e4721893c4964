#include "cluster/device_search.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/version.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <span>
#include <type_traits>
#include <utility>

#include "cluster/search_operand.h"

namespace palimpsest::cluster {
namespace {

/// Sums of products on tensor cores are truncated where a processor rounds, see search_operand.cpp.
constexpr double kTensorCoreRounding = 4.0;
/// Twice a product stored as bfloat16 lies at most this share of itself above twice the product.
constexpr float kStoredRounding = 0x1.02p-8F;

/// Rows and columns multiplied at once. A CUDA device needs some hundred MB for a block of products, and is
/// asked to stop between the blocks; the processor's are small so that tests pass through several.
struct BlockShape {
    std::size_t rows = 0;
    std::size_t columns = 0;
};

constexpr BlockShape kCudaBlock{2048, 32768};
constexpr BlockShape kProcessorBlock{256, 1024};

BlockShape blockShape(const std::vector<SearchDevice>& devices)
{
    return devices.front().cuda ? kCudaBlock : kProcessorBlock;
}

at::Device torchDevice(const SearchDevice& device)
{
    return device.cuda ? at::Device(at::kCUDA, static_cast<at::DeviceIndex>(device.index))
                       : at::Device(at::kCPU);
}

/// Lets CUDA multiply as the proof of the bounds assumes, for the life of this object.
class ProductSettings {
public:
    explicit ProductSettings(SearchPrecision precision)
        : m_tensorFloat(at::globalContext().allowTF32CuBLAS())
    {
        at::globalContext().setAllowTF32CuBLAS(precision == SearchPrecision::TensorFloat32);
#if TORCH_VERSION_MAJOR >= 2
        // Parts of a sum must not be rounded to bfloat16. It stays forbidden: nothing else here gains from
        // it.
        if (precision == SearchPrecision::BFloat16)
            at::globalContext().setAllowBF16ReductionCuBLAS(false);
#endif
    }
    ~ProductSettings()
    {
        at::globalContext().setAllowTF32CuBLAS(m_tensorFloat);
    }
    ProductSettings(const ProductSettings&) = delete;
    ProductSettings& operator=(const ProductSettings&) = delete;

private:
    bool m_tensorFloat;
};

/// What one device holds: a row, l(x) and 1/size per position.
struct Replica {
    at::Device device;
    at::Tensor rows;
    at::Tensor norms;
    at::Tensor shares;
};

/// Per searched row the positions of the smallest lower bounds, in no order, on the processor.
struct Found {
    at::Tensor values; ///< float32 [rows, kept]
    at::Tensor positions; ///< int64 [rows, kept]
};

/// The `kept` smallest bounds of (norm + norm - 2 x·y) / (share + share) for the rows at `positions`, which
/// may be their own neighbours. Dead positions have an infinite norm, so they come last.
Found nearestOn(const Replica& replica, const at::Tensor& positions, std::int64_t count, std::int64_t kept,
    std::int64_t columnsAtOnce)
{
    const at::NoGradGuard noGrad;
    const at::Tensor chosen = positions.to(replica.device);
    // Doubling is exact in every format.
    const at::Tensor query = replica.rows.index_select(0, chosen).mul_(-2.0);
    const at::Tensor norms = replica.norms.index_select(0, chosen).unsqueeze(1);
    const at::Tensor shares = replica.shares.index_select(0, chosen).unsqueeze(1);
    Found best;
    for (std::int64_t first = 0; first < count; first += columnsAtOnce) {
        const std::int64_t columns = std::min(columnsAtOnce, count - first);
        at::Tensor gaps = at::mm(query, replica.rows.narrow(0, first, columns).t());
        if (gaps.scalar_type() != at::kFloat) {
            gaps = gaps.to(at::kFloat);
            gaps.sub_(gaps.abs().mul_(kStoredRounding));
        }
        gaps.add_(replica.norms.narrow(0, first, columns));
        gaps.add_(norms);
        gaps.div_(shares + replica.shares.narrow(0, first, columns));
        auto [values, places] = at::topk(gaps, std::min(kept, columns), 1, false, false);
        places.add_(first);
        if (best.values.defined()) {
            const at::Tensor allPlaces = at::cat({best.positions, places}, 1);
            at::Tensor merged;
            std::tie(values, merged) = at::topk(at::cat({best.values, values}, 1),
                std::min(kept, best.values.size(1) + values.size(1)), 1, false, false);
            places = allPlaces.gather(1, merged);
        }
        best = {values, places};
    }
    // Waits for the device.
    return {best.values.to(at::kCPU).contiguous(), best.positions.to(at::kCPU).contiguous()};
}

template <typename Element>
constexpr at::ScalarType kScalarType = std::is_same_v<Element, BFloat16Bits> ? at::kBFloat16 : at::kFloat;

template <typename Element>
constexpr SearchPrecision kPrecision = std::is_same_v<Element, BFloat16Bits> ? SearchPrecision::BFloat16
    : std::is_same_v<Element, TensorFloat32Bits>                             ? SearchPrecision::TensorFloat32
                                                                             : SearchPrecision::Float32;

template <typename Element>
class DeviceSearch final : public NeighbourSearch {
public:
    DeviceSearch(const ClusterStore& store, Workers& workers, const std::vector<SearchDevice>& devices)
        : m_store(store)
        , m_workers(workers)
        , m_operand(store, workers, kTensorCoreRounding)
        , m_shape(blockShape(devices))
    {
        const auto count = static_cast<std::int64_t>(m_operand.positions());
        const auto cols = static_cast<std::int64_t>(m_operand.cols());
        for (const SearchDevice& device : devices) {
            const at::TensorOptions options = at::TensorOptions().device(torchDevice(device));
            m_replicas.push_back(
                {torchDevice(device), at::empty({count, cols}, options.dtype(kScalarType<Element>)),
                    at::empty({count}, options.dtype(at::kFloat)),
                    at::empty({count}, options.dtype(at::kFloat))});
        }
        uploadRows();
    }

    base::Status searchAll(NeighbourLists& lists, const FirstSearch& resumed, const FirstSearchCalls& calls,
        const base::JobContext& ctx) override;
    base::Status search(
        std::span<const std::int32_t> ids, NeighbourLists& lists, const base::JobContext& ctx) override
    {
        return searchRows(ids, lists, {}, ctx);
    }
    void follow(std::span<const ClusterPair> pairs) override;
    double evaluations() const override { return m_evaluations; }

private:
    void uploadRows();
    void uploadChanges();
    void refresh();
    base::Status searchRows(std::span<const std::int32_t> ids, NeighbourLists& lists,
        const std::function<void(double)>& progress, const base::JobContext& ctx);
    void hand(std::span<const std::int32_t> ids, const Found& found, NeighbourLists& lists) const;

    const ClusterStore& m_store;
    Workers& m_workers;
    SearchOperand<Element> m_operand;
    BlockShape m_shape;
    std::vector<Replica> m_replicas;
    std::vector<std::int64_t> m_changed; ///< positions whose rows the devices have not seen yet
    double m_evaluations = 0.0;
};

/// Numbers in place. Nothing writes to them.
template <typename Number>
at::Tensor tensorAt(const Number* data, std::vector<std::int64_t> shape, at::ScalarType type)
{
    return at::from_blob(const_cast<Number*>(data), shape, type);
}

template <typename Element>
void DeviceSearch<Element>::uploadRows()
{
    const auto count = static_cast<std::int64_t>(m_operand.positions());
    const auto cols = static_cast<std::int64_t>(m_operand.cols());
    const at::Tensor rows = tensorAt(m_operand.row(0), {count, cols}, kScalarType<Element>);
    for (Replica& replica : m_replicas)
        replica.rows.narrow(0, 0, count).copy_(rows);
    m_changed.clear();
}

template <typename Element>
void DeviceSearch<Element>::uploadChanges()
{
    std::ranges::sort(m_changed);
    m_changed.erase(std::unique(m_changed.begin(), m_changed.end()), m_changed.end());
    if (m_changed.empty())
        return;
    const auto count = static_cast<std::int64_t>(m_changed.size());
    const std::size_t cols = m_operand.cols();
    std::vector<Element> rows(m_changed.size() * cols);
    for (std::size_t i = 0; i < m_changed.size(); ++i)
        std::copy_n(m_operand.row(static_cast<std::size_t>(m_changed[i])), cols, rows.data() + i * cols);
    const at::Tensor positions = tensorAt(m_changed.data(), {count}, at::kLong);
    const at::Tensor values
        = tensorAt(rows.data(), {count, static_cast<std::int64_t>(cols)}, kScalarType<Element>);
    for (Replica& replica : m_replicas)
        replica.rows.index_copy_(0, positions.to(replica.device), values.to(replica.device));
    m_changed.clear();
}

/// Brings the devices to the state of the store.
template <typename Element>
void DeviceSearch<Element>::refresh()
{
    const at::NoGradGuard noGrad;
    const std::size_t before = m_operand.positions();
    m_operand.compact();
    if (m_operand.positions() != before)
        uploadRows();
    else
        uploadChanges();
    const auto count = static_cast<std::int64_t>(m_operand.positions());
    for (Replica& replica : m_replicas) {
        replica.norms.narrow(0, 0, count).copy_(tensorAt(m_operand.norms(), {count}, at::kFloat));
        replica.shares.narrow(0, 0, count).copy_(tensorAt(m_operand.shares(), {count}, at::kFloat));
    }
}

template <typename Element>
void DeviceSearch<Element>::follow(std::span<const ClusterPair> pairs)
{
    m_operand.follow(pairs);
    for (const ClusterPair& pair : pairs)
        m_changed.push_back(static_cast<std::int64_t>(m_operand.positionOf(pair.low)));
}

template <typename Element>
base::Status DeviceSearch<Element>::searchAll(
    NeighbourLists& lists, const FirstSearch&, const FirstSearchCalls& calls, const base::JobContext& ctx)
{
    std::vector<std::int32_t> ids(m_operand.positions());
    for (std::size_t position = 0; position < ids.size(); ++position)
        ids[position] = m_operand.idAt(position);
    return searchRows(ids, lists, calls.progress, ctx);
}

template <typename Element>
base::Status DeviceSearch<Element>::searchRows(std::span<const std::int32_t> ids, NeighbourLists& lists,
    const std::function<void(double)>& progress, const base::JobContext& ctx)
{
    const ProductSettings settings(kPrecision<Element>);
    refresh();
    const std::size_t devices = m_replicas.size();
    const std::size_t block = std::min(m_shape.rows, (ids.size() + devices - 1) / devices);
    const auto count = static_cast<std::int64_t>(m_operand.positions());
    const auto kept = static_cast<std::int64_t>(lists.length() + 1); // its own position may be among them
    std::vector<std::int64_t> positions(ids.size());
    std::ranges::transform(ids, positions.begin(),
        [this](std::int32_t id) { return static_cast<std::int64_t>(m_operand.positionOf(id)); });
    for (std::size_t first = 0; first < ids.size(); first += devices * block) {
        if (ctx.stopRequested())
            return base::cancelled();
        const std::size_t end = std::min(ids.size(), first + devices * block);
        const auto beginOf = [&](std::size_t device) { return std::min(end, first + device * block); };
        std::vector<Found> found((end - first + block - 1) / block);
        m_workers.run(found.size(), [&](std::size_t device, std::size_t) {
            const std::size_t begin = beginOf(device);
            const auto rows = static_cast<std::int64_t>(beginOf(device + 1) - begin);
            found[device]
                = nearestOn(m_replicas[device], tensorAt(positions.data() + begin, {rows}, at::kLong), count,
                    kept, static_cast<std::int64_t>(m_shape.columns));
        });
        for (std::size_t device = 0; device < found.size(); ++device)
            hand(ids.subspan(beginOf(device), beginOf(device + 1) - beginOf(device)), found[device], lists);
        if (progress)
            progress(static_cast<double>(end) / static_cast<double>(ids.size()));
    }
    m_evaluations += static_cast<double>(ids.size()) * static_cast<double>(count);
    return ctx.stopRequested() ? base::Status(base::cancelled()) : base::Status();
}

template <typename Element>
void DeviceSearch<Element>::hand(
    std::span<const std::int32_t> ids, const Found& found, NeighbourLists& lists) const
{
    const double unscale = std::ldexp(1.0, -2 * m_store.points().scaleExponent);
    const auto kept = static_cast<std::size_t>(found.values.size(1));
    const float* values = found.values.data_ptr<float>();
    const std::int64_t* positions = found.positions.data_ptr<std::int64_t>();
    const bool listsAll = m_operand.alive() <= lists.length() + 1;
    constexpr std::size_t kGrain = 256;
    m_workers.forRanges(ids.size(), kGrain, [&](std::size_t begin, std::size_t end) {
        std::vector<Neighbour> neighbours;
        for (std::size_t i = begin; i < end; ++i) {
            neighbours.clear();
            for (std::size_t place = i * kept; place < (i + 1) * kept; ++place) {
                const std::int32_t other = m_operand.idAt(static_cast<std::size_t>(positions[place]));
                if (other == ids[i] || !(values[place] < std::numeric_limits<float>::infinity()))
                    continue;
                // Shares, their sum and the quotient are each off by at most 2^-24 relative.
                const double value = values[place];
                neighbours.push_back(
                    {unscale * (value - std::abs(value) * 0x1p-21), other, m_store.version(other) << 1U});
            }
            std::ranges::sort(
                neighbours, {}, [](const Neighbour& entry) { return std::pair(entry.value, entry.id); });
            if (neighbours.size() > lists.length())
                neighbours.resize(lists.length());
            const double bound = listsAll || neighbours.empty() ? std::numeric_limits<double>::infinity()
                                                                : neighbours.back().value;
            lists.assign(ids[i], neighbours, bound);
        }
    });
}

} // namespace

SearchPrecision preferredPrecision(const std::vector<SearchDevice>& devices)
{
    return !devices.empty() && devices.front().cuda ? SearchPrecision::TensorFloat32 : preferredPrecision();
}

std::unique_ptr<NeighbourSearch> makeDeviceSearch(const ClusterStore& store, Workers& workers,
    SearchPrecision precision, const std::vector<SearchDevice>& devices)
{
#if TORCH_VERSION_MAJOR < 2
    // It cannot be told there to add parts of sums in float32.
    if (precision == SearchPrecision::BFloat16 && devices.front().cuda)
        precision = SearchPrecision::TensorFloat32;
#endif
    if (precision == SearchPrecision::BFloat16)
        return std::make_unique<DeviceSearch<BFloat16Bits>>(store, workers, devices);
    if (precision == SearchPrecision::TensorFloat32)
        return std::make_unique<DeviceSearch<TensorFloat32Bits>>(store, workers, devices);
    return std::make_unique<DeviceSearch<float>>(store, workers, devices);
}

double measurePairSeconds(
    const std::vector<SearchDevice>& devices, SearchPrecision precision, std::size_t cols)
{
    const ProductSettings settings(precision);
    const BlockShape shape = blockShape(devices);
    const auto rows = static_cast<std::int64_t>(shape.rows);
    const auto columns = static_cast<std::int64_t>(shape.columns);
    const at::TensorOptions options = at::TensorOptions().device(torchDevice(devices.front()));
    const auto type = precision == SearchPrecision::BFloat16 ? at::kBFloat16 : at::kFloat;
    const Replica replica{torchDevice(devices.front()),
        at::ones({columns, static_cast<std::int64_t>(cols)}, options.dtype(type)),
        at::arange(columns, options.dtype(at::kFloat)), at::ones({columns}, options.dtype(at::kFloat))};
    const at::Tensor positions = at::arange(rows, at::kLong);
    constexpr std::int64_t kKept = 17;
    double fastest = std::numeric_limits<double>::infinity();
    for (int repeat = 0; repeat < 3; ++repeat) {
        const auto start = std::chrono::steady_clock::now();
        (void)nearestOn(replica, positions, columns, kKept, columns);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        fastest = std::min(fastest, took.count());
    }
    return fastest / static_cast<double>(rows * columns) / static_cast<double>(devices.size());
}

} // namespace palimpsest::cluster
