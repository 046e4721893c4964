#include "layout/crossing_order.h"

#include <algorithm>
#include <span>
#include <utility>

namespace palimpsest::layout {

namespace {

constexpr int kMostRounds = 12;

/// The far end of a link: where it stands and how many members it stands for.
struct End {
    std::uint32_t place = 0;
    std::uint32_t weight = 0;
};
using Ends = std::vector<End>;

/// The part of a tree above the cut: nodes 0..K-1 are concepts, merge i joins two nodes into K + i.
struct TopTree {
    std::vector<std::pair<std::size_t, std::size_t>> merges;
    std::vector<std::uint8_t> flipped;

    [[nodiscard]] std::size_t conceptCount() const { return merges.size() + 1; }
};

TopTree topOf(const cluster::Linkage& linkage, const concepts::ConceptSet& concepts)
{
    const auto& merges = linkage.merges();
    const std::size_t leaves = linkage.leafCount();
    const std::size_t count = concepts.conceptCount();
    const std::size_t firstUndone = 2 * leaves - count;
    std::vector<std::uint32_t> someLeaf(firstUndone);
    for (std::size_t node = 0; node < firstUndone; ++node)
        someLeaf[node] = static_cast<std::uint32_t>(
            node < leaves ? node : someLeaf[static_cast<std::size_t>(merges[node - leaves].left)]);
    const auto topNode = [&](std::int32_t child) {
        const auto node = static_cast<std::size_t>(child);
        return node < firstUndone
            ? base::toIndex(concepts.conceptOf(base::toId<base::TokenId>(someLeaf[node])))
            : count + node - firstUndone;
    };
    TopTree tree;
    for (std::size_t node = firstUndone; node < 2 * leaves - 1; ++node) {
        const cluster::Merge& merge = merges[node - leaves];
        tree.merges.emplace_back(topNode(merge.left), topNode(merge.right));
    }
    tree.flipped.assign(tree.merges.size(), 0);
    return tree;
}

/// Place of every concept as the tree is turned now.
std::vector<std::uint32_t> placesOf(const TopTree& tree)
{
    const std::size_t count = tree.conceptCount();
    std::vector<std::uint32_t> places(count);
    std::uint32_t next = 0;
    std::vector<std::size_t> open{count + tree.merges.size() - 1};
    while (!open.empty()) {
        const std::size_t node = open.back();
        open.pop_back();
        if (node < count) {
            places[node] = next++;
            continue;
        }
        auto [first, second] = tree.merges[node - count];
        if (tree.flipped[node - count] != 0)
            std::swap(first, second);
        open.push_back(second);
        open.push_back(first);
    }
    return places;
}

/// What crosses when `first` stands before `second`. Both ascend.
std::uint64_t crossingsBetween(const Ends& first, const Ends& second)
{
    std::uint64_t crossings = 0;
    std::uint64_t below = 0;
    std::size_t at = 0;
    for (const End& end : first) {
        while (at < second.size() && second[at].place < end.place)
            below += second[at++].weight;
        crossings += below * end.weight;
    }
    return crossings;
}

Ends joined(const Ends& a, const Ends& b)
{
    Ends all(a.size() + b.size());
    std::merge(a.begin(), a.end(), b.begin(), b.end(), all.begin(),
        [](const End& x, const End& y) { return x.place < y.place; });
    // Links to one place never cross each other: one that stands for both keeps the lists short.
    std::size_t kept = 0;
    for (const End& end : all) {
        if (kept > 0 && all[kept - 1].place == end.place)
            all[kept - 1].weight += end.weight;
        else
            all[kept++] = end;
    }
    all.resize(kept);
    return all;
}

/// Turns `tree` for ends that ascend, one list a concept. Returns what still crosses; `turn` false: counts
/// only.
std::uint64_t turnFor(TopTree& tree, std::vector<Ends> ends, bool turn)
{
    const std::size_t count = tree.conceptCount();
    ends.resize(count + tree.merges.size());
    std::uint64_t crossings = 0;
    for (std::size_t merge = 0; merge < tree.merges.size(); ++merge) {
        const auto [left, right] = tree.merges[merge];
        const std::uint64_t straight = crossingsBetween(ends[left], ends[right]);
        const std::uint64_t flipped = crossingsBetween(ends[right], ends[left]);
        if (turn && straight != flipped)
            tree.flipped[merge] = flipped < straight ? 1 : 0;
        crossings += tree.flipped[merge] != 0 ? flipped : straight;
        ends[count + merge] = joined(ends[left], ends[right]);
        Ends().swap(ends[left]);
        Ends().swap(ends[right]);
    }
    return crossings;
}

template <typename CellsOf>
std::vector<Ends> endsOf(std::size_t count, const std::vector<std::uint32_t>& otherPlaces, CellsOf cellsOf)
{
    std::vector<Ends> ends(count);
    for (std::size_t i = 0; i < count; ++i) {
        for (const align::OverlapCell& cell : cellsOf(base::toId<base::ClusterId>(i)))
            ends[i].push_back({otherPlaces[base::toIndex(cell.other)], cell.shared});
        std::sort(
            ends[i].begin(), ends[i].end(), [](const End& x, const End& y) { return x.place < y.place; });
    }
    return ends;
}

} // namespace

base::Result<Orientation> orientTrees(const cluster::Linkage& linkageA, const concepts::ConceptSet& a,
    const cluster::Linkage& linkageB, const concepts::ConceptSet& b, const align::Overlap& overlap,
    const base::JobContext& ctx)
{
    TopTree treeA = topOf(linkageA, a);
    TopTree treeB = topOf(linkageB, b);
    const auto endsOfA = [&] {
        return endsOf(
            a.conceptCount(), placesOf(treeB), [&](base::ClusterId id) { return overlap.cellsOfA(id); });
    };
    const auto endsOfB = [&] {
        return endsOf(
            b.conceptCount(), placesOf(treeA), [&](base::ClusterId id) { return overlap.cellsOfB(id); });
    };
    Orientation result;
    result.crossingsBefore = turnFor(treeB, endsOfB(), false);
    result.crossings = result.crossingsBefore;
    for (int round = 0; round < kMostRounds; ++round) {
        if (ctx.stopRequested())
            return base::cancelled();
        turnFor(treeB, endsOfB(), true);
        const std::uint64_t now = turnFor(treeA, endsOfA(), true);
        if (round > 0 && now == result.crossings)
            break;
        result.crossings = now;
    }
    result.a = std::move(treeA.flipped);
    result.b = std::move(treeB.flipped);
    return result;
}

} // namespace palimpsest::layout
