#pragma once
// Concepts whose label the other model has lost or did not have yet.
// Thread: reentrant.

#include <span>
#include <vector>

#include "align/label_alignment.h"
#include "align/layer_comparison.h"
#include "align/suggestions.h"

namespace palimpsest::align {

/// One model's concepts against one label set.
struct LabelledSide {
    const LabelCounts& counts;
    std::span<const LabelMatch> matches; ///< by concept id
};

/// Aligned concepts of the base model (Reason::LabelLost) and of the fine-tuned one (Reason::LabelGained)
/// with concepts::kMinimumTaskConceptSize members or more, less than half of whose members lie in concepts of
/// the other model that carry the same label. Ranked by n · KL(p ‖ q) in bits (Kullback and Leibler, 1951),
/// with n members, p the label's share here and q the share that its members' concepts in the other model
/// have on average, smoothed by one member of the label's share in the corpus. Of each reason at most
/// `limitPerReason`, most surprising first, ties by id. Both sides must be of the comparison's concepts.
[[nodiscard]] std::vector<Suggestion> labelSuggestionsOf(const LayerComparison& layer,
    const LabelledSide& base, const LabelledSide& fineTuned, std::size_t limitPerReason);

} // namespace palimpsest::align
