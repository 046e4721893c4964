#include "pipeline/task_study.h"

#include <algorithm>
#include <utility>

namespace palimpsest::pipeline {

using base::Error;
using base::ErrorCode;

namespace {

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::vector<std::int32_t> matchLabels(
    const std::vector<std::string>& labels, const std::vector<std::string>& classes)
{
    std::vector<std::int32_t> result(labels.size(), corpus::kNoClass);
    for (std::size_t label = 0; label < labels.size(); ++label) {
        auto found = std::find(classes.begin(), classes.end(), labels[label]);
        if (found == classes.end())
            found = std::find(classes.begin(), classes.end(), std::to_string(label));
        if (found != classes.end())
            result[label] = static_cast<std::int32_t>(found - classes.begin());
    }
    return result;
}

base::Status predictAll(TaskStudy& study, const base::JobContext& ctx)
{
    const model::Model& model = *study.classifier.model;
    if (model.config().head != model::HeadKind::SequenceClassification) {
        ctx.warn(headProblem(model));
        return {};
    }
    const auto known = [](std::int32_t value) { return value >= 0; };
    if (std::none_of(study.classOfLabel.begin(), study.classOfLabel.end(), known)) {
        ctx.warn("The model's labels (" + listed(model.config().labels)
            + ") name none of the corpus's classes (" + listed(study.classNames)
            + "), so its predictions cannot be compared with them");
        return {};
    }
    PALIMPSEST_TRY(predictions, probe::predict(model, study.encoded.pieces(), ctx));
    study.predicted.reserve(predictions.size());
    for (const probe::Prediction& prediction : predictions)
        study.predicted.push_back(study.classOfLabel[static_cast<std::size_t>(prediction.label)]);
    study.predictions = std::move(predictions);
    return {};
}

} // namespace

base::Result<OpenModel> openModelOf(const project::StudyResults& results, project::Side side,
    const std::string& device, const std::filesystem::path& chosen)
{
    const std::string name(project::sideName(side));
    const std::filesystem::path folder = chosen.empty() ? std::filesystem::path(results.parameter(name)) : chosen;
    OpenModel opened;
    PALIMPSEST_TRY(model, model::Model::open(folder, {device}));
    PALIMPSEST_TRY(tokenizer, tokenizer::Tokenizer::open(folder));
    const std::string stored = results.parameter("fingerprint." + name);
    if (!stored.empty() && stored != model->fingerprint().hex()) {
        return Error{ErrorCode::ShapeMismatch,
            folder.string() + " holds another model than the one " + results.path().string()
                + " was run with; put the old one back or run the study again"};
    }
    opened.maxPieces = std::min(model->config().maxPieces, tokenizer->maxLength());
    opened.model = std::move(model);
    opened.tokenizer = std::move(tokenizer);
    return opened;
}

int TaskStudy::labelOf(std::size_t classIndex) const
{
    const auto found
        = std::find(classOfLabel.begin(), classOfLabel.end(), static_cast<std::int32_t>(classIndex));
    return found == classOfLabel.end() ? -1 : static_cast<int>(found - classOfLabel.begin());
}

base::Result<std::shared_ptr<const TaskStudy>> openTaskStudy(
    const std::filesystem::path& projectPath, const std::string& device, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(results, project::StudyResults::open(projectPath));
    return openTaskStudy(results, device, {}, ctx);
}

std::shared_ptr<const TaskStudy> goldStudy(std::shared_ptr<const project::StudyResults> results)
{
    const auto study = std::make_shared<TaskStudy>();
    study->results = std::move(results);
    study->classNames = study->corpus().classNames();
    return study;
}

base::Result<std::shared_ptr<const TaskStudy>> openTaskStudy(
    std::shared_ptr<const project::StudyResults> results, const std::string& device,
    const std::filesystem::path& folder, const base::JobContext& ctx)
{
    const auto study = std::make_shared<TaskStudy>();
    study->results = std::move(results);
    PALIMPSEST_TRY(classifier, openModelOf(*study->results, project::Side::FineTuned, device, folder));
    study->classifier = classifier;
    EncodeOptions encoding; // cut, so that entries are sentences
    encoding.maxPieces = classifier.maxPieces;
    PALIMPSEST_TRY(
        encoded, encodeCorpus(study->corpus(), *classifier.tokenizer, encoding, ctx.part(0.0, 0.05)));
    study->encoded = std::move(encoded);
    const auto& labels = classifier.model->config().labels;
    study->classNames = study->hasGold() ? study->corpus().classNames() : labels;
    study->classOfLabel = matchLabels(labels, study->classNames);
    PALIMPSEST_CHECK(predictAll(*study, ctx.part(0.05, 1.0)));
    return std::shared_ptr<const TaskStudy>(study);
}

base::Result<std::size_t> classNamed(const TaskStudy& study, std::string_view name)
{
    const auto found = std::find(study.classNames.begin(), study.classNames.end(), name);
    if (found != study.classNames.end())
        return static_cast<std::size_t>(found - study.classNames.begin());
    const auto& labels = study.classifier.model->config().labels;
    const auto label = std::find(labels.begin(), labels.end(), name);
    if (label != labels.end()) {
        const std::int32_t value = study.classOfLabel[static_cast<std::size_t>(label - labels.begin())];
        if (value >= 0)
            return static_cast<std::size_t>(value);
    }
    return Error{ErrorCode::NotFound,
        "There is no class \"" + std::string(name) + "\"; the classes are " + listed(study.classNames)
            + (labels == study.classNames ? "" : ", the model's labels " + listed(labels))};
}

std::string headProblem(const model::Model& model)
{
    return "The model " + model.folder().string() + " (" + model.config().architecture + ") "
        + (model.hasHead() ? "labels words, not sentences" : "has no classification head")
        + "; take a model that was fine-tuned to classify sentences";
}

base::Status checkClassifier(const TaskStudy& study)
{
    if (!study.predictions.empty())
        return {};
    if (!study.classifier.model)
        return Error{ErrorCode::Unsupported, "The fine-tuned model is not open, so it predicts nothing"};
    const model::Model& model = *study.classifier.model;
    if (model.config().head != model::HeadKind::SequenceClassification)
        return Error{ErrorCode::Unsupported, headProblem(model)};
    return Error{ErrorCode::Unsupported,
        "The model's labels (" + listed(model.config().labels) + ") name none of the corpus's classes ("
            + listed(study.classNames)
            + "); run the study with a label column that holds the model's classes"};
}

std::vector<concepts::Polarity> polaritiesOf(const TaskStudy& study, const concepts::ConceptSet& concepts,
    concepts::ClassDefinition definition, double theta, bool balanced)
{
    concepts::PolarityOptions options;
    options.theta = theta;
    options.balanced = balanced;
    options.keepUnclassed = definition != concepts::ClassDefinition::RightGold;
    return concepts::polarities(concepts,
        concepts::sentenceClasses(study.corpus(), study.predicted, definition), study.classNames.size(),
        options);
}

} // namespace palimpsest::pipeline
