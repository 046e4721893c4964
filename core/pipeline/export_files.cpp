#include "pipeline/export_files.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "align/conceptx_alignment.h"
#include "base/mapped_file.h"
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

namespace palimpsest::pipeline {

using base::Error;
using base::ErrorCode;
using project::ProjectFile;
using project::Side;

namespace fs = std::filesystem;

namespace {

/// A project opened for one export.
struct Opened {
    const ExportRequest& request;
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
        project::conceptsOf(
            opened.file, opened.tokens, opened.request.side, *opened.request.layer, opened.k));
    PALIMPSEST_TRY(numbers,
        project::ImportStore(opened.file)
            .numbers(opened.request.side, *opened.request.layer, concepts->conceptCount()));
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
    return base::writeFileAtomically(opened.request.output, text);
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
        project::conceptsOf(opened.file, opened.tokens, opened.request.side, *opened.request.layer, 1));
    return opened.file.readLinkage(opened.request.side, *opened.request.layer);
}

base::Status exportLinkage(const Opened& opened)
{
    PALIMPSEST_TRY(linkage, linkageOf(opened));
    return exchange::writeLinkageNpy(opened.request.output, linkage);
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
            opened.request.project.string()
                + " has no labels; attach some in the Labels view or with `palimpsest label` first"};
    }
    if (opened.request.output.extension() == ".json") {
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
    PALIMPSEST_TRY(results, project::StudyResults::open(opened.request.project));
    const int layer = *opened.request.layer;
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
    const auto names = exchange::exportConceptX(opened.file, opened.request.side, *opened.request.layer,
        opened.request.k, opened.request.output, opened.ctx);
    return names ? base::Status() : names.error();
}

base::Status exportConceptNet(const Opened& opened)
{
    const auto names = exchange::exportConceptNet(
        opened.file, opened.request.side, opened.request.k, opened.request.output, opened.ctx);
    return names ? base::Status() : names.error();
}

base::Status exportAtlas(const Opened& opened)
{
    PALIMPSEST_TRY(cut, cutOf(opened));
    PALIMPSEST_TRY(vectors,
        pipeline::openActivations(
            opened.request.project, opened.request.side, *opened.request.layer, opened.tokens->size()));
    return write(opened, exchange::atlasCsv(cut.table(), vectors.view(), *opened.request.layer));
}

base::Status exportProjector(const Opened& opened)
{
    PALIMPSEST_TRY(cut, cutOf(opened));
    PALIMPSEST_TRY(vectors,
        pipeline::openActivations(
            opened.request.project, opened.request.side, *opened.request.layer, opened.tokens->size()));
    const fs::path folder = opened.request.output;
    std::error_code code;
    fs::create_directories(folder, code);
    PALIMPSEST_CHECK(
        base::writeFileAtomically(folder / "vectors.tsv", exchange::projectorVectors(vectors.view())));
    return base::writeFileAtomically(folder / "metadata.tsv", exchange::projectorMetadata(cut.table()));
}

base::Status exportNeuroX(const Opened& opened)
{
    PALIMPSEST_TRY(vectors,
        pipeline::openActivations(
            opened.request.project, opened.request.side, *opened.request.layer, opened.tokens->size()));
    return exchange::exportNeuroX(
        opened.request.output, *opened.tokens, {*opened.request.layer}, {vectors}, opened.ctx);
}

struct KnownExport {
    ExportKind shown;
    base::Status (*work)(const Opened&);
};

constexpr std::array kExportKinds{
    KnownExport{{"conceptx", "ConceptX folder (sentences, clusters, labels)", ""}, exportFolder},
    KnownExport{{"tcn", "TransformersConceptNet folder (all layers)", "", false}, exportConceptNet},
    KnownExport{{"clusters", "Clusters as ConceptX lines", ".txt"}, exportClusters},
    KnownExport{{"labels", "Concepts and their labels (.tsv; .json as ConceptX)", ".tsv"}, exportLabels},
    KnownExport{{"words", "Occurrences with concepts and labels", ".tsv"}, exportWords},
    KnownExport{{"alignment", "Alignment of base and fine-tuned", ".tsv"}, exportAlignment},
    KnownExport{{"linkage", "Merge tree as SciPy's linkage", ".npy"}, exportLinkage},
    KnownExport{{"newick", "Merge tree as Newick", ".nwk"}, exportNewick},
    KnownExport{{"projector", "Embedding Projector folder (vectors, metadata)", ""}, exportProjector},
    KnownExport{{"embedding-atlas", "Embedding Atlas, Latent Scope table", ".csv"}, exportAtlas},
    KnownExport{{"neurox", "Activations as NeuroX", ".json"}, exportNeuroX},
};

constexpr auto kShownExportKinds = [] {
    std::array<ExportKind, kExportKinds.size()> shown{};
    for (std::size_t i = 0; i < kExportKinds.size(); ++i)
        shown[i] = kExportKinds[i].shown;
    return shown;
}();

template <typename Number>
base::Result<Number> stored(const ProjectFile& file, std::string_view key, Number standard)
{
    PALIMPSEST_TRY(text, file.value(key));
    Number number = standard;
    if (text)
        std::from_chars(text->data(), text->data() + text->size(), number);
    return number;
}

} // namespace

std::span<const ExportKind> exportKinds()
{
    return kShownExportKinds;
}

base::Status exportFiles(const ExportRequest& request, const base::JobContext& ctx)
{
    const auto kind = std::find_if(kExportKinds.begin(), kExportKinds.end(),
        [&](const KnownExport& known) { return request.what == known.shown.id; });
    if (kind == kExportKinds.end())
        return Error{ErrorCode::NotFound, fmt::format("There is no export called {}", request.what)};
    if (kind->shown.needsLayer && !request.layer)
        return Error{
            ErrorCode::InvalidArgument, fmt::format("--what {} needs --layer; give one", request.what)};
    PALIMPSEST_TRY(file, ProjectFile::open(request.project, ProjectFile::Mode::ReadOnly));
    PALIMPSEST_TRY(tokens, file.readTokens());
    if (request.k > tokens->size()) {
        return Error{ErrorCode::InvalidArgument,
            fmt::format("--k {} is more than the {} occurrences of the project; choose a smaller K",
                request.k, tokens->size())};
    }
    PALIMPSEST_TRY(k, stored<std::size_t>(file, "k", 600));
    PALIMPSEST_TRY(theta, stored(file, "theta", 0.9));
    return kind->work({request, file, tokens, request.k > 0 ? request.k : k,
        request.theta > 0 ? request.theta : theta, ctx});
}

} // namespace palimpsest::pipeline
