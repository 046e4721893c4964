// palimpsest align: every concept with its best counterpart.

#include <map>
#include <memory>

#include <fmt/format.h>

#include "cli/options.h"
#include "cli/tables.h"
#include "cli/verb.h"
#include "project/study_results.h"

namespace palimpsest::cli {

using project::Side;

namespace {

struct AlignOptions {
    std::string project;
    Side sideA = Side::Base;
    Side sideB = Side::FineTuned;
    int layer = 0;
    int layerB = -1;
    std::uint32_t k = 0;
    double theta = 0.0;
    align::Measure measure = align::Measure::Occurrence;
    bool json = false;
    std::string output;
};

struct MatchRows {
    Side side;
    const std::vector<align::Match>& matches;
    const concepts::ConceptSet& concepts;
    bool isA; ///< sizes in the overlap's measure are asked for by row or by column
};

std::string alignmentJson(const align::LayerComparison& comparison, const std::array<MatchRows, 2>& halves)
{
    Json rows = Json::array();
    for (const MatchRows& half : halves) {
        for (std::size_t id = 0; id < half.matches.size(); ++id) {
            const align::Match& match = half.matches[id];
            const auto cluster = base::toId<base::ClusterId>(id);
            rows.push_back({{"model", project::sideName(half.side)}, {"id", id},
                {"size", half.isA ? comparison.overlap->sizeA(cluster) : comparison.overlap->sizeB(cluster)},
                {"counterpart", base::toIndex(match.counterpart)}, {"overlap", match.overlap},
                {"shared", match.shared}, {"aligned", match.aligned},
                {"status", align::statusName(match.status)}});
        }
    }
    return jsonLine({{"rows", rows}});
}

std::string alignmentTable(const align::LayerComparison& comparison, const std::array<MatchRows, 2>& halves)
{
    std::string text;
    for (const MatchRows& half : halves) {
        const auto counts = align::countStatuses(half.matches);
        text += fmt::format("{} model, layer {}, K = {}, θ = {}:", project::sideName(half.side),
            half.isA ? comparison.layerA : comparison.layerB, half.matches.size(),
            comparison.alignment.theta);
        for (std::size_t status = 0; status < align::kStatusCount; ++status) {
            if (counts[status] > 0)
                text += fmt::format(
                    " {} {}", counts[status], align::statusName(static_cast<align::Status>(status)));
        }
        text += "\n\n";
        std::vector<std::vector<std::string>> rows{
            {"id", "size", "counterpart", "overlap", "status", "words"}};
        for (std::size_t id = 0; id < half.matches.size(); ++id) {
            const align::Match& match = half.matches[id];
            const auto cluster = base::toId<base::ClusterId>(id);
            rows.push_back({std::to_string(id), std::to_string(half.concepts.size(cluster)),
                std::to_string(base::toIndex(match.counterpart)), fmt::format("{:.2f}", match.overlap),
                std::string(align::statusName(match.status)), topWords(half.concepts, cluster, 4)});
        }
        text += textTable(rows) + "\n";
    }
    return text;
}

} // namespace

VerbWork makeAlign(CLI::App& verb)
{
    static const std::map<std::string, align::Measure> kMeasures{
        {"occurrence", align::Measure::Occurrence}, {"type", align::Measure::Type}};
    const auto options = std::make_shared<AlignOptions>();
    verb.add_option("project", options->project, "The project file")->required();
    verb.add_option("--layer", options->layer, "Layer of model A, and of model B unless --layer-b is given")
        ->required();
    verb.add_option("--layer-b", options->layerB, "Layer of model B");
    addSideOption(verb, "--model-a", options->sideA, "base (default) or finetuned");
    addSideOption(verb, "--model-b", options->sideB, "base or finetuned (default)");
    addCutOptions(verb, options->k, options->theta);
    verb.add_option(
            "--by", options->measure, "Overlap counted by occurrence (default) or by type (distinct words)")
        ->transform(CLI::CheckedTransformer(kMeasures).description(""));
    verb.add_flag("--json", options->json, "Machine readable");
    verb.add_option("-o,--output", options->output, "File for the result instead of standard output");

    return [options, &verb](Console&, Outcome&) -> base::Status {
        PALIMPSEST_TRY(results, project::StudyResults::open(options->project));
        PALIMPSEST_CHECK(checkK(options->k, results->tokens()->size()));
        const int layerB = verb.count("--layer-b") > 0 ? options->layerB : options->layer;
        PALIMPSEST_TRY(linkageA, results->linkage(options->sideA, options->layer));
        PALIMPSEST_TRY(linkageB, results->linkage(options->sideB, layerB));
        const std::size_t k = options->k > 0 ? options->k : results->defaultK();
        const double theta = options->theta > 0 ? options->theta : results->defaultTheta();
        const auto comparison = align::compareLayers(
            results->tokens(), options->layer, *linkageA, layerB, *linkageB, k, theta, options->measure);
        const std::array halves{MatchRows{options->sideA, comparison->alignment.a, *comparison->a, true},
            MatchRows{options->sideB, comparison->alignment.b, *comparison->b, false}};
        const std::string text
            = options->json ? alignmentJson(*comparison, halves) : alignmentTable(*comparison, halves);
        return writeOutput(
            options->output.empty() ? std::nullopt : std::optional<std::filesystem::path>(options->output),
            text);
    };
}

} // namespace palimpsest::cli
