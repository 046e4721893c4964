#pragma once
// A finished study with its classifier: what the model says about every sentence, under the corpus's classes.
// Thread: immutable after openTaskStudy(); share freely.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"
#include "concepts/polarity.h"
#include "model/model.h"
#include "pipeline/encoded_corpus.h"
#include "probe/prediction.h"
#include "project/study_results.h"
#include "tokenizer/tokenizer.h"

namespace palimpsest::pipeline {

/// A model of the pair with its tokenizer.
struct OpenModel {
    std::shared_ptr<const model::Model> model;
    std::shared_ptr<const tokenizer::Tokenizer> tokenizer;
    std::size_t maxPieces = 0; ///< longest sentence that both take
};

/// Opens the folder that the study names, or `folder` where the checkpoint lies elsewhere now. Fails as
/// Model::open and Tokenizer::open do, and with ShapeMismatch where the folder holds another model than the
/// study was run with.
[[nodiscard]] base::Result<OpenModel> openModelOf(const project::StudyResults& results, project::Side side,
    const std::string& device, const std::filesystem::path& folder = {});

struct TaskStudy {
    std::shared_ptr<const project::StudyResults> results;
    OpenModel classifier; ///< the fine-tuned model, whether it has a head or not; null in goldStudy()
    EncodedCorpus encoded; ///< the corpus for the classifier
    std::vector<std::string> classNames; ///< the corpus's classes; where it has none, the model's labels
    std::vector<std::int32_t> classOfLabel; ///< by label of the model: index into classNames, or kNoClass
    std::vector<probe::Prediction> predictions; ///< by sentence; empty without a head for sentences
    std::vector<std::int32_t> predicted; ///< by sentence: index into classNames; empty like predictions

    [[nodiscard]] const corpus::Corpus& corpus() const { return results->tokens()->corpus(); }
    [[nodiscard]] bool hasGold() const { return !corpus().classNames().empty(); }
    /// Label of the model for a class, or -1.
    [[nodiscard]] int labelOf(std::size_t classIndex) const;
};

/// Opens the project, its fine-tuned model, and predicts all sentences. Without a head for sentences, or
/// with labels that name none of the corpus's classes, it warns and has no predictions: gold classes still
/// work. A label belongs to the class of its name, else to the class whose name is the label's number.
/// Fails as StudyResults::open and openModelOf do, or with Cancelled.
[[nodiscard]] base::Result<std::shared_ptr<const TaskStudy>> openTaskStudy(
    const std::filesystem::path& projectPath, const std::string& device, const base::JobContext& ctx);

/// The same for a project that is open already. `folder`: see openModelOf.
[[nodiscard]] base::Result<std::shared_ptr<const TaskStudy>> openTaskStudy(
    std::shared_ptr<const project::StudyResults> results, const std::string& device,
    const std::filesystem::path& folder, const base::JobContext& ctx);

/// What is known without any model: the corpus's classes.
[[nodiscard]] std::shared_ptr<const TaskStudy> goldStudy(
    std::shared_ptr<const project::StudyResults> results);

/// The class of that name, or of the model's label of that name. Fails with NotFound; the message lists the
/// classes.
[[nodiscard]] base::Result<std::size_t> classNamed(const TaskStudy& study, std::string_view name);

/// Why a model without a head for sentences predicts nothing, and what to do.
[[nodiscard]] std::string headProblem(const model::Model& model);

/// Status of a study whose classifier is needed: Unsupported without predictions, and why.
[[nodiscard]] base::Status checkClassifier(const TaskStudy& study);

/// Polarity of all concepts of a layer's set under one definition.
[[nodiscard]] std::vector<concepts::Polarity> polaritiesOf(const TaskStudy& study,
    const concepts::ConceptSet& concepts, concepts::ClassDefinition definition, double theta, bool balanced);

} // namespace palimpsest::pipeline
