// palimpsest task: task concepts per layer and class under three definitions, for both models.

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "cli/options.h"
#include "cli/tables.h"
#include "cli/verb.h"
#include "pipeline/task_layers.h"

namespace palimpsest::cli {

using concepts::ClassDefinition;
using pipeline::LayerPolarity;
using project::Side;

namespace {

struct TaskOptions {
    std::string project, output;
    std::string device = "auto";
    int layer = -1;
    Side side = Side::FineTuned;
    std::uint32_t k = 0;
    double theta = 0.0;
    bool balanced = false;
    bool json = false;
};

struct Cut {
    std::size_t k = 0;
    double theta = 0.0;
};

double accuracyOf(const pipeline::TaskStudy& study)
{
    std::size_t right = 0, counted = 0;
    for (std::size_t s = 0; s < study.predicted.size(); ++s) {
        const std::int32_t gold = study.corpus().classOf(base::toId<base::SentenceId>(s));
        if (gold == corpus::kNoClass)
            continue;
        ++counted;
        right += gold == study.predicted[s] ? 1 : 0;
    }
    return counted == 0 ? 0.0 : static_cast<double>(right) / static_cast<double>(counted);
}

base::Result<std::vector<LayerPolarity>> allLayers(
    const pipeline::TaskStudy& study, const TaskOptions& options, const Cut& cut, const base::JobContext& ctx)
{
    const auto source
        = [&](Side side, int layer) -> base::Result<std::shared_ptr<const concepts::ConceptSet>> {
        PALIMPSEST_TRY(linkage, study.results->linkage(side, layer));
        return concepts::ConceptSet::make(study.results->tokens(), cluster::cut(*linkage, cut.k));
    };
    return pipeline::polarityOfLayers(study, source, cut.theta, options.balanced, ctx);
}

Json byClass(const std::vector<std::string>& names, const std::vector<std::size_t>& counts)
{
    Json json = Json::object();
    for (std::size_t c = 0; c < names.size(); ++c)
        json[names[c]] = counts[c];
    return json;
}

std::string layersJson(const pipeline::TaskStudy& study, const std::vector<LayerPolarity>& rows,
    const TaskOptions& options, const Cut& cut)
{
    Json list = Json::array();
    for (const LayerPolarity& row : rows) {
        list.push_back({{"layer", row.layer}, {"model", project::sideName(row.side)},
            {"definition", concepts::definitionName(row.definition)}, {"concepts", row.concepts},
            {"task", byClass(study.classNames, row.summary.task)},
            {"certain", byClass(study.classNames, row.summary.certain)}});
    }
    return jsonLine(
        {{"classes", study.classNames}, {"k", cut.k}, {"theta", cut.theta}, {"balanced", options.balanced},
            {"accuracy", study.predicted.empty() ? Json() : Json(accuracyOf(study))}, {"rows", list}});
}

std::string layersText(const pipeline::TaskStudy& study, const std::vector<LayerPolarity>& rows,
    const TaskOptions& options, const Cut& cut)
{
    std::string text
        = fmt::format("Task concepts: at least {} members and a share of at least {} of one class{}; "
                      "in brackets those whose 95 % interval lies above chance.\n",
            concepts::kMinimumTaskConceptSize, cut.theta, options.balanced ? ", classes balanced" : "");
    if (!study.predicted.empty() && study.hasGold())
        text += fmt::format("The fine-tuned model gives {:.1f} % of sentences their gold class.\n",
            100.0 * accuracyOf(study));
    std::vector<std::vector<std::string>> table{{"layer", "model"}};
    for (const ClassDefinition definition : concepts::kClassDefinitions) {
        for (const std::string& name : study.classNames)
            table.front().push_back(fmt::format("{} {}", concepts::definitionName(definition), name));
    }
    for (std::size_t i = 0; i < rows.size(); i += concepts::kClassDefinitions.size()) {
        table.push_back({std::to_string(rows[i].layer), std::string(project::sideName(rows[i].side))});
        for (std::size_t d = 0; d < concepts::kClassDefinitions.size(); ++d) {
            for (std::size_t c = 0; c < study.classNames.size(); ++c)
                table.back().push_back(
                    fmt::format("{} ({})", rows[i + d].summary.task[c], rows[i + d].summary.certain[c]));
        }
    }
    return text + "\n" + textTable(table);
}

Json polarityJson(const concepts::Polarity& polarity, const std::vector<std::string>& names)
{
    Json shares = Json::object();
    for (std::size_t c = 0; c < names.size(); ++c)
        shares[names[c]] = polarity.shares[c];
    return {{"counted", polarity.counted}, {"shares", shares},
        {"class", polarity.share > 0.0 ? Json(names[polarity.best]) : Json()}, {"share", polarity.share},
        {"low", polarity.interval.low}, {"high", polarity.interval.high}, {"chance", polarity.chance},
        {"task", polarity.task}, {"certain", polarity.certain()}};
}

std::string conceptsJson(
    const pipeline::TaskStudy& study, const concepts::ConceptSet& set, const pipeline::DefinedPolarities& all)
{
    Json rows = Json::array();
    for (std::size_t i = 0; i < set.conceptCount(); ++i) {
        const auto id = base::toId<base::ClusterId>(i);
        Json words = Json::array();
        for (const concepts::WordCount& entry : set.words(id))
            words.push_back(Json::array({study.corpus().word(entry.word), entry.count}));
        Json row{{"id", i}, {"size", set.size(id)}, {"words", words}};
        for (std::size_t d = 0; d < all.size(); ++d)
            row[concepts::definitionName(concepts::kClassDefinitions[d])]
                = polarityJson(all[d][i], study.classNames);
        rows.push_back(std::move(row));
    }
    return jsonLine({{"classes", study.classNames}, {"rows", rows}});
}

std::string conceptsText(
    const pipeline::TaskStudy& study, const concepts::ConceptSet& set, const pipeline::DefinedPolarities& all)
{
    std::vector<std::vector<std::string>> table{
        {"class", "id", "size", "gold", "interval", "predicted", "right", "words"}};
    const auto percent = [](double share) { return fmt::format("{:.0f} %", 100.0 * share); };
    for (std::size_t c = 0; c < study.classNames.size(); ++c) {
        for (const base::ClusterId id : concepts::mostPolar(all[0], c)) {
            const std::size_t i = base::toIndex(id);
            const concepts::Polarity& gold = all[0][i];
            table.push_back(
                {study.classNames[c], std::to_string(i), std::to_string(set.size(id)), percent(gold.share),
                    fmt::format("{:.0f}–{:.0f} %", 100.0 * gold.interval.low, 100.0 * gold.interval.high),
                    percent(all[1][i].shares[c]), percent(all[2][i].shares[c]), topWords(set, id, 6)});
        }
    }
    return textTable(table);
}

base::Result<std::string> oneLayer(
    const pipeline::TaskStudy& study, const TaskOptions& options, const Cut& cut)
{
    PALIMPSEST_TRY(linkage, study.results->linkage(options.side, options.layer));
    const auto set = concepts::ConceptSet::make(study.results->tokens(), cluster::cut(*linkage, cut.k));
    const auto all = pipeline::polaritiesOf(study, *set, cut.theta, options.balanced);
    return options.json ? conceptsJson(study, *set, all) : conceptsText(study, *set, all);
}

base::Status task(const TaskOptions& options, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(study, pipeline::openTaskStudy(options.project, options.device, ctx.part(0.0, 0.9)));
    PALIMPSEST_CHECK(checkK(options.k, study->results->tokens()->size()));
    if (study->classNames.empty()) {
        return base::Error{base::ErrorCode::Unsupported,
            options.project
                + " has no classes, neither in its corpus nor in its model; run the study with a "
                  "label column or a classifier"};
    }
    const Cut cut{options.k > 0 ? options.k : study->results->defaultK(),
        options.theta > 0.0 ? options.theta : study->results->defaultTheta()};
    std::string text;
    if (options.layer >= 0) {
        PALIMPSEST_TRY(one, oneLayer(*study, options, cut));
        text = std::move(one);
    } else {
        PALIMPSEST_TRY(rows, allLayers(*study, options, cut, ctx.part(0.9, 1.0)));
        text = options.json ? layersJson(*study, rows, options, cut) : layersText(*study, rows, options, cut);
    }
    return writeOutput(
        options.output.empty() ? std::nullopt : std::optional<std::filesystem::path>(options.output), text);
}

} // namespace

VerbWork makeTask(CLI::App& verb)
{
    const auto options = std::make_shared<TaskOptions>();
    verb.add_option("project", options->project, "The project file")->required();
    verb.add_option("--layer", options->layer, "One layer: its concepts instead of the table of all layers")
        ->check(CLI::Range(0, 100000));
    addSideOption(verb, "--model", options->side, "With --layer: base or finetuned (default)");
    addCutOptions(verb, options->k, options->theta);
    verb.add_flag("--balanced", options->balanced, "Shares as if all classes were equally frequent");
    verb.add_option("--device", options->device, "auto, cpu, cuda or cuda:N");
    verb.add_flag("--json", options->json, "Machine readable");
    verb.add_option("-o,--output", options->output, "File for the result instead of standard output");
    return [options](Console& console, Outcome&) {
        base::Status status = task(*options, console.context());
        console.endProgress();
        return status;
    };
}

} // namespace palimpsest::cli
