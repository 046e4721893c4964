// palimpsest import: files of the community, into a project; or only what is wrong with them.

#include <memory>

#include <fmt/format.h>

#include "cli/options.h"
#include "cli/tables.h"
#include "cli/verb.h"
#include "exchange/conceptx_folder.h"
#include "exchange/lint.h"
#include "exchange/neurox_activations.h"
#include "exchange/tree_files.h"

namespace palimpsest::cli {

using base::Error;
using base::ErrorCode;
using project::Side;

namespace {

struct ImportCommand {
    std::string path;
    std::string what = "conceptx";
    std::string project;
    Side side = Side::Base;
    int layer = 0;
    bool lint = false;
    std::size_t limit = 20;
    bool json = false;
};

std::string join(const std::vector<std::size_t>& numbers)
{
    std::string text;
    for (const std::size_t number : numbers)
        text += (text.empty() ? "" : ", ") + std::to_string(number);
    return text;
}

base::Status lint(const ImportCommand& command, Console& console)
{
    PALIMPSEST_TRY(findings, exchange::lintConceptX(command.path, command.limit, console.context()));
    console.endProgress();
    std::size_t errors = 0;
    Json rows = Json::array();
    std::string text;
    for (const exchange::Finding& finding : findings) {
        const bool error = finding.severity == exchange::Severity::Error;
        errors += error ? 1 : 0;
        text += finding.file + (finding.line > 0 ? ":" + std::to_string(finding.line) : std::string())
            + (error ? ": error: " : ": note: ") + finding.text + "\n";
        rows.push_back({{"file", finding.file}, {"line", finding.line},
            {"severity", error ? "error" : "note"}, {"text", finding.text}});
    }
    if (!command.json && findings.empty())
        text = "Nothing is wrong\n";
    PALIMPSEST_CHECK(writeOutput(std::nullopt, command.json ? jsonLine({{"rows", rows}}) : text));
    if (errors == 0)
        return {};
    return Error{ErrorCode::Malformed,
        fmt::format("{} errors in {}; the list above names the lines", errors, command.path)};
}

base::Status importLinkage(const ImportCommand& command)
{
    PALIMPSEST_TRY(linkage, exchange::readLinkageNpy(command.path));
    PALIMPSEST_TRY(file, project::ProjectFile::open(command.project, project::ProjectFile::Mode::ReadWrite));
    PALIMPSEST_TRY(tokens, file.readTokens());
    if (tokens->size() != linkage.leafCount()) {
        return Error{ErrorCode::ShapeMismatch,
            fmt::format("{} has {} leaves, but {} has {} occurrences; import the clusters of this tree first",
                command.path, linkage.leafCount(), command.project, tokens->size())};
    }
    PALIMPSEST_TRY(key, base::fingerprintFile(command.path));
    return file.writeLinkage(command.side, command.layer, linkage, key);
}

base::Status importActivations(const ImportCommand& command, Console& console)
{
    if (!command.project.ends_with(".safetensors")) {
        return Error{ErrorCode::InvalidArgument,
            fmt::format(
                "-o {} must end in .safetensors: NeuroX's activations become tensors", command.project)};
    }
    PALIMPSEST_TRY(report, exchange::importNeuroX(command.path, command.project, console.context()));
    console.endProgress();
    std::string layers;
    for (const int layer : report.layers)
        layers += (layers.empty() ? "" : ", ") + std::to_string(layer);
    return writeOutput(std::nullopt,
        fmt::format("{} sentences, {} words, layers {}\n", report.sentences, report.words, layers));
}

base::Status importFolder(const ImportCommand& command, Console& console)
{
    PALIMPSEST_TRY(report,
        command.what == "tcn"
            ? exchange::importConceptNet(command.path, command.project, command.side, console.context())
            : exchange::importConceptX(
                command.path, command.project, command.side, command.layer, console.context()));
    console.endProgress();
    if (command.json) {
        return writeOutput(std::nullopt,
            jsonLine({{"sentences", report.sentences}, {"occurrences", report.occurrences},
                {"k", report.cuts}, {"labels", report.labelSets}}));
    }
    std::string text = fmt::format("{} sentences, {} occurrences, clusters at K = {}\n", report.sentences,
        report.occurrences, join(report.cuts));
    for (const std::string& set : report.labelSets)
        text += "labels " + set + "\n";
    return writeOutput(std::nullopt, text);
}

} // namespace

VerbWork makeImport(CLI::App& verb)
{
    const auto command = std::make_shared<ImportCommand>();
    verb.add_option("path", command->path, "Folder (conceptx, tcn) or file (linkage)")->required();
    verb.add_option("--what", command->what,
            "conceptx (default; LACOAT's folders too), tcn (TransformersConceptNet) or linkage (scipy's "
            ".npy)")
        ->check(CLI::IsMember({"conceptx", "tcn", "linkage", "neurox"}).description(""));
    verb.add_option("--layer", command->layer, "Layer that the clusters belong to (default: 0)")
        ->check(CLI::Range(0, 1000));
    addSideOption(verb, "--model", command->side, "base (default) or finetuned");
    verb.add_option("-o,--output", command->project, "The project file, made when missing");
    verb.add_flag("--lint", command->lint, "Only says what is wrong, with line numbers");
    verb.add_option(
        "--limit", command->limit, "With --lint: lines of each kind that are listed (default: 20)");
    verb.add_flag("--json", command->json, "Machine readable");
    return [command](Console& console, Outcome&) -> base::Status {
        if (command->lint)
            return lint(*command, console);
        if (command->project.empty())
            return Error{ErrorCode::InvalidArgument, "-o is required; name the project file to import into"};
        if (command->what == "neurox")
            return importActivations(*command, console);
        return command->what == "linkage" ? importLinkage(*command) : importFolder(*command, console);
    };
}

} // namespace palimpsest::cli
