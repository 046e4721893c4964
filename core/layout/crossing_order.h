#pragma once
// Turns the branches of two merge trees so that the links between their concepts cross little.
// Thread: reentrant; call from a worker.

#include <cstdint>
#include <vector>

#include "align/alignment.h"
#include "base/job_context.h"
#include "base/result.h"
#include "cluster/linkage.h"
#include "concepts/concept_set.h"

namespace palimpsest::layout {

/// Which merges above the cut are drawn the other way round (TreeOptions::flipped of both trees).
struct Orientation {
    std::vector<std::uint8_t> a;
    std::vector<std::uint8_t> b;
    /// Sum over all pairs of crossing links of the product of their shared members.
    std::uint64_t crossings = 0;
    std::uint64_t crossingsBefore = 0; ///< as the linkages hang
};

/// One tree at a time is turned for the other one as it stands, until nothing is gained. With one side fixed
/// every merge can be decided alone, since whether two links cross depends on the merge that joins their ends
/// and on no other, so each turn is the best there is (Fernau, Kaufmann and Poths 2005); together they end in
/// a local optimum. Equal ones stay as they hang. `overlap` is of the two sets, which are cuts of the
/// linkages. O(cells · depth) a turn. Fails with Cancelled.
[[nodiscard]] base::Result<Orientation> orientTrees(const cluster::Linkage& linkageA,
    const concepts::ConceptSet& a, const cluster::Linkage& linkageB, const concepts::ConceptSet& b,
    const align::Overlap& overlap, const base::JobContext& ctx);

} // namespace palimpsest::layout
