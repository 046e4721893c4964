#include "figures/dendrogram_scene.h"

#include <algorithm>
#include <cmath>

#include "figures/color_ramp.h"

namespace palimpsest::app {

using layout::Node;

namespace {

/// A class stands out from grey as far as its share lies above what chance would give.
QRgb polarityColor(const concepts::ConceptSet& concepts, base::ClusterId id, bool dark)
{
    const QColor neutral = dark ? QColor(0x6a, 0x6d, 0x71) : QColor(0xc4, 0xc0, 0xb6);
    const auto counts = concepts.classCounts(id);
    if (counts.empty())
        return neutral.rgb();
    const auto most = std::ranges::max_element(counts);
    const double share = static_cast<double>(*most) / static_cast<double>(concepts.size(id));
    const double chance = 1.0 / static_cast<double>(counts.size());
    const double strength
        = counts.size() == 1 ? 1.0 : std::clamp((share - chance) / (1.0 - chance), 0.0, 1.0);
    return mixed(classColor(static_cast<int>(most - counts.begin()), dark), neutral, strength).rgb();
}

std::vector<QRgb> colorsOf(
    const layout::Tanglegram& tanglegram, bool fineTuned, const DendrogramOptions& options)
{
    const auto& comparison = *tanglegram.comparison;
    const auto& concepts = fineTuned ? *comparison.b : *comparison.a;
    const auto& matches = fineTuned ? comparison.alignment.b : comparison.alignment.a;
    const ColorRamp ramp(options.dark);
    // Labels of the concepts before this snapshot do not fit; those that do are on their way.
    const std::vector<int> none;
    const std::vector<int>& given = !options.labels ? none
        : fineTuned                                 ? options.labels->b
                                                    : options.labels->a;
    const std::vector<int>& labels = given.size() == concepts.conceptCount() ? given : none;
    std::size_t largest = 2;
    for (std::size_t i = 0; i < concepts.conceptCount(); ++i)
        largest = std::max(largest, concepts.size(base::toId<base::ClusterId>(i)));
    std::vector<QRgb> colors(concepts.conceptCount());
    for (std::size_t i = 0; i < colors.size(); ++i) {
        const auto id = base::toId<base::ClusterId>(i);
        switch (options.color) {
        case ConceptColor::ByStatus:
            colors[i] = statusColor(matches[i].status).rgb();
            break;
        case ConceptColor::ByClass:
            colors[i] = polarityColor(concepts, id, options.dark);
            break;
        case ConceptColor::BySize:
            colors[i] = ramp.at(
                std::log(static_cast<double>(concepts.size(id))) / std::log(static_cast<double>(largest)));
            break;
        case ConceptColor::ByModel:
            colors[i] = modelColor(fineTuned, options.dark).rgb();
            break;
        case ConceptColor::ByLabel:
            colors[i] = categoryColor(labels.empty() ? align::kNoCategory : labels[i], options.dark).rgb();
            break;
        }
    }
    return colors;
}

} // namespace

DendrogramTree::DendrogramTree(
    std::shared_ptr<const layout::TreeLayout> layout, std::vector<QRgb> colors, DendrogramAxis axis)
    : m_layout(std::move(layout))
    , m_colors(std::move(colors))
    , m_axis(axis)
    , m_tallest(std::max(m_layout->height(m_layout->root()), 1e-12))
{
    const auto firstTop = static_cast<Node>(m_layout->root() + 2 - static_cast<Node>(m_colors.size()));
    for (Node node = firstTop; node <= m_layout->root(); ++node) {
        const auto [first, second] = m_layout->children(node);
        const auto of = [&](Node child) {
            return m_layout->isAboveCut(child) ? m_topColors[static_cast<std::size_t>(child - firstTop)]
                                               : colorOf(m_layout->conceptAt(child));
        };
        m_topColors.push_back(of(first) == of(second) ? of(first) : 0);
    }
}

QRgb DendrogramTree::color(Node node) const
{
    if (!m_layout->isAboveCut(node))
        return colorOf(m_layout->conceptAt(node));
    const Node firstTop = m_layout->root() + 1 - static_cast<Node>(m_topColors.size());
    return m_topColors[static_cast<std::size_t>(node - firstTop)];
}

double DendrogramTree::depthOfClusters(double clusters) const
{
    return std::clamp(
        std::log(std::max(clusters, 1.0)) / std::log(static_cast<double>(m_layout->leafCount())), 0.0, 1.0);
}

double DendrogramTree::depthOfHeight(double height) const
{
    return 1.0 - height / m_tallest;
}

double DendrogramTree::depth(Node node) const
{
    return m_axis == DendrogramAxis::Height
        ? depthOfHeight(m_layout->height(node))
        : depthOfClusters(static_cast<double>(m_layout->clustersLeft(node)));
}

double DendrogramTree::depthOfClusterCut(int clusters) const
{
    const auto& merges = m_layout->linkage().merges();
    const auto k
        = std::clamp<std::size_t>(static_cast<std::size_t>(std::max(clusters, 1)), 1, merges.size() + 1);
    if (m_axis == DendrogramAxis::Clusters)
        return depthOfClusters(static_cast<double>(k) - 0.5);
    const std::size_t kept = merges.size() + 1 - k; // merges that the cut leaves alone
    const double below = kept == 0 ? 0.0 : merges[kept - 1].height;
    const double above = kept == merges.size() ? m_tallest : merges[kept].height;
    return depthOfHeight((below + above) / 2);
}

double DendrogramTree::depthOfCut() const
{
    return depthOfClusterCut(static_cast<int>(m_colors.size()));
}

int DendrogramTree::clustersAt(double depth) const
{
    if (m_axis == DendrogramAxis::Clusters) {
        const double clusters = std::exp(depth * std::log(static_cast<double>(m_layout->leafCount())));
        return std::max(1, static_cast<int>(std::lround(clusters + 0.5)));
    }
    const auto& merges = m_layout->linkage().merges();
    const double height = (1.0 - depth) * m_tallest;
    const auto above = std::upper_bound(merges.begin(), merges.end(), height,
        [](double value, const cluster::Merge& merge) { return value < merge.height; });
    return static_cast<int>(merges.end() - above) + 1;
}

double DendrogramTree::shortestLeaf() const
{
    const auto& concepts = m_layout->conceptSet();
    double shortest = 1.0;
    for (const base::ClusterId id : m_layout->order()) {
        const Node node = m_layout->nodeOf(id);
        shortest = std::min(shortest, (end(node) - begin(node)) / static_cast<double>(concepts.size(id)));
    }
    return shortest;
}

std::shared_ptr<const DendrogramScene> DendrogramScene::make(
    std::shared_ptr<const layout::Tanglegram> tanglegram, const DendrogramOptions& options)
{
    DendrogramTree base(tanglegram->a, colorsOf(*tanglegram, false, options), options.axis);
    DendrogramTree fineTuned(tanglegram->b, colorsOf(*tanglegram, true, options), options.axis);
    return std::make_shared<const DendrogramScene>(
        DendrogramScene{std::move(tanglegram), options, std::move(base), std::move(fineTuned)});
}

Node neighbour(const layout::TreeLayout& tree, Node node, TreeStep step)
{
    const auto isEnd = [&tree](Node at) { return tree.isLeaf(at) || tree.isCollapsed(at); };
    switch (step) {
    case TreeStep::ToParent:
        return node == tree.root() ? node : tree.parent(node);
    case TreeStep::ToChild:
        return isEnd(node) ? node : tree.children(node).first;
    default:
        break;
    }
    const bool down = step == TreeStep::Down;
    if (tree.isConcept(node)) {
        const std::size_t place = tree.placeOf(tree.conceptAt(node));
        if (down ? place + 1 == tree.order().size() : place == 0)
            return node;
        const Node next = tree.nodeOf(tree.order()[down ? place + 1 : place - 1]);
        const Node collapsed = tree.collapsedAbove(next);
        return collapsed >= 0 ? collapsed : next;
    }
    // Up to where a subtree lies in that direction, and down again as far.
    int levels = 0;
    Node at = node;
    while (at != tree.root()) {
        const auto [first, second] = tree.children(tree.parent(at));
        if (at == (down ? first : second)) {
            at = down ? second : first;
            break;
        }
        at = tree.parent(at);
        ++levels;
    }
    if (at == tree.root())
        return node;
    for (; levels > 0 && !isEnd(at) && !(tree.isConcept(at) && tree.isAboveCut(node)); --levels)
        at = down ? tree.children(at).first : tree.children(at).second;
    return at;
}

} // namespace palimpsest::app
