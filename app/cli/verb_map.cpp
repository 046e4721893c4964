// palimpsest map: places of all occurrences in two dimensions, stored in the project or written as a table.
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <map>
#include <memory>

#include "cli/options.h"
#include "cli/tables.h"
#include "cli/verb.h"
#include "pipeline/map_layers.h"
#include "pipeline/study.h"
#include "project/project_file.h"

namespace palimpsest::cli {

namespace {

struct MapCommand {
    std::string project;
    std::string layers;
    pipeline::MapRequest request;
    bool json = false;
    std::string table;
};

/// One line an occurrence and layer: where it stands in both models.
base::Result<std::string> tableText(const MapCommand& command)
{
    PALIMPSEST_TRY(file, project::ProjectFile::open(command.project, project::ProjectFile::Mode::ReadOnly));
    PALIMPSEST_TRY(tokens, file.readTokens());
    std::string text = "layer\toccurrence\tword\tbase_x\tbase_y\tfinetuned_x\tfinetuned_y\n";
    std::vector<int> layers = command.request.layers;
    if (layers.empty()) {
        PALIMPSEST_TRY(entries, project::MapStore(file).list());
        for (const project::MapEntry& entry : entries) {
            if (entry.method == command.request.method)
                layers.push_back(entry.layer);
        }
    }
    for (const int layer : layers) {
        PALIMPSEST_TRY(places, project::MapStore(file).read(layer, command.request.method));
        for (std::size_t row = 0; places && row < tokens->size(); ++row) {
            const auto word = tokens->corpus().word(tokens->token(base::toId<base::TokenId>(row)).word);
            text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\n", layer, row, word, places->base[2 * row],
                places->base[2 * row + 1], places->fineTuned[2 * row], places->fineTuned[2 * row + 1]);
        }
    }
    return text;
}

base::Status work(MapCommand command, Console& console)
{
    if (!command.layers.empty()) {
        PALIMPSEST_TRY(layers, pipeline::parseLayers(command.layers));
        command.request.layers = layers;
    }
    PALIMPSEST_TRY(report, pipeline::mapLayers(command.project, command.request, console.context()));
    console.endProgress();
    if (!command.table.empty()) {
        PALIMPSEST_TRY(text, tableText(command));
        return writeOutput(std::filesystem::path(command.table), text);
    }
    const std::string method(project::mapMethodName(command.request.method));
    if (command.json) {
        return writeOutput(std::nullopt,
            jsonLine({{"method", method}, {"computed", report.computed}, {"reused", report.reused}}));
    }
    return writeOutput(std::nullopt,
        fmt::format(
            "{}: {} layers computed, {} were there\n", method, report.computed.size(), report.reused.size()));
}

} // namespace

VerbWork makeMap(CLI::App& verb)
{
    static const std::map<std::string, project::MapMethod> kMethods{
        {"pca", project::MapMethod::Pca}, {"umap", project::MapMethod::Umap}};
    const auto command = std::make_shared<MapCommand>();
    verb.add_option("project", command->project, "The project file")->required();
    verb.add_option("--layers", command->layers, "Layers such as 0,3,5-6 (default: all)");
    verb.add_option("--method", command->request.method,
            "pca (default): principal components, base and fine-tuned turned onto each other; umap: a "
            "neighbour layout, the fine-tuned one started from and held to the base's")
        ->transform(CLI::CheckedTransformer(kMethods).description(""));
    verb.add_flag("--again", command->request.again, "Compute maps anew that are there");
    verb.add_option("--table", command->table, "Also write the places to this file, tab separated");
    verb.add_flag("--json", command->json, "Machine readable");
    return [command](Console& console, Outcome&) -> base::Status { return work(*command, console); };
}

} // namespace palimpsest::cli
