#pragma once
// Which latent concepts the words of a new sentence fall in, layer by layer, in both models
// (NxPlain, Dalvi et al. 2023; LACOAT, Yu et al. 2024). Thread: call from a job's thread.

#include <functional>
#include <map>
#include <memory>
#include <mutex>
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

/// Compares a layer at the K and θ that are looked at.
using LayerSource = std::function<base::Result<std::shared_ptr<const align::LayerComparison>>(int layer)>;

/// Finds the concepts of one sentence after the other: the base model and the centroids stay in memory.
/// Thread: locate() and baseModel() may be called from any thread; calls wait for each other.
class ConceptLocator {
public:
    /// `baseFolder` as in openModelOf.
    ConceptLocator(std::shared_ptr<const project::StudyResults> results, OpenModel fineTuned,
        std::string device, std::filesystem::path baseFolder = {});

    /// Vectors are pooled as in the study. Needs the activations beside the project. Fails with NotFound (no
    /// activations any more; run the study again), as `layers`, openModelOf or extractActivations do.
    /// `firstTextWords`: of a pair, how many of the words are its first text; 0: one text.
    [[nodiscard]] base::Result<SentenceConcepts> locate(std::span<const std::string_view> words,
        const LayerSource& layers, const base::JobContext& ctx, std::size_t firstTextWords = 0);

    /// Opened when first asked for. Fails as openModelOf.
    [[nodiscard]] base::Result<OpenModel> baseModel();
    [[nodiscard]] const OpenModel& fineTuned() const { return m_fineTuned; }

private:
    struct Place {
        std::shared_ptr<const concepts::ConceptSet> concepts;
        std::shared_ptr<const concepts::Centroids> centroids;
    };
    base::Result<OpenModel> openBase();
    base::Result<std::shared_ptr<const concepts::Centroids>> centroids(
        project::Side side, int layer, const std::shared_ptr<const concepts::ConceptSet>& concepts);

    std::shared_ptr<const project::StudyResults> m_results;
    OpenModel m_fineTuned;
    std::string m_device;
    std::filesystem::path m_baseFolder;
    std::mutex m_mutex;
    OpenModel m_base;
    std::map<std::pair<project::Side, int>, Place> m_places; ///< of the concepts that were last asked for
};

/// One sentence, with the concepts of the project at K and θ. Fails as ConceptLocator::locate.
[[nodiscard]] base::Result<SentenceConcepts> locateWords(const TaskStudy& study,
    std::span<const std::string_view> words, std::size_t k, double theta, const std::string& device,
    const base::JobContext& ctx);

} // namespace palimpsest::pipeline
