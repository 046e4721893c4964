#pragma once
// The labels of concepts as a few categories that a figure can colour.
// Thread: immutable; share by shared_ptr<const LabelCategories>.

#include <memory>
#include <string>
#include <vector>

#include "align/label_alignment.h"
#include "align/layer_comparison.h"

namespace palimpsest::align {

inline constexpr int kNoCategory = -1; ///< aligned with no label

struct LabelCategories {
    std::string set; ///< name of the label set
    /// Labels that most concepts of both models are aligned with, most first (ties: smaller label).
    std::vector<std::string> names;
    /// By concept id: index into `names`; names.size() for any other label; kNoCategory.
    std::vector<int> a, b;
    bool hasOthers = false; ///< some concept has a label that `names` does not list
};

/// `table` is over the comparison's tokens; concepts count as aligned at the comparison's θ. At most `most`
/// labels are named. O(rows + labels of all rows).
[[nodiscard]] std::shared_ptr<const LabelCategories> labelCategories(const LayerComparison& comparison,
    const std::shared_ptr<const label::LabelTable>& table, std::size_t most);

} // namespace palimpsest::align
