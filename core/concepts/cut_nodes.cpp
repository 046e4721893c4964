#include "concepts/cut_nodes.h"

#include <utility>

namespace palimpsest::concepts {

CutNodes::CutNodes(
    std::shared_ptr<const cluster::Linkage> linkage, std::shared_ptr<const ConceptSet> concepts)
    : m_linkage(std::move(linkage))
    , m_concepts(std::move(concepts))
    , m_nodes(m_concepts->conceptCount(), -1)
{
    const auto leaves = static_cast<std::int32_t>(m_linkage->leafCount());
    const auto& merges = m_linkage->merges();
    m_firstUndone = 2 * leaves - static_cast<std::int32_t>(m_concepts->conceptCount());
    if (m_concepts->conceptCount() == 1) {
        m_nodes.front() = m_firstUndone - 1;
        return;
    }
    // Whatever an undone merge had joined and is not undone itself is a concept.
    for (std::int32_t node = m_firstUndone; node < 2 * leaves - 1; ++node) {
        const cluster::Merge& merge = merges[static_cast<std::size_t>(node - leaves)];
        for (const std::int32_t part : {merge.left, merge.right}) {
            if (part < m_firstUndone)
                m_nodes[base::toIndex(conceptBelow(part))] = part;
        }
    }
}

std::size_t CutNodes::sizeOf(std::int32_t node) const
{
    const auto leaves = static_cast<std::int32_t>(m_linkage->leafCount());
    if (node < 0 || node >= 2 * leaves - 1)
        return 0;
    return node < leaves
        ? 1
        : static_cast<std::size_t>(m_linkage->merges()[static_cast<std::size_t>(node - leaves)].size);
}

base::ClusterId CutNodes::conceptBelow(std::int32_t node) const
{
    const auto leaves = static_cast<std::int32_t>(m_linkage->leafCount());
    while (node >= leaves)
        node = m_linkage->merges()[static_cast<std::size_t>(node - leaves)].left;
    return m_concepts->conceptOf(base::toId<base::TokenId>(static_cast<std::size_t>(node)));
}

NodePlace CutNodes::largestPiece(std::int32_t node) const
{
    const auto leaves = static_cast<std::int32_t>(m_linkage->leafCount());
    NodePlace best;
    std::size_t bestSize = 0;
    std::vector<std::int32_t> open{node};
    while (!open.empty()) {
        const std::int32_t at = open.back();
        open.pop_back();
        if (at >= m_firstUndone) {
            const cluster::Merge& merge = m_linkage->merges()[static_cast<std::size_t>(at - leaves)];
            open.push_back(merge.left);
            open.push_back(merge.right);
            continue;
        }
        const std::size_t size = sizeOf(at);
        const base::ClusterId id = conceptBelow(at);
        if (size > bestSize || (size == bestSize && id < best.id)) {
            best.id = id;
            bestSize = size;
        }
    }
    best.jaccard = static_cast<double>(bestSize) / static_cast<double>(sizeOf(node));
    return best;
}

std::optional<NodePlace> CutNodes::place(std::int32_t node) const
{
    const std::size_t size = sizeOf(node);
    if (size == 0)
        return std::nullopt;
    NodePlace place;
    if (node < m_firstUndone) {
        place.id = conceptBelow(node);
        place.jaccard = static_cast<double>(size) / static_cast<double>(sizeOf(nodeOf(place.id)));
        place.exact = nodeOf(place.id) == node;
    } else {
        place = largestPiece(node);
    }
    return place.jaccard >= kSameConceptJaccard ? std::optional(place) : std::nullopt;
}

} // namespace palimpsest::concepts
