#pragma once
// Concepts worth a look, each with its reason and a number that ranks it.
// Thread: reentrant.

#include <cstdint>
#include <optional>
#include <vector>

#include "align/layer_comparison.h"

namespace palimpsest::align {

enum class Reason : std::uint8_t {
    Scattered, ///< base: its members went into many fine-tuned concepts
    Gathered, ///< fine-tuned: its members come from many base concepts
    Polar, ///< fine-tuned: leans to a class much more than the base concepts of its members do
    Unpolar, ///< base: leant to a class, and the fine-tuned concepts of its members do not
    LabelLost, ///< base: carries a label that the fine-tuned concepts of its members do not
    LabelGained, ///< fine-tuned: carries a label that the base concepts of its members do not
};

struct Suggestion {
    Reason reason = Reason::Scattered;
    bool inBase = true; ///< the concept is one of the base model
    base::ClusterId id{};
    double surprise = 0.0; ///< bits, above 0; see suggestionsOf
    std::uint32_t others
        = 0; ///< Scattered, Gathered: concepts of the other model that it shares members with
    std::int32_t classIndex = -1; ///< Polar, Unpolar
    std::optional<std::uint32_t> label; ///< LabelLost, LabelGained; see label_suggestions.h
    double share = 0.0; ///< of that class or label here
    double otherShare
        = 0.0; ///< Polar, Unpolar: expected from the other model's concepts of the same members;
               ///< LabelLost, LabelGained: share of its members whose other concept carries it
};

/// Ranks the concepts of one layer that have kMinimumTaskConceptSize members or more.
/// Scattered and Gathered: n · H, with n members and H the entropy in bits of how they spread over the other
/// model's concepts. Polar and Unpolar: n · KL(p ‖ q) in bits (the information for discrimination of Kullback
/// and Leibler, 1951), with p the class shares of the concept and q those that its members' concepts in the
/// other model have on average, smoothed by one member of the corpus' shares. Only where the largest class
/// has more share than q gives it. Of each reason at most `limitPerReason`, most surprising first, ties by
/// id.
[[nodiscard]] std::vector<Suggestion> suggestionsOf(const LayerComparison& layer, std::size_t limitPerReason);

} // namespace palimpsest::align
