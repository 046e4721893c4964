#include "cluster/neighbour_lists.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace palimpsest::cluster {
namespace {

/// Bounds derived in float64 give way by this much, far more than their rounding.
constexpr double kCaution = 1.0 - 0x1p-44;

bool isExact(const Neighbour& entry)
{
    return (entry.stamp & 1U) != 0;
}

} // namespace

NeighbourLists::NeighbourLists(const ClusterStore& store, std::size_t length)
    : m_store(store)
    , m_length(length)
    , m_entries(store.count() * length)
    , m_count(store.count(), 0)
    , m_bound(store.count())
    , m_nearest(store.count())
{
}

std::span<Neighbour> NeighbourLists::entries(std::int32_t id)
{
    return {m_entries.data() + at(id) * m_length, static_cast<std::size_t>(m_count[at(id)])};
}

bool NeighbourLists::isCurrent(std::int32_t id) const
{
    const Nearest& nearest = m_nearest[at(id)];
    return nearest.id >= 0 && m_store.version(nearest.id) == nearest.version;
}

void NeighbourLists::assign(std::int32_t id, std::span<const Neighbour> found, double bound)
{
    std::ranges::copy(found, m_entries.begin() + static_cast<std::ptrdiff_t>(at(id) * m_length));
    m_count[at(id)] = static_cast<std::int32_t>(found.size());
    m_bound[at(id)] = {bound, 0};
    m_nearest[at(id)] = {};
}

void NeighbourLists::scan(std::int32_t id, std::span<const std::int32_t> alive)
{
    const auto before = [](const Neighbour& a, const Neighbour& b) {
        return std::pair(a.value, a.id) < std::pair(b.value, b.id);
    };
    std::vector<Neighbour> heap; // the m_length + 1 nearest, the farthest of them on top
    heap.reserve(m_length + 2);
    for (const std::int32_t other : alive) {
        if (other == id)
            continue;
        const Neighbour found{m_store.distance(id, other), other, (m_store.version(other) << 1U) | 1U};
        if (heap.size() > m_length && !before(found, heap.front()))
            continue;
        heap.push_back(found);
        std::ranges::push_heap(heap, before);
        if (heap.size() > m_length + 1) {
            std::ranges::pop_heap(heap, before);
            heap.pop_back();
        }
    }
    std::ranges::sort_heap(heap, before);
    Bound bound{std::numeric_limits<double>::infinity(), 0};
    if (heap.size() > m_length) {
        bound = {heap.back().value, heap.back().id};
        heap.pop_back();
    }
    assign(id, heap, bound.value);
    m_bound[at(id)] = bound;
}

SavedLists NeighbourLists::save(std::span<const std::int32_t> ids) const
{
    SavedLists saved;
    for (const std::int32_t id : ids) {
        saved.bounds.push_back(m_bound[at(id)].value);
        saved.boundIds.push_back(m_bound[at(id)].id);
        saved.counts.push_back(m_count[at(id)]);
        const auto first = m_entries.begin() + static_cast<std::ptrdiff_t>(at(id) * m_length);
        saved.entries.insert(saved.entries.end(), first, first + m_count[at(id)]);
    }
    return saved;
}

void NeighbourLists::restore(std::span<const std::int32_t> ids, const SavedLists& saved)
{
    std::span<const Neighbour> rest = saved.entries;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto count = static_cast<std::size_t>(saved.counts[i]);
        assign(ids[i], rest.first(count), saved.bounds[i]);
        m_bound[at(ids[i])].id = saved.boundIds[i];
        rest = rest.subspan(count);
    }
}

void NeighbourLists::makeExact(std::int32_t owner, Neighbour& entry) const
{
    entry.value = m_store.distance(owner, entry.id);
    entry.stamp |= 1U;
}

/// Lets every entry name an alive cluster once.
void NeighbourLists::freshen(std::int32_t id)
{
    const std::span<Neighbour> list = entries(id);
    bool changed = false;
    for (Neighbour& entry : list) {
        if (m_store.version(entry.id) == entry.stamp >> 1U)
            continue;
        changed = true;
        entry.id = m_store.resolve(entry.id);
        entry.stamp = m_store.version(entry.id) << 1U;
        // What it merged with may have been outside the list.
        entry.value = std::min(entry.value, m_bound[at(id)].value);
    }
    if (!changed)
        return;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (list[i].id == id)
            continue;
        const auto same = std::find_if(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(kept),
            [&](const Neighbour& other) { return other.id == list[i].id; });
        if (same == list.begin() + static_cast<std::ptrdiff_t>(kept))
            list[kept++] = list[i];
        else if (isExact(list[i]))
            *same = list[i];
        else if (!isExact(*same))
            same->value = std::min(same->value, list[i].value);
    }
    m_count[at(id)] = static_cast<std::int32_t>(kept);
}

bool NeighbourLists::refine(std::int32_t id)
{
    freshen(id);
    const std::span<Neighbour> list = entries(id);
    const Bound bound = m_bound[at(id)];
    m_nearest[at(id)] = {Nearest::kUndecided, 0, 0.0};
    // Entries that are only bounded come before exact ones of the same value: they may be nearer by id.
    const auto before = [](const Neighbour& a, const Neighbour& b) {
        return std::tuple(a.value, isExact(a), a.id) < std::tuple(b.value, isExact(b), b.id);
    };
    while (!list.empty()) {
        Neighbour& top = *std::ranges::min_element(list, before);
        if (std::tuple(top.value, isExact(top) ? top.id : 0) >= std::tuple(bound.value, bound.id))
            return false;
        if (isExact(top)) {
            m_nearest[at(id)] = {top.id, m_store.version(top.id), top.value};
            return true;
        }
        makeExact(id, top);
    }
    return false;
}

void NeighbourLists::joinLists(const ClusterPair& pair)
{
    freshen(pair.low);
    freshen(pair.high);
    const double na = m_store.size(pair.low);
    const double nb = m_store.size(pair.high);
    // Lance and Williams 1967: D(ab, x) from D(a, x), D(b, x) and D(a, b). It grows with both distances, and
    // with the size of x where both are at least D(a, b), so lower bounds give a lower bound.
    const auto lowerJoined = [&](double toA, double toB, double nx) {
        const double joined = ((na + nx) * std::max(toA, pair.distance)
                                  + (nb + nx) * std::max(toB, pair.distance) - nx * pair.distance)
            / (na + nb + nx);
        return joined * kCaution;
    };
    const double boundA = m_bound[at(pair.low)].value;
    const double boundB = m_bound[at(pair.high)].value;
    double bound = lowerJoined(boundA, boundB, 1.0);

    std::vector<Neighbour> joined;
    joined.reserve(2 * m_length);
    const std::span<Neighbour> listA = entries(pair.low);
    const std::span<Neighbour> listB = entries(pair.high);
    const auto valueIn = [](std::span<const Neighbour> list, std::int32_t id, double otherwise) {
        const auto entry = std::ranges::find(list, id, &Neighbour::id);
        return entry == list.end() ? otherwise : entry->value;
    };
    const auto add = [&](std::int32_t id, double toA, double toB) {
        const double value = lowerJoined(toA, toB, m_store.size(id));
        if (value < bound)
            joined.push_back({value, id, m_store.version(id) << 1U});
    };
    for (const Neighbour& entry : listA)
        if (entry.id != pair.high)
            add(entry.id, entry.value, valueIn(listB, entry.id, boundB));
    for (const Neighbour& entry : listB)
        if (entry.id != pair.low && std::ranges::find(listA, entry.id, &Neighbour::id) == listA.end())
            add(entry.id, boundA, entry.value);

    std::ranges::sort(joined, {}, [](const Neighbour& entry) { return std::pair(entry.value, entry.id); });
    if (joined.size() > m_length) {
        bound = std::min(bound, joined[m_length].value);
        joined.resize(m_length);
    }
    assign(pair.low, joined, bound);
}

void NeighbourLists::tidyJoined(std::int32_t id)
{
    freshen(id);
    const std::span<Neighbour> list = entries(id);
    const double bound = m_bound[at(id)].value;
    std::size_t kept = 0;
    for (Neighbour& entry : list) {
        if (!isExact(entry) && entry.value < bound)
            makeExact(id, entry);
        if (entry.value < bound)
            list[kept++] = entry;
    }
    m_count[at(id)] = static_cast<std::int32_t>(kept);
}

} // namespace palimpsest::cluster
