#pragma once
// Does the classifier use a concept of one's own? A test after TCAV (Kim et al. 2018): how often a step
// towards the concept raises the logit of a class, beside random concepts. Thread: call from a job's thread.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/interval.h"
#include "base/job_context.h"
#include "base/result.h"
#include "pipeline/task_study.h"

namespace palimpsest::pipeline {

struct SensitivityOptions {
    std::vector<std::string> words; ///< the concept: all analysed occurrences of these words
    /// Or a latent concept of the fine-tuned model at this layer and K.
    std::optional<base::ClusterId> cluster;
    int clusterLayer = 0;
    std::size_t k = 0; ///< 0: the run's
    std::size_t target = 0; ///< class whose logit is looked at
    std::vector<int> layers; ///< empty: all of the project
    std::size_t runs = 20; ///< directions of the concept, each against other occurrences drawn
    std::size_t randomConcepts = 100;
    std::size_t sentences = 500; ///< drawn from those of the class; 0: all
    std::uint64_t seed = 1;
};

struct LayerSensitivity {
    int layer = 0;
    double score = 0.0; ///< share of sentences whose logit rises, mean over the runs
    base::Interval spread; ///< lowest and highest score of the runs
    double randomMean = 0.0;
    base::Interval randomSpread; ///< middle 95 % of the random concepts' scores
    /// (1 + random concepts whose score is at least as far from their mean) / (1 + random concepts)
    double pValue = 1.0;
    /// Mean change of the logit for a step of length 1. In upper layers, where all sentences agree on the
    /// sign of nearly every direction, scores are 0 or 1 whatever the concept, and this tells more.
    double slope = 0.0;
    base::Interval randomSlopes; ///< middle 95 % of the random concepts' slopes
    double slopePValue = 1.0; ///< as pValue, of the slope
};

struct ConceptSensitivity {
    std::size_t occurrences = 0; ///< of the concept
    std::size_t sentences = 0;
    std::vector<std::string> missingWords; ///< that have no analysed occurrence
    std::vector<LayerSensitivity> layers;
};

/// A direction points from the mean of as many other occurrences, drawn anew for each run, to the mean of the
/// concept's (the pattern of Pahde et al. 2022, which noise moves less than a classifier's weights). Random
/// concepts are the occurrences of words drawn until there are as many, since a list of words has few kinds
/// of words. Sentences are those of the gold class, without gold classes those that the model gives it. Fails
/// with Unsupported (no classifier), NotFound (none of the words occurs; no such layer or concept; no
/// activations any more; no label for the class), TooFewRows (fewer than 5 occurrences, or no sentence of the
/// class), InvalidArgument or Cancelled.
[[nodiscard]] base::Result<ConceptSensitivity> testConcept(
    const TaskStudy& study, const SensitivityOptions& options, const base::JobContext& ctx);

} // namespace palimpsest::pipeline
