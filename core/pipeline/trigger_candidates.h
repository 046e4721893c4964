#pragma once
// Which words are tried as triggers, and which as controls; private to this module.
// Thread: reentrant.

#include <cstdint>
#include <span>
#include <vector>

#include "concepts/polarity.h"
#include "pipeline/trigger_search.h"

namespace palimpsest::pipeline {

/// A candidate with what the results tell about it.
struct TriggerCandidate {
    std::vector<base::WordId> words;
    base::ClusterId cluster{};
};

/// Occurrences of every word in the corpus, by WordId.
[[nodiscard]] std::vector<std::uint32_t> wordCounts(const corpus::Corpus& corpus);

/// Single words, the surest first; `chosen` are the concepts of the target, the most polar first.
[[nodiscard]] std::vector<TriggerCandidate> polarWords(const concepts::ConceptSet& concepts,
    std::span<const concepts::Polarity> polarities, std::span<const base::ClusterId> chosen,
    std::size_t target, std::size_t most);

/// Two or three neighbouring occurrences in one chosen concept, seen at least twice, the most frequent first.
[[nodiscard]] std::vector<TriggerCandidate> polarPhrases(
    const concepts::ConceptSet& concepts, std::span<const base::ClusterId> chosen, std::size_t most);

/// For each candidate as many words, each drawn from the 20 of `pool` whose frequency is closest; no word
/// twice and none of the candidates' while there are others. Empty where the pool is.
[[nodiscard]] std::vector<TriggerCandidate> frequencyMatched(std::span<const TriggerCandidate> candidates,
    std::span<const base::WordId> pool, std::span<const std::uint32_t> counts, std::uint64_t seed);

/// Words without an occurrence in a task concept, in order.
[[nodiscard]] std::vector<base::WordId> nonPolarWords(
    const concepts::ConceptSet& concepts, std::span<const concepts::Polarity> polarities);

} // namespace palimpsest::pipeline
