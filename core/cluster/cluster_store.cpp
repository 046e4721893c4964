#include "cluster/cluster_store.h"

#include <cmath>
#include <numeric>

#include "cluster/ward_kernels.h"

namespace palimpsest::cluster {
namespace {

constexpr std::int32_t kSlotsPerChunk = 512;

} // namespace

ClusterStore::ClusterStore(const WardPoints& points)
    : m_points(points)
    , m_cols(points.rows.cols)
    , m_size(points.weight)
    , m_version(points.count(), 0)
    , m_forward(points.count())
    , m_slot(points.count(), kLeaf)
{
    std::iota(m_forward.begin(), m_forward.end(), 0);
}

std::int32_t ClusterStore::resolve(std::int32_t id) const
{
    while (m_forward[at(id)] != id)
        id = m_forward[at(id)];
    return id;
}

double* ClusterStore::sum(std::int32_t slot) const
{
    const auto chunk = static_cast<std::size_t>(slot / kSlotsPerChunk);
    return m_chunks[chunk].get() + static_cast<std::size_t>(slot % kSlotsPerChunk) * m_cols;
}

double ClusterStore::distance(std::int32_t a, std::int32_t b) const
{
    // ‖Sa/na − Sb/nb‖² as ‖nb·Sa − na·Sb‖² / (na·nb)², where a point's row stands for its mean: one division
    // at the end, so that equal distances on a grid come out equal.
    const double na = m_size[at(a)];
    const double nb = m_size[at(b)];
    const bool leafA = m_slot[at(a)] == kLeaf;
    const bool leafB = m_slot[at(b)] == kLeaf;
    const double scaleA = leafB ? 1.0 : nb;
    const double scaleB = leafA ? 1.0 : na;
    const double* centre = m_points.centre.data();
    double gap = 0.0;
    if (leafA && leafB)
        gap = squaredGap(m_points.point(at(a)), scaleA, m_points.point(at(b)), scaleB, centre, m_cols);
    else if (leafA)
        gap = squaredGap(m_points.point(at(a)), scaleA, sum(m_slot[at(b)]), scaleB, centre, m_cols);
    else if (leafB)
        gap = squaredGap(m_points.point(at(b)), scaleB, sum(m_slot[at(a)]), scaleA, centre, m_cols);
    else
        gap = squaredGap(sum(m_slot[at(a)]), scaleA, sum(m_slot[at(b)]), scaleB, centre, m_cols);
    const double factor = (leafA ? na : 1.0) * (leafB ? nb : 1.0);
    const double divisor = (na + nb) * ((leafA ? 1.0 : na) * (leafB ? 1.0 : nb));
    return gap * factor / divisor;
}

void ClusterStore::scaledMean(std::int32_t id, double* mean) const
{
    const double scale = std::ldexp(1.0, m_points.scaleExponent);
    if (m_slot[at(id)] == kLeaf) {
        const float* row = m_points.point(at(id));
        for (std::size_t j = 0; j < m_cols; ++j)
            mean[j] = scale * (row[j] - m_points.centre[j]);
        return;
    }
    const double* total = sum(m_slot[at(id)]);
    const double share = scale / m_size[at(id)];
    for (std::size_t j = 0; j < m_cols; ++j)
        mean[j] = share * total[j];
}

std::int32_t ClusterStore::takeSlot()
{
    if (m_freeSlots.empty()) {
        const auto first = static_cast<std::int32_t>(m_chunks.size()) * kSlotsPerChunk;
        m_chunks.push_back(std::make_unique_for_overwrite<double[]>(kSlotsPerChunk * m_cols));
        for (std::int32_t slot = first + kSlotsPerChunk; slot-- > first;)
            m_freeSlots.push_back(slot);
    }
    const std::int32_t slot = m_freeSlots.back();
    m_freeSlots.pop_back();
    return slot;
}

void ClusterStore::joinSums(const ClusterPair& pair, std::int32_t slot)
{
    double* target = sum(slot);
    bool first = true;
    for (const std::int32_t id : {pair.low, pair.high}) {
        if (m_slot[at(id)] == slot)
            first = false;
    }
    for (const std::int32_t id : {pair.low, pair.high}) {
        if (m_slot[at(id)] == slot)
            continue;
        if (m_slot[at(id)] == kLeaf) {
            const float* row = m_points.point(at(id));
            const double weight = m_points.weight[at(id)];
            for (std::size_t j = 0; j < m_cols; ++j) {
                const double value = weight * (row[j] - m_points.centre[j]);
                target[j] = first ? value : target[j] + value;
            }
        } else {
            const double* other = sum(m_slot[at(id)]);
            for (std::size_t j = 0; j < m_cols; ++j)
                target[j] += other[j];
        }
        first = false;
    }
}

void ClusterStore::merge(std::span<const ClusterPair> pairs, Workers& workers)
{
    constexpr std::size_t kGrain = 16;
    std::vector<std::int32_t> slots(pairs.size());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const std::int32_t low = m_slot[at(pairs[i].low)];
        const std::int32_t high = m_slot[at(pairs[i].high)];
        slots[i] = low != kLeaf ? low : high != kLeaf ? high : takeSlot();
    }
    workers.forRanges(pairs.size(), kGrain, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            joinSums(pairs[i], slots[i]);
    });
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const std::size_t low = at(pairs[i].low);
        const std::size_t high = at(pairs[i].high);
        if (m_slot[high] != kLeaf && m_slot[high] != slots[i])
            m_freeSlots.push_back(m_slot[high]);
        m_slot[low] = slots[i];
        m_size[low] += m_size[high];
        m_forward[high] = pairs[i].low;
        ++m_version[low];
        ++m_version[high];
    }
}

} // namespace palimpsest::cluster
