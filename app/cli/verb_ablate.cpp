// palimpsest ablate: predictions without a concept, or with its members moved to another one.

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "cli/options.h"
#include "cli/tables.h"
#include "cli/verb.h"
#include "pipeline/concept_ablation.h"

namespace palimpsest::cli {

namespace {

struct AblateOptions {
    std::string project, output;
    std::string device = "auto";
    pipeline::AblationOptions ablation;
    std::uint32_t cluster = 0;
    std::uint32_t k = 0;
    std::int64_t moveTo = -1;
    bool json = false;
};

Json effectJson(const pipeline::AblationEffect& effect, const std::vector<std::string>& labels)
{
    Json counts = Json::object();
    for (std::size_t label = 0; label < labels.size(); ++label)
        counts[labels[label]] = effect.labels[label];
    return {
        {"changed", effect.changed}, {"shift", effect.shift}, {"labels", counts}, {"moved", effect.moved}};
}

std::string ablationJson(const pipeline::ConceptAblation& ablation, const std::vector<std::string>& labels)
{
    Json random = Json::array();
    for (const pipeline::AblationEffect& effect : ablation.random)
        random.push_back(effectJson(effect, labels));
    return jsonLine({{"sentences", ablation.sentences}, {"members", ablation.members},
        {"later_layers", ablation.laterLayers}, {"effect", effectJson(ablation.effect, labels)},
        {"random", random}, {"p_value", ablation.pValue}});
}

std::string ablationText(const pipeline::ConceptAblation& ablation, const std::vector<std::string>& labels)
{
    std::string text
        = fmt::format("{} sentences hold the concept's {} members.\n", ablation.sentences, ablation.members);
    std::vector<std::vector<std::string>> table{{"direction", "changed", "shift"}};
    for (const std::string& label : labels)
        table.front().push_back(label);
    for (const int layer : ablation.laterLayers)
        table.front().push_back(fmt::format("moved in {}", layer));
    const auto add = [&](const std::string& name, const pipeline::AblationEffect& effect) {
        table.push_back({name, std::to_string(effect.changed), fmt::format("{:.3f}", effect.shift)});
        for (const std::size_t count : effect.labels)
            table.back().push_back(std::to_string(count));
        for (const double share : effect.moved)
            table.back().push_back(fmt::format("{:.0f} %", 100.0 * share));
    };
    pipeline::AblationEffect plain;
    plain.labels = ablation.plainLabels;
    plain.moved.assign(ablation.laterLayers.size(), 0.0);
    add("none", plain);
    add("concept", ablation.effect);
    for (std::size_t i = 0; i < ablation.random.size(); ++i)
        add(fmt::format("random {}", i + 1), ablation.random[i]);
    return text + textTable(table)
        + fmt::format("p = {:.3f} against random directions of equal length\n", ablation.pValue);
}

base::Status ablate(AblateOptions& options, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(study, pipeline::openTaskStudy(options.project, options.device, ctx.part(0.0, 0.3)));
    PALIMPSEST_CHECK(checkK(options.k, study->results->tokens()->size()));
    options.ablation.cluster = base::ClusterId{options.cluster};
    options.ablation.k = options.k;
    if (options.moveTo >= 0)
        options.ablation.moveTo = base::ClusterId{static_cast<std::uint32_t>(options.moveTo)};
    PALIMPSEST_TRY(ablation, pipeline::ablateConcept(*study, options.ablation, ctx.part(0.3, 1.0)));
    const auto& labels = study->classifier.model->config().labels;
    return writeOutput(
        options.output.empty() ? std::nullopt : std::optional<std::filesystem::path>(options.output),
        options.json ? ablationJson(ablation, labels) : ablationText(ablation, labels));
}

} // namespace

VerbWork makeAblate(CLI::App& verb)
{
    const auto options = std::make_shared<AblateOptions>();
    pipeline::AblationOptions& ablation = options->ablation;
    verb.add_option("project", options->project, "The project file")->required();
    verb.add_option("--layer", ablation.layer, "Layer of the fine-tuned model")
        ->required()
        ->check(CLI::Range(0, 100000));
    verb.add_option("--concept", options->cluster, "Concept whose direction is removed")->required();
    verb.add_option("--move-to", options->moveTo, "Move its members to this concept instead")
        ->check(CLI::Range(0, std::numeric_limits<int>::max()));
    verb.add_option("--strength", ablation.strength, "Factor of the change (default 1)");
    verb.add_option("--random", ablation.randomDirections, "Random directions to compare with")
        ->check(CLI::Range(1, 10000));
    verb.add_option("--seed", ablation.seed, "Of the random directions");
    verb.add_option("--k", options->k, "Number of concepts per layer (default: the run's)")
        ->check(CLI::Range(1, std::numeric_limits<int>::max()));
    verb.add_option("--device", options->device, "auto, cpu, cuda or cuda:N");
    verb.add_flag("--json", options->json, "Machine readable");
    verb.add_option("-o,--output", options->output, "File for the result instead of standard output");
    return [options](Console& console, Outcome&) {
        base::Status status = ablate(*options, console.context());
        console.endProgress();
        return status;
    };
}

} // namespace palimpsest::cli
