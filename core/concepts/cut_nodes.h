#pragma once
// The concepts of a cut as nodes of the merge tree, and where a node stands when the tree is cut elsewhere.
// Thread: immutable; share freely.

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/ids.h"
#include "cluster/linkage.h"
#include "concepts/concept_set.h"

namespace palimpsest::concepts {

/// Below this a node is not taken for the same concept at another cut. At 0.5 and above no two concepts of a
/// cut can both be meant, but for two halves, of which the smaller id is taken.
inline constexpr double kSameConceptJaccard = 0.5;

/// Where a node stands in a cut.
struct NodePlace {
    base::ClusterId id{};
    double jaccard = 0.0; ///< |node ∩ concept| / |node ∪ concept|; of nested sets: smaller / larger
    bool exact = false; ///< the concept has the node's members and no others
};

class CutNodes {
public:
    /// `concepts` must be `linkage` cut at its number of concepts. O(concepts · depth).
    CutNodes(std::shared_ptr<const cluster::Linkage> linkage, std::shared_ptr<const ConceptSet> concepts);

    /// Node of a concept in scipy's numbering: leaves 0..n-1, merge i is n+i. It names the same members
    /// whatever the cut.
    [[nodiscard]] std::int32_t nodeOf(base::ClusterId id) const { return m_nodes[base::toIndex(id)]; }
    /// The concept with the largest Jaccard index with the node, ties to the smaller id; nothing when that is
    /// below kSameConceptJaccard or the tree has no such node.
    [[nodiscard]] std::optional<NodePlace> place(std::int32_t node) const;
    /// Leaves below a node; 0 when the tree has no such node.
    [[nodiscard]] std::size_t sizeOf(std::int32_t node) const;
    [[nodiscard]] std::size_t conceptCount() const { return m_nodes.size(); }

private:
    [[nodiscard]] base::ClusterId conceptBelow(std::int32_t node) const;
    [[nodiscard]] NodePlace largestPiece(std::int32_t node) const;
    std::shared_ptr<const cluster::Linkage> m_linkage;
    std::shared_ptr<const ConceptSet> m_concepts;
    std::int32_t m_firstUndone = 0; ///< nodes from here on are not whole in this cut
    std::vector<std::int32_t> m_nodes;
};

} // namespace palimpsest::concepts
