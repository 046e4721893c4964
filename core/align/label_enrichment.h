#pragma once
// Labels at every node of a merge tree, not just at one cut.
// Thread: reentrant; call from a worker.

#include <cstdint>
#include <optional>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"
#include "cluster/linkage.h"
#include "label/label_table.h"

namespace palimpsest::align {

/// The most frequent label below a node (ties: smaller id).
struct NodeLabel {
    std::optional<label::LabelId> best; ///< none where no leaf below is labelled
    std::uint32_t count = 0;
    double share = 0.0; ///< count / leaves below
    double lift = 0.0; ///< share / share of the label among all leaves
};

/// The node that holds a label best: the largest F1 of precision and recall (ties: the smaller node).
struct LabelHome {
    std::int32_t node = -1; ///< scipy's id: leaves 0..n-1, merge i is n+i; -1 where no leaf carries the label
    double precision = 0.0; ///< share of the node's leaves that carry it
    double recall = 0.0; ///< share of the label's leaves that are below the node
    double f1 = 0.0;
};

struct TreeEnrichment {
    std::vector<NodeLabel> nodes; ///< by scipy's id, 2n-1 entries
    std::vector<LabelHome> homes; ///< by label
};

/// Leaf i of the linkage is row i of the table. Labels that say none are left out. Small maps are poured into
/// large ones: O(labels of all rows · log n), whatever the number of labels. Fails with ShapeMismatch or
/// Cancelled.
[[nodiscard]] base::Result<TreeEnrichment> enrich(
    const cluster::Linkage& linkage, const label::LabelTable& table, const base::JobContext& ctx);

} // namespace palimpsest::align
