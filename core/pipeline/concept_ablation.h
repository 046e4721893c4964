#pragma once
// What a classifier does without a concept: its direction removed at a layer, or its members moved to another
// concept, beside random directions of the same length. Thread: call from a job's thread.

#include <cstdint>
#include <optional>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"
#include "pipeline/task_study.h"

namespace palimpsest::pipeline {

struct AblationOptions {
    int layer = 0; ///< of the fine-tuned model
    std::size_t k = 0; ///< 0: the run's
    base::ClusterId cluster{};
    /// Nothing: the direction from the mean of all occurrences to the concept's centroid is projected out of
    /// all pieces. A concept: the members' pieces are moved by the difference of the two centroids.
    std::optional<base::ClusterId> moveTo;
    double strength = 1.0; ///< factor of the change
    std::size_t randomDirections = 10; ///< 1 or more
    std::uint64_t seed = 1;
};

/// What one change does to the sentences that hold a member of the concept.
struct AblationEffect {
    std::size_t changed = 0; ///< sentences that get another label
    double shift = 0.0; ///< mean change of the probability of the label that the model gave
    std::vector<std::size_t> labels; ///< sentences per label of the model
    std::vector<double> moved; ///< per later layer: share of members whose nearest concept is another one
};

struct ConceptAblation {
    std::size_t sentences = 0;
    std::size_t members = 0;
    std::vector<std::size_t> plainLabels; ///< sentences per label without a change
    std::vector<int> laterLayers; ///< those of the project above `layer`
    AblationEffect effect;
    std::vector<AblationEffect> random; ///< one per random direction
    /// (1 + random directions that change at least as many sentences) / (1 + random directions)
    double pValue = 1.0;
};

/// Each random direction changes every piece by as much as the concept's does, only elsewhere.
/// Fails with Unsupported (no classifier), NotFound (no such layer or concept; no activations any more),
/// InvalidArgument (moveTo is the concept itself) or Cancelled.
[[nodiscard]] base::Result<ConceptAblation> ablateConcept(
    const TaskStudy& study, const AblationOptions& options, const base::JobContext& ctx);

} // namespace palimpsest::pipeline
