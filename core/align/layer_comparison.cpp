#include "align/layer_comparison.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace palimpsest::align {

namespace {

/// Clusters of a cut in the order of the tree's leaves, left before right.
std::vector<base::ClusterId> orderByTree(
    const cluster::Linkage& linkage, const concepts::ConceptSet& concepts)
{
    const std::size_t leaves = linkage.leafCount();
    const auto& merges = linkage.merges();
    // Any leaf of a node tells the node's cluster; walking down to one would be slow in a chain of merges.
    std::vector<std::uint32_t> someLeaf(leaves + merges.size());
    std::iota(someLeaf.begin(), someLeaf.begin() + static_cast<std::ptrdiff_t>(leaves), 0U);
    for (std::size_t i = 0; i < merges.size(); ++i)
        someLeaf[leaves + i] = someLeaf[static_cast<std::size_t>(merges[i].left)];

    std::vector<base::ClusterId> order;
    order.reserve(concepts.conceptCount());
    if (leaves == 0) {
        for (std::size_t i = 0; i < concepts.conceptCount(); ++i)
            order.push_back(base::toId<base::ClusterId>(i));
        return order;
    }
    // The last K-1 merges are undone, so a node is a cluster of the cut if it is older than they are.
    const std::size_t firstUndone = 2 * leaves - concepts.conceptCount();
    std::vector<std::size_t> open{2 * leaves - 2};
    while (!open.empty()) {
        const std::size_t node = open.back();
        open.pop_back();
        if (node < firstUndone) {
            order.push_back(concepts.conceptOf(base::toId<base::TokenId>(someLeaf[node])));
            continue;
        }
        const cluster::Merge& merge = merges[node - leaves];
        open.push_back(static_cast<std::size_t>(merge.right));
        open.push_back(static_cast<std::size_t>(merge.left));
    }
    return order;
}

/// Concepts of `b` by the mean position that their members' concepts have in `orderA`, ties by id.
std::vector<base::ClusterId> orderByCounterparts(
    const concepts::ConceptSet& a, const std::vector<base::ClusterId>& orderA, const concepts::ConceptSet& b)
{
    std::vector<std::uint64_t> positionOf(orderA.size());
    for (std::size_t position = 0; position < orderA.size(); ++position)
        positionOf[base::toIndex(orderA[position])] = position;

    std::vector<double> mean(b.conceptCount());
    std::vector<base::ClusterId> order(b.conceptCount());
    for (std::size_t i = 0; i < b.conceptCount(); ++i) {
        order[i] = base::toId<base::ClusterId>(i);
        std::uint64_t sum = 0;
        for (const base::TokenId token : b.members(order[i]))
            sum += positionOf[base::toIndex(a.conceptOf(token))];
        mean[i] = static_cast<double>(sum) / static_cast<double>(b.size(order[i]));
    }
    std::stable_sort(order.begin(), order.end(), [&mean](base::ClusterId x, base::ClusterId y) {
        return mean[base::toIndex(x)] < mean[base::toIndex(y)];
    });
    return order;
}

double share(std::size_t part, const std::array<std::size_t, kStatusCount>& statuses)
{
    const std::size_t all = std::accumulate(statuses.begin(), statuses.end(), std::size_t{0});
    return all == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(all);
}

std::size_t total(const std::vector<std::size_t>& counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::size_t{0});
}

} // namespace

std::shared_ptr<const LayerComparison> compareLayers(const std::shared_ptr<const corpus::TokenTable>& tokens,
    int layerA, const cluster::Linkage& linkageA, int layerB, const cluster::Linkage& linkageB, std::size_t k,
    double theta, Measure measure)
{
    auto comparison = std::make_shared<LayerComparison>();
    comparison->layerA = layerA;
    comparison->layerB = layerB;
    comparison->measure = measure;
    comparison->a = concepts::ConceptSet::make(tokens, cluster::cut(linkageA, k));
    comparison->b = concepts::ConceptSet::make(tokens, cluster::cut(linkageB, k));
    comparison->k = comparison->a->conceptCount();
    comparison->overlap = Overlap::make(*comparison->a, *comparison->b, measure);
    comparison->alignment = align(*comparison->overlap, theta);
    comparison->orderA = orderByTree(linkageA, *comparison->a);
    comparison->orderB = orderByCounterparts(*comparison->a, comparison->orderA, *comparison->b);
    return comparison;
}

std::shared_ptr<const LayerComparison> withTheta(const LayerComparison& comparison, double theta)
{
    auto changed = std::make_shared<LayerComparison>();
    changed->layerA = comparison.layerA;
    changed->layerB = comparison.layerB;
    changed->k = comparison.k;
    changed->measure = comparison.measure;
    changed->a = comparison.a;
    changed->b = comparison.b;
    changed->overlap = comparison.overlap;
    changed->alignment = align(*comparison.overlap, theta);
    changed->orderA = comparison.orderA;
    changed->orderB = comparison.orderB;
    return changed;
}

double LayerSummary::keptShare() const
{
    return share(statusA[static_cast<std::size_t>(Status::Kept)], statusA);
}

double LayerSummary::taskShareA() const
{
    return share(total(taskA), statusA);
}

double LayerSummary::taskShareB() const
{
    return share(total(taskB), statusB);
}

LayerSummary summarize(const LayerComparison& comparison)
{
    LayerSummary summary;
    summary.layer = comparison.layerA;
    summary.k = comparison.k;
    summary.statusA = countStatuses(comparison.alignment.a);
    summary.statusB = countStatuses(comparison.alignment.b);
    summary.taskA = concepts::countTaskConcepts(*comparison.a, comparison.alignment.theta);
    summary.taskB = concepts::countTaskConcepts(*comparison.b, comparison.alignment.theta);
    return summary;
}

Finding findTakeover(const std::vector<LayerSummary>& layers)
{
    Finding finding;
    finding.takeoverIndex = layers.size();
    const double half = layers.front().keptShare() / 2.0;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (finding.takeoverIndex == layers.size() && layers[i].keptShare() < half)
            finding.takeoverIndex = i;
        if (layers[i].keptShare() < layers[finding.lowestKeptIndex].keptShare())
            finding.lowestKeptIndex = i;
        if (total(layers[i].taskB) > total(layers[finding.strongestTaskIndex].taskB))
            finding.strongestTaskIndex = i;
    }
    return finding;
}

int takeoverLayer(const std::vector<LayerSummary>& layers)
{
    return layers[std::min(findTakeover(layers).takeoverIndex, layers.size() - 1)].layer;
}

} // namespace palimpsest::align
