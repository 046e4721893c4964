#pragma once
// How far a concept belongs to one class of the task, under three ideas of what a sentence's class is.
// Thread: reentrant; immutable values.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/interval.h"
#include "concepts/concept_set.h"

namespace palimpsest::concepts {

/// What counts as the class of a sentence.
enum class ClassDefinition : std::uint8_t {
    Gold, ///< the class in the corpus (Durrani et al. 2022)
    Predicted, ///< what the fine-tuned model says
    RightGold, ///< the class in the corpus; sentences that the model gets wrong are left out
};
inline constexpr std::array kClassDefinitions{
    ClassDefinition::Gold, ClassDefinition::Predicted, ClassDefinition::RightGold};

/// "gold", "predicted", "right".
[[nodiscard]] std::string_view definitionName(ClassDefinition definition);

/// The class of every sentence, or kNoClass; `predicted` is empty or has one class per sentence. Where the
/// definition needs predictions and there are none, all are kNoClass.
[[nodiscard]] std::vector<std::int32_t> sentenceClasses(
    const corpus::Corpus& corpus, std::span<const std::int32_t> predicted, ClassDefinition definition);

struct PolarityOptions {
    double theta = 0.9; ///< in (0, 1]
    /// Shares as they would be if every class had equally many occurrences in the corpus: a member of class c
    /// counts 1 / (occurrences of class c).
    bool balanced = false;
    /// Members whose sentence has no class count against every class; else they are left out.
    bool keepUnclassed = true;
    std::size_t minimumSize = kMinimumTaskConceptSize;
};

struct Polarity {
    std::uint32_t counted = 0; ///< members that shares are shares of
    std::vector<double> shares; ///< per class, balanced where asked for
    std::size_t best = 0; ///< class of the largest share (ties: the smaller)
    double share = 0.0; ///< of the best class
    /// 95 % Wilson interval of `share`. Members of one sentence have one class, so the number of independent
    /// cases is Kish's effective size (Σ m)² / Σ m² over the sentences' numbers of members m.
    base::Interval interval;
    double chance = 0.0; ///< share of the best class among all occurrences (balanced: 1 / classes)
    bool task = false; ///< counted ≥ minimumSize and share ≥ θ

    /// A task concept whose interval lies above chance.
    [[nodiscard]] bool certain() const { return task && interval.low > chance; }
};

/// One per concept. `sentenceClass` is as sentenceClasses() gives it, classes are 0..classCount-1. O(rows).
[[nodiscard]] std::vector<Polarity> polarities(const ConceptSet& concepts,
    std::span<const std::int32_t> sentenceClass, std::size_t classCount, const PolarityOptions& options);

/// Task concepts per class.
struct PolaritySummary {
    std::vector<std::size_t> task;
    std::vector<std::size_t> certain;
};
[[nodiscard]] PolaritySummary summarize(std::span<const Polarity> polarities, std::size_t classCount);

/// Task concepts of `target`, the most polar first: by the lower end of the interval, then size, then id.
[[nodiscard]] std::vector<base::ClusterId> mostPolar(
    std::span<const Polarity> polarities, std::size_t target);

} // namespace palimpsest::concepts
