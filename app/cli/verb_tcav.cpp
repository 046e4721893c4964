// palimpsest tcav: does the classifier use a concept of one's own, beside random concepts?

#include <fstream>
#include <memory>

#include <fmt/format.h>

#include "cli/options.h"
#include "cli/tables.h"
#include "cli/verb.h"
#include "pipeline/concept_sensitivity.h"
#include "pipeline/study.h"
#include "pipeline/typed_sentence.h"

namespace palimpsest::cli {

namespace {

struct TcavOptions {
    std::string project, target, wordFile, layers, output;
    std::string device = "auto";
    pipeline::SensitivityOptions test;
    std::int64_t cluster = -1;
    std::uint32_t k = 0;
    bool json = false;
};

base::Status readConceptWords(const std::string& path, std::vector<std::string>& words)
{
    std::ifstream file(path);
    if (!file)
        return base::Error{base::ErrorCode::NotFound, path + " cannot be read; name a file of words"};
    for (std::string line; std::getline(file, line);) {
        for (const std::string_view word : pipeline::splitWords(line))
            words.emplace_back(word);
    }
    return {};
}

std::string sensitivityJson(const pipeline::ConceptSensitivity& found)
{
    Json rows = Json::array();
    for (const pipeline::LayerSensitivity& row : found.layers) {
        rows.push_back({{"layer", row.layer}, {"score", row.score}, {"low", row.spread.low},
            {"high", row.spread.high}, {"random", row.randomMean}, {"random_low", row.randomSpread.low},
            {"random_high", row.randomSpread.high}, {"p_value", row.pValue}, {"slope", row.slope},
            {"random_slope_low", row.randomSlopes.low}, {"random_slope_high", row.randomSlopes.high},
            {"slope_p_value", row.slopePValue}});
    }
    return jsonLine({{"occurrences", found.occurrences}, {"sentences", found.sentences},
        {"missing_words", found.missingWords}, {"rows", rows}});
}

std::string sensitivityText(const pipeline::ConceptSensitivity& found, const std::string& target)
{
    std::string text
        = fmt::format("{} occurrences; share of {} sentences of class {} whose logit rises on the way to the "
                      "concept, beside random concepts.\n\n",
            found.occurrences, found.sentences, target);
    std::vector<std::vector<std::string>> table{
        {"layer", "score", "runs", "random", "95 % of them", "p", "slope", "95 % of random", "p"}};
    const auto percent = [](double share) { return fmt::format("{:.0f} %", 100.0 * share); };
    const auto span = [](const base::Interval& interval) {
        return fmt::format("{:.0f}–{:.0f} %", 100.0 * interval.low, 100.0 * interval.high);
    };
    for (const pipeline::LayerSensitivity& row : found.layers) {
        table.push_back(
            {std::to_string(row.layer), percent(row.score), span(row.spread), percent(row.randomMean),
                span(row.randomSpread), fmt::format("{:.3f}", row.pValue), fmt::format("{:.3f}", row.slope),
                fmt::format("{:.3f}–{:.3f}", row.randomSlopes.low, row.randomSlopes.high),
                fmt::format("{:.3f}", row.slopePValue)});
    }
    return text + textTable(table);
}

base::Status tcav(TcavOptions& options, const base::JobContext& ctx)
{
    if (!options.wordFile.empty())
        PALIMPSEST_CHECK(readConceptWords(options.wordFile, options.test.words));
    if (!options.layers.empty()) {
        PALIMPSEST_TRY(layers, pipeline::parseLayers(options.layers));
        options.test.layers = layers;
    }
    if (options.cluster >= 0)
        options.test.cluster = base::ClusterId{static_cast<std::uint32_t>(options.cluster)};
    options.test.k = options.k;
    PALIMPSEST_TRY(study, pipeline::openTaskStudy(options.project, options.device, ctx.part(0.0, 0.3)));
    PALIMPSEST_CHECK(checkK(options.k, study->results->tokens()->size()));
    PALIMPSEST_CHECK(pipeline::checkClassifier(*study));
    PALIMPSEST_TRY(target, pipeline::classNamed(*study, options.target));
    options.test.target = target;
    PALIMPSEST_TRY(found, pipeline::testConcept(*study, options.test, ctx.part(0.3, 1.0)));
    for (const std::string& word : found.missingWords)
        ctx.warn("\"" + word + "\" is not among the analysed occurrences");
    return writeOutput(
        options.output.empty() ? std::nullopt : std::optional<std::filesystem::path>(options.output),
        options.json ? sensitivityJson(found) : sensitivityText(found, study->classNames[target]));
}

} // namespace

VerbWork makeTcav(CLI::App& verb)
{
    const auto options = std::make_shared<TcavOptions>();
    pipeline::SensitivityOptions& test = options->test;
    verb.add_option("project", options->project, "The project file")->required();
    verb.add_option("--target", options->target, "Class whose logit is looked at")->required();
    verb.add_option("--words", test.words, "Words of the concept, separated by commas")->delimiter(',');
    verb.add_option("--word-file", options->wordFile, "File of words, separated by spaces and lines");
    verb.add_option("--concept", options->cluster, "Or a concept of the fine-tuned model, by its id")
        ->check(CLI::Range(0, std::numeric_limits<int>::max()));
    verb.add_option("--concept-layer", test.clusterLayer, "With --concept: the layer that it is of")
        ->check(CLI::Range(0, 100000));
    verb.add_option("--k", options->k, "With --concept: number of concepts per layer (default: the run's)")
        ->check(CLI::Range(1, std::numeric_limits<int>::max()));
    verb.add_option("--layers", options->layers, "Layers to test, such as 0,3,5-6 (default: all)");
    verb.add_option("--runs", test.runs, "Directions of the concept")->check(CLI::Range(1, 10000));
    verb.add_option("--random", test.randomConcepts, "Random concepts to compare with")
        ->check(CLI::Range(1, 100000));
    verb.add_option("--sentences", test.sentences, "Sentences drawn (default 500; 0: all)")
        ->check(CLI::Range(0, 1000000000));
    verb.add_option("--seed", test.seed, "Of all that is drawn");
    verb.add_option("--device", options->device, "auto, cpu, cuda or cuda:N");
    verb.add_flag("--json", options->json, "Machine readable");
    verb.add_option("-o,--output", options->output, "File for the result instead of standard output");
    return [options](Console& console, Outcome&) {
        base::Status status = tcav(*options, console.context());
        console.endProgress();
        return status;
    };
}

} // namespace palimpsest::cli
