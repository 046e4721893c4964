#pragma once
// Where the nodes of a merge tree stand when it is drawn with one concept of the cut beside the other.
// Thread: immutable; share by shared_ptr<const TreeLayout>.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "cluster/linkage.h"
#include "concepts/concept_set.h"

namespace palimpsest::layout {

/// A node of a linkage in scipy's numbering: leaves 0..n-1, merge i is n + i.
using Node = std::int32_t;

/// How much of the leaf axis a concept gets.
enum class Room : std::uint8_t {
    Equal, ///< one unit each
    BySize, ///< one unit per occurrence
};

struct TreeOptions {
    Room room = Room::Equal;
    /// One per merge above the cut, lowest first: its right child is drawn before its left one. Empty: none.
    std::vector<std::uint8_t> flipped;
    /// Subtrees drawn as one; those above the cut get the room of one of their concepts. Any order.
    std::vector<Node> collapsed;
};

/// Leaves stand on an axis from 0 to extent(); a concept has a stretch of it that its occurrences share
/// evenly.
class TreeLayout {
public:
    /// `concepts` are those of a cut of `linkage`, which has at least two leaves. O(n).
    [[nodiscard]] static std::shared_ptr<const TreeLayout> make(
        std::shared_ptr<const cluster::Linkage> linkage, std::shared_ptr<const concepts::ConceptSet> concepts,
        TreeOptions options);

    [[nodiscard]] const cluster::Linkage& linkage() const { return *m_linkage; }
    [[nodiscard]] const concepts::ConceptSet& conceptSet() const { return *m_concepts; }
    [[nodiscard]] const TreeOptions& options() const { return m_options; }
    [[nodiscard]] std::size_t leafCount() const { return m_leafAt.size(); }
    [[nodiscard]] Node root() const { return static_cast<Node>(2 * leafCount() - 2); }
    [[nodiscard]] bool contains(Node node) const { return node >= 0 && node <= root(); }
    [[nodiscard]] bool isLeaf(Node node) const { return static_cast<std::size_t>(node) < leafCount(); }
    /// Joins concepts of the cut.
    [[nodiscard]] bool isAboveCut(Node node) const { return static_cast<std::size_t>(node) >= m_firstUndone; }
    [[nodiscard]] bool isConcept(Node node) const; ///< all occurrences of one concept, no more
    [[nodiscard]] bool isCollapsed(Node node) const; ///< itself, whatever is above it
    [[nodiscard]] Node parent(Node node) const { return m_parent[index(node)]; } ///< -1 for the root
    /// In the order in which they are drawn; `node` is no leaf.
    [[nodiscard]] std::pair<Node, Node> children(Node node) const;
    [[nodiscard]] double height(Node node) const; ///< 0 for leaves
    /// Clusters that are left once this node has been joined; leafCount() for a leaf, 1 for the root.
    [[nodiscard]] std::size_t clustersLeft(Node node) const;
    [[nodiscard]] std::size_t size(Node node) const; ///< occurrences
    /// Occurrences of the subtree, in the order in which they are drawn.
    [[nodiscard]] std::span<const base::TokenId> leaves(Node node) const;

    [[nodiscard]] double extent() const { return m_conceptStart.back(); }
    [[nodiscard]] double begin(Node node) const;
    [[nodiscard]] double end(Node node) const;
    /// Mean of its children's centres; the middle of its own room for a leaf.
    [[nodiscard]] double centre(Node node) const { return m_centre[index(node)]; }

    /// Concepts in the order in which they are drawn.
    [[nodiscard]] const std::vector<base::ClusterId>& order() const { return m_order; }
    [[nodiscard]] std::size_t placeOf(base::ClusterId id) const { return m_placeOf[base::toIndex(id)]; }
    [[nodiscard]] Node nodeOf(base::ClusterId id) const { return m_nodeOf[base::toIndex(id)]; }
    /// The concept that `node` is or lies in; of a node above the cut, the first one below it.
    [[nodiscard]] base::ClusterId conceptAt(Node node) const;
    /// The outermost collapsed node that is `node` or above it, else -1. O(depth).
    [[nodiscard]] Node collapsedAbove(Node node) const;
    /// Concepts under a node above the cut, or the one that holds it: places in order(), first and one past
    /// the last.
    [[nodiscard]] std::pair<std::size_t, std::size_t> conceptRange(Node node) const;

private:
    TreeLayout() = default;
    [[nodiscard]] static std::size_t index(Node node) { return static_cast<std::size_t>(node); }
    [[nodiscard]] double along(std::size_t leafPosition) const;
    void hang();
    void placeConcepts();
    void giveRoom();
    void centreNodes();

    std::shared_ptr<const cluster::Linkage> m_linkage;
    std::shared_ptr<const concepts::ConceptSet> m_concepts;
    TreeOptions m_options;
    std::size_t m_firstUndone = 0;
    std::vector<std::uint32_t> m_firstLeaf; ///< by node: place of its first leaf
    std::vector<base::TokenId> m_leafAt; ///< by place
    std::vector<std::uint32_t> m_placeAt; ///< concept's place by place of a leaf
    std::vector<Node> m_parent;
    std::vector<double> m_centre;
    std::vector<base::ClusterId> m_order;
    std::vector<std::size_t> m_placeOf;
    std::vector<Node> m_nodeOf;
    std::vector<double> m_conceptStart; ///< by place, and the extent
};

/// Distinct words of the subtree's occurrences, most frequent first, ties in order of the vocabulary.
/// O(size log size).
[[nodiscard]] std::vector<concepts::WordCount> wordsUnder(const TreeLayout& tree, Node node);

/// Occurrences of the subtree per class of the corpus; those without a class are in none. O(size).
[[nodiscard]] std::vector<std::size_t> classesUnder(const TreeLayout& tree, Node node);

} // namespace palimpsest::layout
