// palimpsest export: files of the community, out of a project.

#include <charconv>
#include <map>
#include <memory>

#include <fmt/format.h>

#include "base/mapped_file.h"
#include "cli/options.h"
#include "cli/tables.h"
#include "cli/verb.h"
#include "exchange/alignment_json.h"
#include "exchange/cluster_lines.h"
#include "exchange/conceptx_folder.h"
#include "exchange/neurox_activations.h"
#include "exchange/table_files.h"
#include "exchange/tree_files.h"
#include "pipeline/activation_files.h"
#include "project/import_store.h"
#include "project/label_curves.h"
#include "project/label_store.h"
#include "project/study_results.h"

namespace palimpsest::cli {

using base::Error;
using base::ErrorCode;
using project::ProjectFile;
using project::Side;

namespace {

struct ExportCommand {
    std::string project;
    std::string what;
    std::string output;
    Side side = Side::Base;
    int layer = 0;
    std::uint32_t k = 0;
    double theta = 0.0;
};

/// A project opened for one export.
struct Opened {
    const ExportCommand& command;
    const ProjectFile& file;
    std::shared_ptr<const corpus::TokenTable> tokens;
    std::size_t k = 0; ///< the one asked for, else the project's
    double theta = 0.9;
    const base::JobContext& ctx;
};

struct Cut {
    std::shared_ptr<const concepts::ConceptSet> concepts;
    std::vector<std::uint32_t> numbers;
    std::vector<std::shared_ptr<const label::LabelTable>> labels;

    [[nodiscard]] exchange::OccurrenceTable table() const { return {*concepts, numbers, labels}; }
};

base::Result<Cut> cutOf(const Opened& opened)
{
    Cut cut;
    PALIMPSEST_TRY(concepts,
        project::conceptsOf(opened.file, opened.tokens, opened.command.side, opened.command.layer, opened.k));
    PALIMPSEST_TRY(numbers,
        project::ImportStore(opened.file)
            .numbers(opened.command.side, opened.command.layer, concepts->conceptCount()));
    const project::LabelStore store(opened.file);
    PALIMPSEST_TRY(sets, store.list());
    for (const project::LabelEntry& set : sets) {
        if (!set.fits)
            continue;
        PALIMPSEST_TRY(table, store.read(set.name));
        cut.labels.push_back(std::move(table));
    }
    cut.concepts = std::move(concepts);
    cut.numbers = numbers.value_or(std::vector<std::uint32_t>());
    return cut;
}

base::Status write(const Opened& opened, const std::string& text)
{
    return base::writeFileAtomically(opened.command.output, text);
}

base::Status exportClusters(const Opened& opened)
{
    PALIMPSEST_TRY(cut, cutOf(opened));
    return write(opened, exchange::clusterLines(*cut.concepts, cut.numbers));
}

base::Result<cluster::Linkage> linkageOf(const Opened& opened)
{
    // Says which layers there are, where this one is not.
    PALIMPSEST_CHECK(
        project::conceptsOf(opened.file, opened.tokens, opened.command.side, opened.command.layer, 1));
    return opened.file.readLinkage(opened.command.side, opened.command.layer);
}

base::Status exportLinkage(const Opened& opened)
{
    PALIMPSEST_TRY(linkage, linkageOf(opened));
    return exchange::writeLinkageNpy(opened.command.output, linkage);
}

base::Status exportNewick(const Opened& opened)
{
    PALIMPSEST_TRY(linkage, linkageOf(opened));
    return write(opened, exchange::newick(linkage, *opened.tokens));
}

base::Status exportWords(const Opened& opened)
{
    PALIMPSEST_TRY(cut, cutOf(opened));
    return write(opened, exchange::wordsTsv(cut.table()));
}

base::Status exportLabels(const Opened& opened)
{
    PALIMPSEST_TRY(cut, cutOf(opened));
    if (cut.labels.empty()) {
        return Error{ErrorCode::NotFound,
            opened.command.project + " has no labels; attach some with `palimpsest label` first"};
    }
    if (opened.command.output.ends_with(".json")) {
        std::vector<std::string> names;
        for (const auto& table : cut.labels)
            names.push_back("labels_" + table->name() + ".json");
        return write(opened,
            exchange::conceptXAlignmentJson(
                align::alignAsConceptX(*cut.concepts, cut.labels, {opened.theta, 0.4}), names, cut.numbers));
    }
    align::LabelOptions options;
    options.theta = opened.theta;
    std::vector<std::vector<align::LabelMatch>> matches;
    for (const auto& table : cut.labels) {
        matches.push_back(align::matchLabels(
            *align::LabelCounts::make(*cut.concepts, table, align::Measure::Occurrence), options));
    }
    return write(opened, exchange::labelsTsv(cut.table(), matches));
}

base::Status exportAlignment(const Opened& opened)
{
    PALIMPSEST_TRY(results, project::StudyResults::open(opened.command.project));
    const int layer = opened.command.layer;
    PALIMPSEST_TRY(comparison, results->compare(layer, layer, opened.k, opened.theta));
    std::string text = "model\tid\tsize\tcounterpart\toverlap\tshared\taligned\tstatus\n";
    const auto add = [&](Side side, const concepts::ConceptSet& concepts,
                         const std::vector<align::Match>& matches) {
        for (std::size_t id = 0; id < matches.size(); ++id) {
            const align::Match& match = matches[id];
            text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", project::sideName(side), id,
                concepts.size(base::toId<base::ClusterId>(id)), base::toIndex(match.counterpart),
                match.overlap, match.shared, match.aligned ? "yes" : "no", align::statusName(match.status));
        }
    };
    add(Side::Base, *comparison->a, comparison->alignment.a);
    add(Side::FineTuned, *comparison->b, comparison->alignment.b);
    return write(opened, text);
}

base::Status exportFolder(const Opened& opened)
{
    const auto names = exchange::exportConceptX(opened.file, opened.command.side, opened.command.layer,
        opened.command.k, opened.command.output, opened.ctx);
    return names ? base::Status() : names.error();
}

base::Status exportConceptNet(const Opened& opened)
{
    const auto names = exchange::exportConceptNet(
        opened.file, opened.command.side, opened.command.k, opened.command.output, opened.ctx);
    return names ? base::Status() : names.error();
}

base::Status exportAtlas(const Opened& opened)
{
    PALIMPSEST_TRY(cut, cutOf(opened));
    PALIMPSEST_TRY(vectors,
        pipeline::openActivations(
            opened.command.project, opened.command.side, opened.command.layer, opened.tokens->size()));
    return write(opened, exchange::atlasCsv(cut.table(), vectors.view(), opened.command.layer));
}

base::Status exportProjector(const Opened& opened)
{
    PALIMPSEST_TRY(cut, cutOf(opened));
    PALIMPSEST_TRY(vectors,
        pipeline::openActivations(
            opened.command.project, opened.command.side, opened.command.layer, opened.tokens->size()));
    const std::filesystem::path folder = opened.command.output;
    std::error_code code;
    std::filesystem::create_directories(folder, code);
    PALIMPSEST_CHECK(
        base::writeFileAtomically(folder / "vectors.tsv", exchange::projectorVectors(vectors.view())));
    return base::writeFileAtomically(folder / "metadata.tsv", exchange::projectorMetadata(cut.table()));
}

base::Status exportNeuroX(const Opened& opened)
{
    PALIMPSEST_TRY(vectors,
        pipeline::openActivations(
            opened.command.project, opened.command.side, opened.command.layer, opened.tokens->size()));
    return exchange::exportNeuroX(
        opened.command.output, *opened.tokens, {opened.command.layer}, {vectors}, opened.ctx);
}

struct Kind {
    const char* name;
    base::Status (*work)(const Opened&);
    bool needsLayer;
};

constexpr std::array kKinds{
    Kind{"clusters", exportClusters, true},
    Kind{"linkage", exportLinkage, true},
    Kind{"newick", exportNewick, true},
    Kind{"alignment", exportAlignment, true},
    Kind{"labels", exportLabels, true},
    Kind{"words", exportWords, true},
    Kind{"conceptx", exportFolder, true},
    Kind{"tcn", exportConceptNet, false},
    Kind{"embedding-atlas", exportAtlas, true},
    Kind{"projector", exportProjector, true},
    Kind{"neurox", exportNeuroX, true},
};

template <typename Number>
base::Result<Number> stored(const ProjectFile& file, std::string_view key, Number standard)
{
    PALIMPSEST_TRY(text, file.value(key));
    Number number = standard;
    if (text)
        std::from_chars(text->data(), text->data() + text->size(), number);
    return number;
}

base::Status work(const ExportCommand& command, bool layerGiven, const base::JobContext& ctx)
{
    const auto kind = std::find_if(
        kKinds.begin(), kKinds.end(), [&](const Kind& known) { return command.what == known.name; });
    if (kind->needsLayer && !layerGiven)
        return Error{
            ErrorCode::InvalidArgument, fmt::format("--what {} needs --layer; give one", command.what)};
    PALIMPSEST_TRY(file, ProjectFile::open(command.project, ProjectFile::Mode::ReadOnly));
    PALIMPSEST_TRY(tokens, file.readTokens());
    PALIMPSEST_CHECK(checkK(command.k, tokens->size()));
    PALIMPSEST_TRY(k, stored<std::size_t>(file, "k", 600));
    PALIMPSEST_TRY(theta, stored(file, "theta", 0.9));
    return kind->work({command, file, tokens, command.k > 0 ? command.k : k,
        command.theta > 0 ? command.theta : theta, ctx});
}

} // namespace

VerbWork makeExport(CLI::App& verb)
{
    std::vector<std::string> names;
    for (const Kind& kind : kKinds)
        names.emplace_back(kind.name);
    const auto command = std::make_shared<ExportCommand>();
    verb.add_option("project", command->project, "The project file")->required();
    verb.add_option("--what", command->what,
            "clusters (ConceptX lines), linkage (scipy's .npy), newick, alignment, labels (.tsv, or "
            "ConceptX's "
            ".json), words, conceptx (folder), tcn (folder), embedding-atlas (.csv), projector (folder), "
            "neurox (activations, .json)")
        ->required()
        ->check(CLI::IsMember(names).description(""));
    verb.add_option("--layer", command->layer, "Layer");
    addSideOption(verb, "--model", command->side, "base (default) or finetuned");
    addCutOptions(verb, command->k, command->theta);
    verb.add_option("-o,--output", command->output, "The file or folder to write")->required();
    return [command, &verb](Console& console, Outcome&) -> base::Status {
        return work(*command, verb.count("--layer") > 0, console.context());
    };
}

} // namespace palimpsest::cli
