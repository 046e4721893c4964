#pragma once
// Trigger words found by gradients instead of concepts: HotFlip (Ebrahimi et al. 2018, eq. 10), in the
// universal form of Wallace et al. 2019. Thread: as flip_test.h.

#include <span>
#include <string_view>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"
#include "probe/flip_test.h"

namespace palimpsest::probe {

struct HotFlipOptions {
    std::size_t rounds = 3; ///< a new linearisation around the best word of the round before
    std::size_t tried = 20; ///< words per round that are run through the model
    TriggerPosition position = TriggerPosition::Prepend;
};

struct HotFlipWord {
    std::size_t word = 0; ///< index into the given words
    TriggerEffect effect;
};

/// Words of `vocabulary` that the first-order estimate (e_word - e_placeholder) · ∂margin/∂e, averaged over
/// the sentences, ranks highest, run through the model; the best first. Only words of one piece take part.
/// Fails as FlipTest::measure, or with NotFound where no word has one piece.
[[nodiscard]] base::Result<std::vector<HotFlipWord>> hotFlip(const FlipTest& test,
    std::span<const std::string_view> vocabulary, const HotFlipOptions& options, const base::JobContext& ctx);

} // namespace palimpsest::probe
