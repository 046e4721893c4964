// palimpsest triggers: adversarial triggers from polar concepts beside their controls.

#include <map>
#include <memory>

#include <fmt/format.h>

#include "cli/options.h"
#include "cli/tables.h"
#include "cli/verb.h"
#include "pipeline/kept_triggers.h"
#include "pipeline/trigger_report.h"

namespace palimpsest::cli {

using probe::TriggerPosition;

namespace {

struct TriggerVerbOptions {
    std::string project, target, output, tsv;
    std::string device = "auto";
    std::string positions = "prepend";
    pipeline::TriggerOptions search;
    std::vector<std::uint32_t> concepts;
    std::uint32_t k = 0;
    std::size_t top = 20;
    bool noGradient = false;
    bool noKeep = false;
    bool json = false;
};

Json rateJson(const probe::FlipRate& rate)
{
    const base::Interval interval = rate.interval();
    return {{"flip_rate", rate.rate()}, {"flipped", rate.flipped}, {"count", rate.count},
        {"low", interval.low}, {"high", interval.high}};
}

Json classRates(const std::vector<probe::FlipRate>& rates, const std::vector<std::string>& names)
{
    Json json = Json::object();
    for (std::size_t c = 0; c < rates.size(); ++c) {
        if (rates[c].count > 0)
            json[names[c]] = rateJson(rates[c]);
    }
    return json;
}

Json rowJson(const pipeline::TriggerRow& row, bool polar, const std::vector<std::string>& names)
{
    Json json{{"word", pipeline::joinedWords(row.words)}};
    json.update(rateJson(row.rate));
    json["shift"] = row.shift;
    json["frequency"] = row.corpusCount;
    if (polar)
        json["concept"] = base::toIndex(row.cluster);
    json["classes"] = classRates(row.byClass, names);
    return json;
}

std::string triggersJson(const pipeline::TriggerSearch& search, std::size_t top)
{
    const auto& names = search.classNames;
    Json json{{"target", names[search.target]}, {"layer", search.layer},
        {"sentences", search.sentences.size()}, {"concepts", search.polarConcepts}};
    Json controls = Json::object();
    for (const pipeline::TriggerGroup& group : search.groups) {
        const bool polar = group.kind == pipeline::TriggerKind::Polar;
        Json rows = Json::array();
        for (std::size_t i = 0; i < std::min(top, group.rows.size()); ++i)
            rows.push_back(rowJson(group.rows[i], polar, names));
        if (polar) {
            json["rows"] = rows;
            json["mean"] = {{"flip_rate", group.meanRate}, {"low", group.meanInterval.low},
                {"high", group.meanInterval.high}, {"triggers", group.rows.size()}};
        } else {
            controls[pipeline::kindName(group.kind)]
                = {{"flip_rate", group.meanRate}, {"low", group.meanInterval.low},
                    {"high", group.meanInterval.high}, {"triggers", group.rows.size()}, {"rows", rows}};
        }
    }
    json["controls"] = controls;
    Json composed = Json::array();
    for (const pipeline::ComposedTrigger& each : search.composed) {
        Json row{{"kind", pipeline::kindName(each.kind)}, {"position", probe::positionName(each.position)},
            {"words", each.words.size()}, {"trigger", pipeline::joinedWords(each.words)}};
        row.update(rateJson(each.rate));
        row["classes"] = classRates(each.byClass, names);
        composed.push_back(std::move(row));
    }
    json["composed"] = composed;
    return jsonLine(json);
}

std::string percent(double share)
{
    return fmt::format("{:.1f} %", 100.0 * share);
}

std::string span(const base::Interval& interval)
{
    return fmt::format("{:.1f}–{:.1f} %", 100.0 * interval.low, 100.0 * interval.high);
}

std::string triggersText(const pipeline::TriggerSearch& search, std::size_t top)
{
    std::string text
        = fmt::format("{} sentences of other classes that the model does not call {}; triggers from "
                      "{} concepts of layer {}.\n\n",
            search.sentences.size(), search.classNames[search.target], search.polarConcepts, search.layer);
    std::vector<std::vector<std::string>> table{
        {"trigger", "flipped", "rate", "interval", "shift", "frequency"}};
    const pipeline::TriggerGroup& polar = search.groups.front();
    for (std::size_t i = 0; i < std::min(top, polar.rows.size()); ++i) {
        const pipeline::TriggerRow& row = polar.rows[i];
        table.push_back({pipeline::joinedWords(row.words), std::to_string(row.rate.flipped),
            percent(row.rate.rate()), span(row.rate.interval()), fmt::format("{:.2f}", row.shift),
            std::to_string(row.corpusCount)});
    }
    text += textTable(table);
    table = {{"kind", "triggers", "mean rate", "interval", "best", "rate"}};
    for (const pipeline::TriggerGroup& group : search.groups) {
        table.push_back({std::string(pipeline::kindName(group.kind)), std::to_string(group.rows.size()),
            percent(group.meanRate), span(group.meanInterval),
            pipeline::joinedWords(group.rows.front().words), percent(group.rows.front().rate.rate())});
    }
    text += "\nAll triggers of a kind\n" + textTable(table);
    table = {{"kind", "position", "words", "flipped", "rate", "interval", "trigger"}};
    for (const pipeline::ComposedTrigger& each : search.composed) {
        table.push_back(
            {std::string(pipeline::kindName(each.kind)), std::string(probe::positionName(each.position)),
                std::to_string(each.words.size()), std::to_string(each.rate.flipped),
                percent(each.rate.rate()), span(each.rate.interval()), pipeline::joinedWords(each.words)});
    }
    return text + "\nThe best words of a kind together\n" + textTable(table);
}

base::Status takePositions(const std::string& text, std::vector<TriggerPosition>& positions)
{
    static const std::map<std::string, TriggerPosition, std::less<>> kNames{
        {"prepend", TriggerPosition::Prepend}, {"insert", TriggerPosition::Insert},
        {"append", TriggerPosition::Append}};
    positions.clear();
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        const auto found = kNames.find(std::string_view(text).substr(begin, end - begin));
        if (found == kNames.end())
            return base::Error{base::ErrorCode::InvalidArgument,
                "--position takes prepend, insert, append or several of them with commas, not \"" + text
                    + "\""};
        positions.push_back(found->second);
        begin = end + 1;
    }
    return {};
}

base::Status triggers(TriggerVerbOptions& options, const base::JobContext& ctx)
{
    PALIMPSEST_CHECK(takePositions(options.positions, options.search.positions));
    PALIMPSEST_TRY(study, pipeline::openTaskStudy(options.project, options.device, ctx.part(0.0, 0.05)));
    PALIMPSEST_CHECK(checkK(options.k, study->results->tokens()->size()));
    PALIMPSEST_CHECK(pipeline::checkClassifier(*study));
    PALIMPSEST_TRY(target, pipeline::classNamed(*study, options.target));
    options.search.target = target;
    options.search.k = options.k;
    options.search.gradientSearch = !options.noGradient;
    for (const std::uint32_t id : options.concepts)
        options.search.concepts.push_back(base::ClusterId{id});
    PALIMPSEST_TRY(kept, pipeline::searchKeptTriggers(*study, options.search, ctx.part(0.05, 1.0)));
    if (!options.noKeep) {
        // A project that may only be read is no reason to lose what was found.
        if (const base::Status status = pipeline::keepTriggers(options.project, kept); !status)
            ctx.warn("The triggers are not kept in the project: " + status.error().message);
    }
    const pipeline::TriggerSearch& search = kept.found;
    if (!options.tsv.empty())
        PALIMPSEST_CHECK(writeOutput(std::filesystem::path(options.tsv), pipeline::flippedTsv(search)));
    return writeOutput(
        options.output.empty() ? std::nullopt : std::optional<std::filesystem::path>(options.output),
        options.json ? triggersJson(search, options.top) : triggersText(search, options.top));
}

} // namespace

VerbWork makeTriggers(CLI::App& verb)
{
    static const std::map<std::string, concepts::ClassDefinition> kDefinitions{
        {"gold", concepts::ClassDefinition::Gold}, {"predicted", concepts::ClassDefinition::Predicted},
        {"right", concepts::ClassDefinition::RightGold}};
    const auto options = std::make_shared<TriggerVerbOptions>();
    pipeline::TriggerOptions& search = options->search;
    verb.add_option("project", options->project, "The project file")->required();
    verb.add_option("--target", options->target, "Class that sentences of the other classes shall get")
        ->required();
    verb.add_option("--layer", search.layer, "Layer of the fine-tuned model (default: the highest)")
        ->check(CLI::Range(0, 100000));
    addCutOptions(verb, options->k, search.theta);
    verb.add_option(
            "--definition", search.definition, "Class of a sentence: gold (default), predicted or right")
        ->transform(CLI::CheckedTransformer(kDefinitions).description(""));
    verb.add_option("--concepts", options->concepts,
            "Ids of the concepts to take words from (default: all "
            "task concepts of the class)")
        ->delimiter(',');
    verb.add_option("--position", options->positions,
        "prepend (default), insert, append or several with commas; words are ranked at the first");
    verb.add_option("--candidates", search.candidates, "Words tried")->check(CLI::Range(1, 100000));
    verb.add_option("--phrases", search.phrases, "Phrases tried beside them")->check(CLI::Range(0, 100000));
    verb.add_option("--words", search.mostWords, "Triggers of 1 to this many words")
        ->check(CLI::Range(1, 50));
    verb.add_option("--sentences", search.sentences, "Sentences drawn (default 200; 0: all)")
        ->check(CLI::Range(0, 1000000000));
    verb.add_option("--top", options->top, "Rows shown")->check(CLI::Range(1, 1000000));
    verb.add_option("--seed", search.seed, "Of the drawn sentences and control words");
    verb.add_flag("--no-gradient-search", options->noGradient, "Leave out the HotFlip control");
    verb.add_flag("--no-keep", options->noKeep,
        "Do not keep the result in the project (it keeps the last one of each layer and class)");
    verb.add_option("--tsv", options->tsv, "File for the flipped sentences beside their originals");
    verb.add_option("--device", options->device, "auto, cpu, cuda or cuda:N");
    verb.add_flag("--json", options->json, "Machine readable");
    verb.add_option("-o,--output", options->output, "File for the result instead of standard output");
    return [options](Console& console, Outcome&) {
        base::Status status = triggers(*options, console.context());
        console.endProgress();
        return status;
    };
}

} // namespace palimpsest::cli
