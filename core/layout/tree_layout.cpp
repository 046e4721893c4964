#include "layout/tree_layout.h"

#include <algorithm>
#include <numeric>

namespace palimpsest::layout {

std::shared_ptr<const TreeLayout> TreeLayout::make(std::shared_ptr<const cluster::Linkage> linkage,
    std::shared_ptr<const concepts::ConceptSet> concepts, TreeOptions options)
{
    const std::shared_ptr<TreeLayout> tree(new TreeLayout);
    tree->m_linkage = std::move(linkage);
    tree->m_concepts = std::move(concepts);
    tree->m_options = std::move(options);
    std::sort(tree->m_options.collapsed.begin(), tree->m_options.collapsed.end());
    // The last K-1 merges are undone by the cut.
    tree->m_firstUndone = 2 * tree->m_linkage->leafCount() - tree->m_concepts->conceptCount();
    tree->hang();
    tree->placeConcepts();
    tree->giveRoom();
    tree->centreNodes();
    return tree;
}

void TreeLayout::hang()
{
    const auto& merges = m_linkage->merges();
    const std::size_t leaves = merges.size() + 1;
    m_leafAt.resize(leaves);
    m_firstLeaf.assign(2 * leaves - 1, 0);
    m_parent.assign(2 * leaves - 1, -1);
    // A parent's number is larger than its children's, so going down the numbers goes down the tree.
    for (std::size_t merge = merges.size(); merge-- > 0;) {
        const Node node = static_cast<Node>(leaves + merge);
        const auto [first, second] = children(node);
        m_firstLeaf[index(first)] = m_firstLeaf[index(node)];
        m_firstLeaf[index(second)] = m_firstLeaf[index(node)] + static_cast<std::uint32_t>(size(first));
        m_parent[index(first)] = m_parent[index(second)] = node;
    }
    for (std::size_t leaf = 0; leaf < leaves; ++leaf)
        m_leafAt[m_firstLeaf[leaf]] = base::toId<base::TokenId>(leaf);
}

void TreeLayout::placeConcepts()
{
    const std::size_t count = m_concepts->conceptCount();
    m_placeAt.resize(leafCount());
    m_placeOf.resize(count);
    m_nodeOf.resize(count);
    for (std::size_t place = 0, leaf = 0; leaf < leafCount(); ++place) {
        const base::ClusterId id = m_concepts->conceptOf(m_leafAt[leaf]);
        Node node = static_cast<Node>(base::toIndex(m_leafAt[leaf]));
        while (size(node) < m_concepts->size(id))
            node = m_parent[index(node)];
        m_order.push_back(id);
        m_placeOf[base::toIndex(id)] = place;
        m_nodeOf[base::toIndex(id)] = node;
        const std::size_t end = leaf + m_concepts->size(id);
        std::fill(m_placeAt.begin() + static_cast<std::ptrdiff_t>(leaf),
            m_placeAt.begin() + static_cast<std::ptrdiff_t>(end), static_cast<std::uint32_t>(place));
        leaf = end;
    }
}

void TreeLayout::giveRoom()
{
    std::vector<double> room(m_order.size());
    for (std::size_t place = 0; place < room.size(); ++place)
        room[place]
            = m_options.room == Room::Equal ? 1.0 : static_cast<double>(m_concepts->size(m_order[place]));
    // Lowest first, so that an outer collapsed subtree divides what inner ones have left.
    for (const Node node : m_options.collapsed) {
        if (!contains(node) || !isAboveCut(node))
            continue;
        const auto [first, last] = conceptRange(node);
        const auto count = static_cast<double>(last - first);
        const double all = m_options.room == Room::Equal ? count : static_cast<double>(size(node));
        const double each = all / count / count; // together as much as one of them
        std::fill(room.begin() + static_cast<std::ptrdiff_t>(first),
            room.begin() + static_cast<std::ptrdiff_t>(last), each);
    }
    m_conceptStart.assign(room.size() + 1, 0.0);
    std::partial_sum(room.begin(), room.end(), m_conceptStart.begin() + 1);
}

void TreeLayout::centreNodes()
{
    m_centre.resize(2 * leafCount() - 1);
    for (std::size_t leaf = 0; leaf < leafCount(); ++leaf)
        m_centre[leaf] = (along(m_firstLeaf[leaf]) + end(static_cast<Node>(leaf))) / 2;
    const auto& merges = m_linkage->merges();
    for (std::size_t merge = 0; merge < merges.size(); ++merge)
        m_centre[leafCount() + merge]
            = (m_centre[index(merges[merge].left)] + m_centre[index(merges[merge].right)]) / 2;
}

double TreeLayout::along(std::size_t leafPosition) const
{
    if (leafPosition == leafCount())
        return extent();
    const std::size_t place = m_placeAt[leafPosition];
    const base::ClusterId id = m_order[place];
    const std::size_t first = m_firstLeaf[index(m_nodeOf[base::toIndex(id)])];
    const double room = m_conceptStart[place + 1] - m_conceptStart[place];
    return m_conceptStart[place]
        + room * static_cast<double>(leafPosition - first) / static_cast<double>(m_concepts->size(id));
}

bool TreeLayout::isConcept(Node node) const
{
    return !isAboveCut(node) && (node == root() || isAboveCut(parent(node)));
}

bool TreeLayout::isCollapsed(Node node) const
{
    return std::binary_search(m_options.collapsed.begin(), m_options.collapsed.end(), node);
}

std::pair<Node, Node> TreeLayout::children(Node node) const
{
    const cluster::Merge& merge = m_linkage->merges()[index(node) - leafCount()];
    const bool flip = isAboveCut(node) && !m_options.flipped.empty()
        && m_options.flipped[index(node) - m_firstUndone] != 0;
    return flip ? std::pair(merge.right, merge.left) : std::pair(merge.left, merge.right);
}

double TreeLayout::height(Node node) const
{
    return isLeaf(node) ? 0.0 : m_linkage->merges()[index(node) - leafCount()].height;
}

std::size_t TreeLayout::clustersLeft(Node node) const
{
    return isLeaf(node) ? leafCount() : 2 * leafCount() - index(node) - 1;
}

std::size_t TreeLayout::size(Node node) const
{
    return isLeaf(node) ? 1 : static_cast<std::size_t>(m_linkage->merges()[index(node) - leafCount()].size);
}

std::span<const base::TokenId> TreeLayout::leaves(Node node) const
{
    return std::span(m_leafAt).subspan(m_firstLeaf[index(node)], size(node));
}

double TreeLayout::begin(Node node) const
{
    return along(m_firstLeaf[index(node)]);
}

double TreeLayout::end(Node node) const
{
    const std::size_t last = m_firstLeaf[index(node)] + size(node);
    return last == leafCount() ? extent() : along(last);
}

base::ClusterId TreeLayout::conceptAt(Node node) const
{
    return m_order[m_placeAt[m_firstLeaf[index(node)]]];
}

Node TreeLayout::collapsedAbove(Node node) const
{
    Node outermost = -1;
    for (Node at = node; at >= 0 && !m_options.collapsed.empty(); at = parent(at)) {
        if (isCollapsed(at))
            outermost = at;
    }
    return outermost;
}

std::pair<std::size_t, std::size_t> TreeLayout::conceptRange(Node node) const
{
    const std::size_t first = m_firstLeaf[index(node)];
    return {m_placeAt[first], m_placeAt[first + size(node) - 1] + std::size_t{1}};
}

std::vector<concepts::WordCount> wordsUnder(const TreeLayout& tree, Node node)
{
    const auto& tokens = tree.conceptSet().tokens();
    std::vector<base::WordId> words;
    words.reserve(tree.size(node));
    for (const base::TokenId leaf : tree.leaves(node))
        words.push_back(tokens.token(leaf).word);
    std::sort(words.begin(), words.end());
    std::vector<concepts::WordCount> counts;
    for (const base::WordId word : words) {
        if (counts.empty() || counts.back().word != word)
            counts.push_back({word, 0});
        ++counts.back().count;
    }
    std::stable_sort(counts.begin(), counts.end(),
        [](const concepts::WordCount& a, const concepts::WordCount& b) { return a.count > b.count; });
    return counts;
}

std::vector<std::size_t> classesUnder(const TreeLayout& tree, Node node)
{
    const auto& tokens = tree.conceptSet().tokens();
    std::vector<std::size_t> counts(tokens.corpus().classNames().size(), 0);
    for (const base::TokenId leaf : tree.leaves(node)) {
        const std::int32_t index = tokens.classOf(leaf);
        if (index != corpus::kNoClass)
            ++counts[static_cast<std::size_t>(index)];
    }
    return counts;
}

} // namespace palimpsest::layout
