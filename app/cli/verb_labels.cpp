// palimpsest labels: concepts of a layer against the attached labels, with what chance gives.

#include <charconv>
#include <map>
#include <memory>

#include <fmt/format.h>

#include "align/conceptx_alignment.h"
#include "cli/label_tables.h"
#include "cli/options.h"
#include "cli/verb.h"
#include "exchange/alignment_json.h"
#include "project/import_store.h"
#include "project/label_store.h"

namespace palimpsest::cli {

using base::Error;
using base::ErrorCode;
using project::ProjectFile;
using project::Side;

namespace {

struct LabelsCommand {
    std::string project;
    Side side = Side::Base;
    int layer = 0;
    std::uint32_t k = 0;
    double theta = 0.0;
    align::Measure measure = align::Measure::Occurrence;
    align::LabelOptions options;
    align::ResamplingOptions resampling;
    double margin = 0.1;
    std::vector<std::string> sets;
    std::vector<std::string> joint;
    bool asConceptX = false;
    bool curves = false;
    bool tree = false;
    bool distribution = false;
    bool json = false;
    std::string output;
};

using Table = std::shared_ptr<const label::LabelTable>;

template <typename Number>
base::Result<Number> stored(const ProjectFile& file, std::string_view key, Number standard)
{
    PALIMPSEST_TRY(text, file.value(key));
    Number number = standard;
    if (text)
        std::from_chars(text->data(), text->data() + text->size(), number);
    return number;
}

base::Result<std::vector<Table>> readTables(const ProjectFile& file, const LabelsCommand& command)
{
    const project::LabelStore store(file);
    std::vector<std::string> names = command.sets;
    if (names.empty()) {
        PALIMPSEST_TRY(entries, store.list());
        for (const project::LabelEntry& entry : entries)
            names.push_back(entry.name);
    }
    if (names.empty()) {
        return Error{ErrorCode::NotFound,
            command.project + " has no labels; attach some with `palimpsest label` first"};
    }
    std::vector<Table> tables;
    for (const std::string& name : names) {
        PALIMPSEST_TRY(table, store.read(name));
        tables.push_back(std::move(table));
    }
    for (const std::string& pair : command.joint) {
        const std::size_t plus = pair.find('+');
        if (plus == std::string::npos) {
            return Error{
                ErrorCode::InvalidArgument, fmt::format("--joint {} is not SET+SET; write it so", pair)};
        }
        PALIMPSEST_TRY(a, store.read(pair.substr(0, plus)));
        PALIMPSEST_TRY(b, store.read(pair.substr(plus + 1)));
        PALIMPSEST_TRY(joint, label::joinLabels(*a, *b));
        tables.push_back(std::move(joint));
    }
    return tables;
}

base::Result<SetAlignment> alignSet(const concepts::ConceptSet& concepts, const Table& table,
    const LabelsCommand& command, const base::JobContext& ctx)
{
    SetAlignment set;
    set.table = table;
    set.counts = align::LabelCounts::make(concepts, table, command.measure);
    set.matches = align::matchLabels(*set.counts, command.options);
    set.coverage = align::coverage(concepts, *table, set.matches);
    set.nearMisses = align::nearMisses(*set.counts, command.options, command.margin);
    PALIMPSEST_TRY(chance,
        align::chanceLevel(concepts, *table, command.measure, command.options,
            align::countAligned(set.matches), command.resampling, ctx.part(0.0, 0.5)));
    PALIMPSEST_TRY(interval,
        align::bootstrapAligned(
            concepts, *table, command.measure, command.options, command.resampling, ctx.part(0.5, 1.0)));
    set.chance = std::move(chance);
    set.interval = interval;
    return set;
}

/// File names where the sets came from files, else the names ConceptX would give them.
base::Result<std::string> conceptXJson(const ProjectFile& file, const concepts::ConceptSet& concepts,
    const std::vector<Table>& tables, std::span<const std::uint32_t> numbers, double theta, double maxUnknown)
{
    std::vector<std::string> names;
    PALIMPSEST_TRY(entries, project::LabelStore(file).list());
    for (const Table& table : tables) {
        std::string name = "labels_" + table->name() + ".json";
        for (const project::LabelEntry& entry : entries) {
            if (entry.name == table->name() && !entry.fileName.empty())
                name = entry.fileName;
        }
        names.push_back(std::move(name));
    }
    return exchange::conceptXAlignmentJson(
        align::alignAsConceptX(concepts, tables, {theta, maxUnknown}), names, numbers);
}

base::Result<std::string> curves(const ProjectFile& file,
    const std::shared_ptr<const corpus::TokenTable>& tokens, const std::vector<Table>& tables,
    const LabelsCommand& command, std::size_t k, const base::JobContext& ctx)
{
    project::LabelCurveOptions options{k, command.measure, command.options, command.resampling};
    PALIMPSEST_TRY(points, project::labelCurves(file, tokens, tables, options, ctx));
    return command.json ? curvesJson(points) : curvesText(points);
}

base::Result<std::string> layer(const ProjectFile& file,
    const std::shared_ptr<const corpus::TokenTable>& tokens, const std::vector<Table>& tables,
    const LabelsCommand& command, std::size_t k, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(concepts, project::conceptsOf(file, tokens, command.side, command.layer, k));
    PALIMPSEST_TRY(
        imported, project::ImportStore(file).numbers(command.side, command.layer, concepts->conceptCount()));
    const std::vector<std::uint32_t> numbers = imported.value_or(std::vector<std::uint32_t>());
    if (command.asConceptX && command.json) {
        return conceptXJson(
            file, *concepts, tables, numbers, command.options.theta, command.options.maxUnknown);
    }
    std::vector<SetAlignment> sets;
    for (const Table& table : tables) {
        const auto done = static_cast<double>(sets.size()) / static_cast<double>(tables.size());
        const auto next = static_cast<double>(sets.size() + 1) / static_cast<double>(tables.size());
        PALIMPSEST_TRY(set, alignSet(*concepts, table, command, ctx.part(done, next)));
        sets.push_back(std::move(set));
    }
    return command.json ? labelsJson(sets, numbers, command.distribution)
                        : labelsText(*concepts, sets, numbers, command.options);
}

base::Result<std::string> tree(const ProjectFile& file, const std::vector<Table>& tables,
    const LabelsCommand& command, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(linkage, file.readLinkage(command.side, command.layer));
    std::vector<SetHomes> sets;
    for (const Table& table : tables) {
        const auto count = static_cast<double>(tables.size());
        const auto done = static_cast<double>(sets.size());
        PALIMPSEST_TRY(
            enriched, align::enrich(linkage, *table, ctx.part(done / count, (done + 1.0) / count)));
        sets.push_back({table, std::move(enriched.homes)});
    }
    return command.json ? homesJson(sets, linkage) : homesText(sets, linkage);
}

base::Status work(LabelsCommand command, bool layerGiven, Console& console)
{
    PALIMPSEST_TRY(file, ProjectFile::open(command.project, ProjectFile::Mode::ReadOnly));
    PALIMPSEST_TRY(tokens, file.readTokens());
    PALIMPSEST_CHECK(checkK(command.k, tokens->size()));
    PALIMPSEST_TRY(tables, readTables(file, command));
    PALIMPSEST_TRY(runK, stored<std::uint32_t>(file, "k", 600));
    PALIMPSEST_TRY(runTheta, stored(file, "theta", 0.9));
    const std::size_t k = command.k > 0 ? command.k : runK;
    command.options.theta = command.theta > 0 ? command.theta : runTheta;
    command.options.strict = command.asConceptX;
    if (!command.curves && !layerGiven) {
        return Error{ErrorCode::InvalidArgument, "--layer is required; give one, or --curves for all layers"};
    }
    PALIMPSEST_TRY(text,
        command.curves     ? curves(file, tokens, tables, command, k, console.context())
            : command.tree ? tree(file, tables, command, console.context())
                           : layer(file, tokens, tables, command, k, console.context()));
    console.endProgress();
    return writeOutput(
        command.output.empty() ? std::nullopt : std::optional<std::filesystem::path>(command.output), text);
}

} // namespace

VerbWork makeLabels(CLI::App& verb)
{
    static const std::map<std::string, align::Measure> kMeasures{
        {"occurrence", align::Measure::Occurrence}, {"type", align::Measure::Type}};
    const auto command = std::make_shared<LabelsCommand>();
    verb.add_option("project", command->project, "The project file")->required();
    verb.add_option("--layer", command->layer, "Layer");
    addSideOption(verb, "--model", command->side, "base (default) or finetuned");
    addCutOptions(verb, command->k, command->theta);
    verb.add_option("--by", command->measure, "Counted by occurrence (default) or by type (distinct words)")
        ->transform(CLI::CheckedTransformer(kMeasures).description(""));
    verb.add_option("--min-types", command->options.minimumTypes,
            "A concept of fewer distinct words aligns with nothing (default: 1)")
        ->check(CLI::Range(1, std::numeric_limits<int>::max()));
    verb.add_option("--max-unknown", command->options.maxUnknown,
            "A concept with a larger unlabelled share aligns with nothing (default: 0.4)")
        ->check(CLI::Range(0.0, 1.0));
    verb.add_option("--set", command->sets, "Only this label set; may be repeated");
    verb.add_option("--joint", command->joint, "Also the labels of two sets that hold together, as SET+SET");
    verb.add_option("--near", command->margin, "Near misses: shares less than this below θ (default: 0.1)")
        ->check(CLI::Range(0.0, 1.0));
    verb.add_option("--rounds", command->resampling.rounds,
            "Random partitions for the chance level, and drawings of sentences for the interval (default: "
            "100)")
        ->check(CLI::Range(1, 1'000'000));
    verb.add_option("--seed", command->resampling.seed, "Seed of both (default: 1)");
    verb.add_flag("--as-conceptx", command->asConceptX,
        "ConceptX's rules: share strictly above θ; with --json its own output file");
    verb.add_flag("--curves", command->curves, "Aligned concepts of every layer and both models");
    verb.add_flag("--tree", command->tree,
        "Whatever K: the node of the layer's merge tree that holds each label best, and at which K it is a "
        "concept");
    verb.add_flag("--distribution", command->distribution, "With --json: all labels of every concept");
    verb.add_flag("--json", command->json, "Machine readable");
    verb.add_option("-o,--output", command->output, "File for the result instead of standard output");
    return [command, &verb](Console& console, Outcome&) -> base::Status {
        return work(*command, verb.count("--layer") > 0, console);
    };
}

} // namespace palimpsest::cli
