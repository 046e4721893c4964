#include "cluster/merge_order.h"

#include <algorithm>
#include <numeric>
#include <queue>
#include <string>
#include <tuple>
#include <utility>

namespace palimpsest::cluster {
namespace {

constexpr double kHiddenTie = 1e-12;
constexpr std::int32_t kNone = -1;

/// The tree of `found`: nodes 0..n-1 are leaves, node n+i is found[i].
struct Tree {
    std::vector<std::int32_t> left;
    std::vector<std::int32_t> right;
    std::vector<std::int32_t> parent;
    std::vector<double> height; ///< raised to the children's where rounding hid a tie
};

base::Result<Tree> buildTree(std::size_t leaves, const std::vector<FoundMerge>& found)
{
    Tree tree;
    tree.left.assign(leaves + found.size(), kNone);
    tree.right = tree.parent = tree.left;
    tree.height.assign(leaves + found.size(), 0.0);
    std::vector<std::int32_t> nodeOf(leaves);
    std::iota(nodeOf.begin(), nodeOf.end(), 0);
    for (std::size_t i = 0; i < found.size(); ++i) {
        const std::size_t node = leaves + i;
        tree.left[node] = nodeOf[static_cast<std::size_t>(found[i].low)];
        tree.right[node] = nodeOf[static_cast<std::size_t>(found[i].high)];
        double below = 0.0;
        for (const std::int32_t child : {tree.left[node], tree.right[node]}) {
            tree.parent[static_cast<std::size_t>(child)] = static_cast<std::int32_t>(node);
            below = std::max(below, tree.height[static_cast<std::size_t>(child)]);
        }
        if (!(found[i].height >= below * (1.0 - kHiddenTie)))
            return base::Error{base::ErrorCode::Internal,
                "the merge of the clusters of rows " + std::to_string(found[i].low) + " and "
                    + std::to_string(found[i].high)
                    + " is lower than one inside it, so a nearest cluster was missed; please report this"};
        tree.height[node] = std::max(found[i].height, below);
        nodeOf[static_cast<std::size_t>(found[i].low)] = static_cast<std::int32_t>(node);
    }
    return tree;
}

} // namespace

base::Result<Linkage> orderMerges(std::size_t leaves, const std::vector<FoundMerge>& found)
{
    PALIMPSEST_TRY(tree, buildTree(leaves, found));

    const auto later = [&](std::int32_t a, std::int32_t b) {
        const auto key = [&](std::int32_t node) {
            const FoundMerge& merge = found[static_cast<std::size_t>(node) - leaves];
            return std::tuple(tree.height[static_cast<std::size_t>(node)], merge.low, merge.high);
        };
        return key(a) > key(b);
    };
    std::priority_queue<std::int32_t, std::vector<std::int32_t>, decltype(later)> ready(later);
    std::vector<std::int32_t> idOf(leaves + found.size(), kNone);
    std::iota(idOf.begin(), idOf.begin() + static_cast<std::ptrdiff_t>(leaves), 0);
    const auto childrenDone = [&](std::size_t node) {
        return idOf[static_cast<std::size_t>(tree.left[node])] != kNone
            && idOf[static_cast<std::size_t>(tree.right[node])] != kNone;
    };
    for (std::size_t node = leaves; node < leaves + found.size(); ++node)
        if (childrenDone(node))
            ready.push(static_cast<std::int32_t>(node));

    std::vector<std::int32_t> sizeOf(leaves + found.size(), 1);
    std::vector<Merge> merges;
    merges.reserve(found.size());
    while (!ready.empty()) {
        const auto node = static_cast<std::size_t>(ready.top());
        ready.pop();
        const auto left = static_cast<std::size_t>(tree.left[node]);
        const auto right = static_cast<std::size_t>(tree.right[node]);
        sizeOf[node] = sizeOf[left] + sizeOf[right];
        idOf[node] = static_cast<std::int32_t>(leaves + merges.size());
        merges.push_back({std::min(idOf[left], idOf[right]), std::max(idOf[left], idOf[right]),
            tree.height[node], sizeOf[node]});
        const std::int32_t parent = tree.parent[node];
        if (parent != kNone && childrenDone(static_cast<std::size_t>(parent)))
            ready.push(parent);
    }
    return Linkage::fromMerges(std::move(merges));
}

} // namespace palimpsest::cluster
