#pragma once
// The trees of a layer's base and fine-tuned concepts face to face, with links between aligned concepts.
// Thread: immutable; share by shared_ptr<const Tanglegram>.

#include <memory>
#include <vector>

#include "align/layer_comparison.h"
#include "base/job_context.h"
#include "base/result.h"
#include "layout/tree_layout.h"

namespace palimpsest::layout {

/// Two concepts that belong together. `status` is Kept when each is θ-aligned to the other, Merged when only
/// the base concept is contained in the fine-tuned one, Split when only the fine-tuned one is contained in
/// the base one, and Vanished for a concept without aligned counterpart and the best one it has.
struct Link {
    base::ClusterId a{};
    base::ClusterId b{};
    std::uint32_t shared = 0;
    align::Status status = align::Status::Vanished;
    friend bool operator==(const Link&, const Link&) = default;
};

/// All links of a comparison by ascending a, then b. O(non-zero cells).
[[nodiscard]] std::vector<Link> linksOf(const align::LayerComparison& comparison);

struct TanglegramOptions {
    Room room = Room::Equal;
    std::vector<Node> collapsedA, collapsedB;
    friend bool operator==(const TanglegramOptions&, const TanglegramOptions&) = default;
};

struct Tanglegram {
    std::shared_ptr<const align::LayerComparison> comparison;
    TanglegramOptions options;
    std::shared_ptr<const TreeLayout> a; ///< base
    std::shared_ptr<const TreeLayout> b; ///< fine-tuned
    std::vector<Link> links;
    std::uint64_t crossings = 0; ///< see Orientation
    std::uint64_t crossingsBefore = 0;
};

/// The linkages are those that `comparison` cut; at least two leaves. `before` may be an earlier one of any
/// layer: what it has in common with this one is shared, so another θ costs the links alone and a collapsed
/// subtree no new orientation. Fails with Cancelled.
[[nodiscard]] base::Result<std::shared_ptr<const Tanglegram>> makeTanglegram(
    std::shared_ptr<const align::LayerComparison> comparison,
    std::shared_ptr<const cluster::Linkage> linkageA, std::shared_ptr<const cluster::Linkage> linkageB,
    const TanglegramOptions& options, const std::shared_ptr<const Tanglegram>& before,
    const base::JobContext& ctx);

} // namespace palimpsest::layout
