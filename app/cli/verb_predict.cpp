// palimpsest predict: what a classifier says about each sentence of a corpus.

#include <memory>

#include "cli/options.h"
#include "cli/tables.h"
#include "cli/verb.h"
#include "model/model.h"
#include "pipeline/encoded_corpus.h"
#include "probe/prediction.h"

namespace palimpsest::cli {

using base::Status;

namespace {

struct PredictOptions {
    std::string model, corpus, output;
    bool download = false;
    std::string device = "auto";
    corpus::ReadOptions reading;
};

Json labelOf(const probe::Prediction& prediction, const std::vector<std::string>& labels)
{
    return prediction.label < 0 ? Json() : Json(labels[static_cast<std::size_t>(prediction.label)]);
}

Json numbers(const std::vector<float>& values)
{
    Json json = Json::array();
    for (const float value : values)
        json.push_back(shortest(value));
    return json;
}

std::string sentenceLines(
    const std::vector<probe::Prediction>& predictions, const std::vector<std::string>& labels)
{
    std::string text;
    for (std::size_t s = 0; s < predictions.size(); ++s) {
        const probe::Prediction& prediction = predictions[s];
        text += jsonLine({{"sentence", s}, {"label", labelOf(prediction, labels)},
            {"probabilities", numbers(prediction.probabilities)}, {"logits", numbers(prediction.logits)}});
    }
    return text;
}

std::string wordLines(
    const std::vector<std::vector<probe::Prediction>>& sentences, const std::vector<std::string>& labels)
{
    std::string text;
    for (std::size_t s = 0; s < sentences.size(); ++s) {
        Json names = Json::array(), probabilities = Json::array(), logits = Json::array();
        for (const probe::Prediction& prediction : sentences[s]) {
            names.push_back(labelOf(prediction, labels));
            probabilities.push_back(numbers(prediction.probabilities));
            logits.push_back(numbers(prediction.logits));
        }
        text += jsonLine(
            {{"sentence", s}, {"label", names}, {"probabilities", probabilities}, {"logits", logits}});
    }
    return text;
}

Status predict(const PredictOptions& options, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(model, model::Model::open(options.model, {options.device}));
    PALIMPSEST_TRY(tokenizer, tokenizer::Tokenizer::open(options.model));
    PALIMPSEST_TRY(corpus, corpus::readCorpus(options.corpus, options.reading, ctx.part(0.0, 0.01)));
    const std::size_t maxPieces = std::min(model->config().maxPieces, tokenizer->maxLength());
    PALIMPSEST_TRY(encoded, pipeline::encodeCorpus(*corpus, *tokenizer, {maxPieces}, ctx.part(0.01, 0.05)));
    if (encoded.cutSentences > 0)
        ctx.warn(pipeline::leftOutWarning(*corpus, encoded.leftOut, encoded.cutSentences));

    const std::vector<std::string>& labels = model->config().labels;
    std::string text;
    if (model->config().head == model::HeadKind::TokenClassification) {
        PALIMPSEST_TRY(predictions, probe::predictWords(*model, encoded.pieces(), ctx.part(0.05, 1.0)));
        text = wordLines(predictions, labels);
    } else {
        PALIMPSEST_TRY(predictions, probe::predict(*model, encoded.pieces(), ctx.part(0.05, 1.0)));
        text = sentenceLines(predictions, labels);
    }
    return writeOutput(
        options.output.empty() ? std::nullopt : std::optional<std::filesystem::path>(options.output), text);
}

} // namespace

VerbWork makePredict(CLI::App& verb)
{
    const auto options = std::make_shared<PredictOptions>();
    verb.add_option("--model", options->model, kModelHelp)->required();
    addDownloadOption(verb, options->download);
    addCorpusOptions(verb, options->corpus, options->reading, true);
    verb.add_option("--device", options->device, "auto, cpu, cuda or cuda:N");
    verb.add_option("-o,--output", options->output, "File for the JSON lines instead of standard output");
    return [options](Console& console, Outcome&) -> Status {
        PALIMPSEST_CHECK(findModelFolder(options->model, options->download, console.context()));
        Status status = predict(*options, console.context());
        console.endProgress();
        return status;
    };
}

} // namespace palimpsest::cli
