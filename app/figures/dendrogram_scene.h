#pragma once
// What a dendrogram draws: trees, links, colours and axes, without pixels.
// Thread: immutable once made; share by shared_ptr<const DendrogramScene>.

#include <QColor>

#include <memory>
#include <vector>

#include "align/label_categories.h"
#include "figures/figure_style.h"
#include "layout/tanglegram.h"

namespace palimpsest::app {

enum class DendrogramSides { Both, Base, FineTuned };
enum class DendrogramAxis {
    Clusters, ///< number of clusters, logarithmic: what K means
    Height, ///< of the merges, linear
};
enum class ConceptColor { ByStatus, ByClass, BySize, ByModel, ByLabel };

struct DendrogramOptions {
    DendrogramSides sides = DendrogramSides::Both;
    DendrogramAxis axis = DendrogramAxis::Clusters;
    ConceptColor color = ConceptColor::ByStatus;
    bool unalignedLinks = false; ///< also the best counterparts of concepts that are not aligned
    bool dark = false;
    std::shared_ptr<const align::LabelCategories>
        labels; ///< for ByLabel; those of other concepts are ignored
    friend bool operator==(const DendrogramOptions&, const DendrogramOptions&) = default;
};

/// One tree with a colour for every concept and for the branches above.
class DendrogramTree {
public:
    DendrogramTree(
        std::shared_ptr<const layout::TreeLayout> layout, std::vector<QRgb> colors, DendrogramAxis axis);

    [[nodiscard]] const layout::TreeLayout& layout() const { return *m_layout; }
    /// Of the concept that the node is or lies in; above the cut, of all concepts below it where they agree,
    /// else 0.
    [[nodiscard]] QRgb color(layout::Node node) const;
    [[nodiscard]] QRgb colorOf(base::ClusterId id) const { return m_colors[base::toIndex(id)]; }
    /// Along the merge axis: 0 at the root, 1 at the leaves.
    [[nodiscard]] double depth(layout::Node node) const;
    /// Where a cut into `clusters` goes through, between the last merge that it keeps and the first that it
    /// undoes.
    [[nodiscard]] double depthOfClusterCut(int clusters) const;
    [[nodiscard]] double depthOfCut() const; ///< the same for the cut that made the concepts
    [[nodiscard]] int clustersAt(double depth) const; ///< of a cut there; at least 1
    [[nodiscard]] double depthOfClusters(double clusters) const; ///< on the axis of clusters
    [[nodiscard]] double depthOfHeight(double height) const; ///< on the axis of heights
    [[nodiscard]] double tallest() const { return m_tallest; }
    /// Places as shares of the leaf axis.
    [[nodiscard]] double begin(layout::Node node) const { return m_layout->begin(node) / m_layout->extent(); }
    [[nodiscard]] double end(layout::Node node) const { return m_layout->end(node) / m_layout->extent(); }
    [[nodiscard]] double centre(layout::Node node) const
    {
        return m_layout->centre(node) / m_layout->extent();
    }
    [[nodiscard]] double shortestLeaf() const; ///< room of one occurrence of the largest concept

private:
    std::shared_ptr<const layout::TreeLayout> m_layout;
    std::vector<QRgb> m_colors; ///< by concept
    std::vector<QRgb> m_topColors; ///< by merge above the cut
    DendrogramAxis m_axis;
    double m_tallest = 0.0;
};

struct DendrogramScene {
    std::shared_ptr<const layout::Tanglegram> tanglegram;
    DendrogramOptions options;
    DendrogramTree base;
    DendrogramTree fineTuned;

    /// O(leaves) at most; call from a worker.
    [[nodiscard]] static std::shared_ptr<const DendrogramScene> make(
        std::shared_ptr<const layout::Tanglegram> tanglegram, const DendrogramOptions& options);

    [[nodiscard]] const DendrogramTree& tree(bool isFineTuned) const
    {
        return isFineTuned ? fineTuned : base;
    }
    [[nodiscard]] bool shows(bool isFineTuned) const
    {
        return options.sides == DendrogramSides::Both
            || (options.sides == DendrogramSides::FineTuned) == isFineTuned;
    }
};

/// Where a key press leads from a node.
enum class TreeStep { ToParent, ToChild, Up, Down };

/// The node that a person means: parent, first child (not into a collapsed subtree), or the neighbour that is
/// drawn above or below at the same depth of the tree. `node` itself where there is none.
[[nodiscard]] layout::Node neighbour(const layout::TreeLayout& tree, layout::Node node, TreeStep step);

} // namespace palimpsest::app
