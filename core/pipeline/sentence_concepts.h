#pragma once
// Which latent concepts the words of a new sentence fall in, layer by layer, in both models
// (NxPlain, Dalvi et al. 2023; LACOAT, Yu et al. 2024). Thread: call from a job's thread.

#include <optional>
#include <string_view>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"
#include "concepts/centroids.h"
#include "pipeline/task_study.h"

namespace palimpsest::pipeline {

/// A word at one layer.
struct ConceptCell {
    concepts::NearestConcept base;
    concepts::NearestConcept fineTuned;
    double overlap = 0.0; ///< share of the base concept's members that are in the fine-tuned one
    /// The two concepts hold each other to less than θ: here the fine-tuned model leaves the base.
    bool leaves = false;
};

struct SentenceConcepts {
    std::vector<int> layers;
    /// [word][layer]; empty for a word without a piece in either model.
    std::vector<std::vector<ConceptCell>> cells;
    /// Per layer, what the ids are of.
    std::vector<std::shared_ptr<const align::LayerComparison>> comparisons;
};

/// The concepts are those of the project at K and θ; vectors are pooled as in the study. Needs the
/// activations beside the project. Fails with NotFound (no activations any more; run the study again) or as
/// openModelOf and extractActivations do.
[[nodiscard]] base::Result<SentenceConcepts> locateWords(const TaskStudy& study,
    std::span<const std::string_view> words, std::size_t k, double theta, const std::string& device,
    const base::JobContext& ctx);

} // namespace palimpsest::pipeline
