// palimpsest export: files of the community, out of a project.

#include <limits>
#include <memory>

#include "cli/options.h"
#include "cli/verb.h"
#include "pipeline/export_files.h"

namespace palimpsest::cli {

VerbWork makeExport(CLI::App& verb)
{
    std::vector<std::string> names;
    for (const pipeline::ExportKind& kind : pipeline::exportKinds())
        names.emplace_back(kind.id);
    const auto request = std::make_shared<pipeline::ExportRequest>();
    verb.add_option("project", request->project, "The project file")->required();
    verb.add_option("--what", request->what,
            "clusters (ConceptX lines), linkage (scipy's .npy), newick, alignment, labels (.tsv, or "
            "ConceptX's "
            ".json), words, conceptx (folder), tcn (folder), embedding-atlas (.csv), projector (folder), "
            "neurox (activations, .json or .hdf5)")
        ->required()
        ->check(CLI::IsMember(names).description(""));
    verb.add_option("--layer", request->layer, "Layer");
    addSideOption(verb, "--model", request->side, "base (default) or finetuned");
    addCutOptions(verb, request->k, request->theta);
    verb.add_option("-o,--output", request->output, "The file or folder to write")->required();
    return [request](Console& console, Outcome&) -> base::Status {
        return pipeline::exportFiles(*request, console.context());
    };
}

} // namespace palimpsest::cli
