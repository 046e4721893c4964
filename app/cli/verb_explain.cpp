// palimpsest explain: one sentence, its prediction, its salient words and the concepts they fall in.

#include <memory>

#include <fmt/format.h>

#include "cli/attribution_text.h"
#include "cli/verb.h"
#include "pipeline/explain_sentence.h"
#include "pipeline/typed_sentence.h"

namespace palimpsest::cli {

namespace {

struct ExplainOptions {
    std::string project, sentence, pair, target, output;
    std::string device = "auto";
    probe::AttributionOptions attribution;
    std::uint32_t k = 0;
    double theta = 0.0;
    bool noConcepts = false;
    bool json = false;
};

Json nearestJson(const concepts::NearestConcept& nearest, const concepts::ConceptSet& set)
{
    Json words = Json::array();
    for (const concepts::WordCount& entry :
        set.words(nearest.id).first(std::min<std::size_t>(8, set.words(nearest.id).size())))
        words.push_back(set.tokens().corpus().word(entry.word));
    return {{"concept", base::toIndex(nearest.id)}, {"distance", nearest.distance},
        {"confidence", nearest.confidence}, {"typicality", nearest.typicality},
        {"size", set.size(nearest.id)}, {"words", words}};
}

Json gridJson(const pipeline::SentenceConcepts& located, std::span<const std::string_view> words)
{
    Json rows = Json::array();
    for (std::size_t word = 0; word < words.size(); ++word) {
        Json cells = Json::array();
        for (std::size_t l = 0; l < located.cells[word].size(); ++l) {
            const pipeline::ConceptCell& cell = located.cells[word][l];
            cells.push_back(
                {{"layer", located.layers[l]}, {"base", nearestJson(cell.base, *located.comparisons[l]->a)},
                    {"finetuned", nearestJson(cell.fineTuned, *located.comparisons[l]->b)},
                    {"overlap", cell.overlap}, {"leaves", cell.leaves}});
        }
        rows.push_back({{"word", words[word]}, {"layers", cells}});
    }
    return rows;
}

std::string gridText(const pipeline::SentenceConcepts& located, std::span<const std::string_view> words)
{
    std::string text
        = "\nConcepts by layer, base → fine-tuned; * where the fine-tuned model leaves the base\n";
    std::vector<std::vector<std::string>> table{{"word"}};
    for (const int layer : located.layers)
        table.front().push_back("layer " + std::to_string(layer));
    for (std::size_t word = 0; word < words.size(); ++word) {
        table.push_back({std::string(words[word])});
        for (const pipeline::ConceptCell& cell : located.cells[word])
            table.back().push_back(fmt::format("{}→{}{}", base::toIndex(cell.base.id),
                base::toIndex(cell.fineTuned.id), cell.leaves ? "*" : ""));
    }
    text += textTable(table);
    text += fmt::format("\nLayer {} of the fine-tuned model\n", located.layers.back());
    table = {{"word", "concept", "distance", "confidence", "typical", "its words"}};
    for (std::size_t word = 0; word < words.size(); ++word) {
        if (located.cells[word].empty())
            continue;
        const concepts::NearestConcept& nearest = located.cells[word].back().fineTuned;
        table.push_back({std::string(words[word]), std::to_string(base::toIndex(nearest.id)),
            fmt::format("{:.2f}", nearest.distance), fmt::format("{:.2f}", nearest.confidence),
            fmt::format("{:.2f}", nearest.typicality),
            topWords(*located.comparisons.back()->b, nearest.id, 5)});
    }
    return text + textTable(table);
}

base::Status explain(ExplainOptions& options, const base::JobContext& ctx)
{
    // Predictions of the whole corpus are not needed: the classifier is opened alone.
    PALIMPSEST_TRY(results, project::StudyResults::open(options.project));
    PALIMPSEST_CHECK(checkK(options.k, results->tokens()->size()));
    PALIMPSEST_TRY(classifier, pipeline::openModelOf(*results, project::Side::FineTuned, options.device));
    const auto& labels = classifier.model->config().labels;
    pipeline::SentenceQuestion question;
    question.words = pipeline::splitWords(options.sentence);
    if (!options.pair.empty()) {
        question.firstTextWords = question.words.size();
        const auto second = pipeline::splitWords(options.pair);
        question.words.insert(question.words.end(), second.begin(), second.end());
    }
    question.attribution = options.attribution;
    question.concepts = !options.noConcepts;
    if (!options.target.empty()) {
        PALIMPSEST_TRY(target, pipeline::labelNamed(*classifier.model, options.target));
        question.attribution.target = target;
    }
    const std::size_t k = options.k > 0 ? options.k : results->defaultK();
    const double theta = options.theta > 0.0 ? options.theta : results->defaultTheta();
    pipeline::ConceptLocator locator(results, classifier, options.device);
    const auto layers = [&](int layer) { return results->compare(layer, layer, k, theta); };
    PALIMPSEST_TRY(answer, pipeline::explainSentence(locator, layers, question, ctx));
    Json json = Json::object();
    std::string text;
    if (answer.attribution) {
        json = attributionJson(*answer.attribution, question.words, labels);
        text = attributionText(*answer.attribution, question.words, labels);
    }
    if (answer.concepts) {
        json["layers"] = answer.concepts->layers;
        json["concepts"] = gridJson(*answer.concepts, question.words);
        text += gridText(*answer.concepts, question.words);
    }
    for (const std::string& problem : {answer.noAttribution, answer.noConcepts}) {
        if (!problem.empty())
            ctx.warn(problem);
    }
    return writeOutput(
        options.output.empty() ? std::nullopt : std::optional<std::filesystem::path>(options.output),
        options.json ? jsonLine(json) : text);
}

} // namespace

VerbWork makeExplain(CLI::App& verb)
{
    const auto options = std::make_shared<ExplainOptions>();
    verb.add_option("project", options->project, "The project file")->required();
    verb.add_option("--sentence", options->sentence, "The sentence, words separated by spaces")->required();
    verb.add_option("--pair", options->pair, "The second text of a pair, such as the hypothesis");
    verb.add_option("--target", options->target, "Label that is explained (default: the predicted one)");
    addAttributionOptions(verb, options->attribution);
    addCutOptions(verb, options->k, options->theta);
    verb.add_flag("--no-concepts", options->noConcepts, "Prediction and words only");
    verb.add_option("--device", options->device, "auto, cpu, cuda or cuda:N");
    verb.add_flag("--json", options->json, "Machine readable");
    verb.add_option("-o,--output", options->output, "File for the result instead of standard output");
    return [options](Console& console, Outcome&) {
        base::Status status = explain(*options, console.context());
        console.endProgress();
        return status;
    };
}

} // namespace palimpsest::cli
