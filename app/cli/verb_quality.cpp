// palimpsest quality: how well the tree and the concepts of a layer stand for its activations.

#include <charconv>
#include <memory>

#include <fmt/format.h>

#include "cli/options.h"
#include "cli/tables.h"
#include "cli/verb.h"
#include "cluster/kmeans.h"
#include "cluster/seriation.h"
#include "cluster/statistics.h"
#include "cluster/types_first.h"
#include "pipeline/activation_files.h"
#include "project/project_file.h"

namespace palimpsest::cli {

using project::ProjectFile;

namespace {

struct QualityCommand {
    std::string project;
    project::Side side = project::Side::Base;
    int layer = 0;
    std::uint32_t k = 0;
    cluster::StabilityOptions stability;
    cluster::Sampling silhouette{2'000, 1};
    bool json = false;
    std::string output;
};

/// A cut by another method, and its adjusted Rand index with the project's.
struct Contrast {
    std::size_t clusters = 0;
    double agreement = 0.0;
};

struct Quality {
    std::size_t rows = 0, k = 0;
    cluster::SampledValue cophenetic, silhouette;
    cluster::Stability stability;
    Contrast typesFirst, kMeans;
    std::vector<base::ClusterId> order; ///< empty where there are more concepts than are ordered
};

base::Result<Contrast> byTypesFirst(const corpus::TokenTable& tokens, base::MatrixView rows,
    const cluster::Partition& partition, const base::JobContext& ctx)
{
    std::vector<std::uint32_t> types;
    for (const corpus::Token& token : tokens.rows())
        types.push_back(static_cast<std::uint32_t>(base::toIndex(token.word)));
    PALIMPSEST_TRY(linkage, cluster::typesFirstLinkage(rows, types, {}, ctx));
    const cluster::Partition other = cluster::cut(linkage, partition.clusterCount);
    return Contrast{other.clusterCount, cluster::adjustedRandIndex(partition.clusterOf, other.clusterOf)};
}

base::Result<Quality> measure(const QualityCommand& command, const corpus::TokenTable& tokens,
    const cluster::Linkage& linkage, base::MatrixView rows, std::size_t k, const base::JobContext& ctx)
{
    const cluster::Partition partition = cluster::cut(linkage, k);
    Quality quality{rows.rows, partition.clusterCount, {}, {}, {}, {}, {}, {}};
    PALIMPSEST_TRY(cophenetic, cluster::copheneticCorrelation(linkage, rows, ctx.part(0.0, 0.05)));
    quality.cophenetic = cophenetic;
    PALIMPSEST_TRY(
        silhouette, cluster::silhouette(partition, rows, ctx.part(0.05, 0.15), command.silhouette));
    quality.silhouette = silhouette;
    PALIMPSEST_TRY(typesFirst, byTypesFirst(tokens, rows, partition, ctx.part(0.15, 0.25)));
    quality.typesFirst = typesFirst;
    cluster::KMeansOptions means;
    means.clusterCount = partition.clusterCount;
    means.seed = command.stability.seed;
    PALIMPSEST_TRY(kMeans, cluster::kMeans(rows, means, ctx.part(0.25, 0.35)));
    quality.kMeans = {kMeans.partition.clusterCount,
        cluster::adjustedRandIndex(partition.clusterOf, kMeans.partition.clusterOf)};
    if (partition.clusterCount <= cluster::kMostSeriated) {
        PALIMPSEST_TRY(
            order, cluster::seriateCut(linkage, partition.clusterCount, rows, ctx.part(0.35, 0.4)));
        quality.order = std::move(order);
    }
    std::vector<base::SentenceId> sentences;
    for (const corpus::Token& token : tokens.rows())
        sentences.push_back(token.sentence);
    cluster::StabilityOptions options = command.stability;
    options.clusterCount = partition.clusterCount;
    PALIMPSEST_TRY(
        stability, cluster::subsampleStability(partition, rows, sentences, options, ctx.part(0.4, 1.0)));
    quality.stability = std::move(stability);
    return quality;
}

Json sampledJson(const cluster::SampledValue& value)
{
    return {{"value", value.value}, {"sampled", value.sampled}, {"all", value.all}};
}

std::string qualityJson(const Quality& quality, const QualityCommand& command)
{
    Json order = Json::array();
    for (const base::ClusterId id : quality.order)
        order.push_back(base::toIndex(id));
    return jsonLine({{"rows", quality.rows}, {"k", quality.k},
        {"cophenetic", sampledJson(quality.cophenetic)}, {"silhouette", sampledJson(quality.silhouette)},
        {"stability",
            {{"mean", quality.stability.mean}, {"least", quality.stability.least},
                {"agreement", quality.stability.agreement}, {"share", command.stability.share},
                {"seed", command.stability.seed}}},
        {"types_first",
            {{"clusters", quality.typesFirst.clusters}, {"agreement", quality.typesFirst.agreement}}},
        {"kmeans",
            {{"clusters", quality.kMeans.clusters}, {"agreement", quality.kMeans.agreement},
                {"seed", command.stability.seed}}},
        {"order", order}});
}

std::string sampledText(const cluster::SampledValue& value, const char* what)
{
    return value.all ? fmt::format("all {} {}", value.sampled, what)
                     : fmt::format("{} {} drawn", value.sampled, what);
}

std::string qualityText(const Quality& quality, const QualityCommand& command)
{
    const auto number = [](double value) { return fmt::format("{:.3f}", value); };
    return textTable({{"measure", "value", "how"},
        {"cophenetic correlation of the tree", number(quality.cophenetic.value),
            sampledText(quality.cophenetic, "pairs of occurrences")},
        {fmt::format("silhouette at K = {}", quality.k), number(quality.silhouette.value),
            sampledText(quality.silhouette, "occurrences")},
        {"stability, mean", number(quality.stability.mean),
            fmt::format("adjusted Rand index, {} times {:.0f} % of the sentences, least {:.3f}",
                quality.stability.agreement.size(), command.stability.share * 100, quality.stability.least)},
        {"agreement with types first", number(quality.typesFirst.agreement),
            "adjusted Rand index; another method, one vector a word"},
        {"agreement with k-means", number(quality.kMeans.agreement),
            fmt::format("adjusted Rand index; another method, seed {}", command.stability.seed)}});
}

base::Status work(const QualityCommand& command, Console& console)
{
    PALIMPSEST_TRY(file, ProjectFile::open(command.project, ProjectFile::Mode::ReadOnly));
    PALIMPSEST_TRY(tokens, file.readTokens());
    PALIMPSEST_CHECK(checkK(command.k, tokens->size()));
    PALIMPSEST_TRY(linkage, file.readLinkage(command.side, command.layer));
    PALIMPSEST_TRY(
        vectors, pipeline::openActivations(command.project, command.side, command.layer, tokens->size()));
    std::size_t k = command.k;
    if (k == 0) {
        PALIMPSEST_TRY(text, file.value("k"));
        k = 600;
        if (text)
            std::from_chars(text->data(), text->data() + text->size(), k);
    }
    PALIMPSEST_TRY(quality, measure(command, *tokens, linkage, vectors.view(), k, console.context()));
    console.endProgress();
    return writeOutput(
        command.output.empty() ? std::nullopt : std::optional<std::filesystem::path>(command.output),
        command.json ? qualityJson(quality, command) : qualityText(quality, command));
}

} // namespace

VerbWork makeQuality(CLI::App& verb)
{
    const auto command = std::make_shared<QualityCommand>();
    verb.add_option("project", command->project, "The project file; its activations must still be there")
        ->required();
    verb.add_option("--layer", command->layer, "Layer")->required();
    addSideOption(verb, "--model", command->side, "base (default) or finetuned");
    verb.add_option("--k", command->k, "Number of concepts (default: the run's)")
        ->check(CLI::Range(2, std::numeric_limits<int>::max()));
    verb.add_option("--repeats", command->stability.repeats, "Drawings of sentences (default: 10)")
        ->check(CLI::Range(1, 1000));
    verb.add_option("--share", command->stability.share, "Share of the sentences drawn (default: 0.8)")
        ->check(CLI::Range(0.05, 0.99));
    verb.add_option("--seed", command->stability.seed, "Seed of the drawings and of k-means (default: 1)");
    verb.add_flag("--json", command->json, "Machine readable; also the order of the concepts by seriation");
    verb.add_option("-o,--output", command->output, "File for the result instead of standard output");
    return [command](Console& console, Outcome&) { return work(*command, console); };
}

} // namespace palimpsest::cli
