#pragma once
// One sentence before the classifier: what both models say, which words move it, and where its words lie.
// Thread: call from a job's thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/sentence_concepts.h"
#include "probe/attribution.h"

namespace palimpsest::pipeline {

struct SentenceQuestion {
    std::vector<std::string_view> words; ///< one or more; what they view outlives the call
    std::size_t firstTextWords = 0; ///< of a pair, how many of the words are its first text; 0: one text
    probe::AttributionOptions
        attribution; ///< baseline pieces are those of the tokenizer, whatever stands here
    bool attribute = true;
    bool concepts = true;
};

/// What could not be told is absent, and a sentence says why.
struct SentenceAnswer {
    std::optional<probe::Attribution> attribution; ///< of the fine-tuned model, with its prediction
    std::string noAttribution;
    std::optional<probe::Prediction> base; ///< what the base model says
    std::string noBase;
    bool baseMissing = false; ///< its checkpoint could not be opened; `noBase` says why
    std::optional<SentenceConcepts> concepts;
    std::string noConcepts;
};

/// Fails with InvalidArgument (no word, steps or target out of range), Unsupported (a pair, and the tokenizer
/// has no form for one), TooLarge or Cancelled. Without a head
/// for sentences there is no prediction, without activations or base model there are no concepts.
[[nodiscard]] base::Result<SentenceAnswer> explainSentence(ConceptLocator& locator, const LayerSource& layers,
    const SentenceQuestion& question, const base::JobContext& ctx);

/// The model's label of that name. Fails with NotFound; the sentence lists the labels.
[[nodiscard]] base::Result<std::size_t> labelNamed(const model::Model& model, std::string_view name);

} // namespace palimpsest::pipeline
