// palimpsest import: files of the community, into a project; or only what is wrong with them.

#include <memory>

#include <fmt/format.h>

#include "cli/options.h"
#include "cli/tables.h"
#include "cli/verb.h"
#include "exchange/lint.h"
#include "pipeline/import_files.h"

namespace palimpsest::cli {

using base::Error;
using base::ErrorCode;

namespace {

struct ImportCommand {
    pipeline::ImportRequest request;
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
    PALIMPSEST_TRY(
        findings, exchange::lintConceptX(command.request.source, command.limit, console.context()));
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
        fmt::format(
            "{} errors in {}; the list above names the lines", errors, command.request.source.string())};
}

std::string activationsText(const pipeline::Imported& imported)
{
    std::string layers;
    for (const int layer : imported.layers)
        layers += (layers.empty() ? "" : ", ") + std::to_string(layer);
    return fmt::format("{} sentences, {} words, layers {}\n", imported.report.sentences,
        imported.report.occurrences, layers);
}

std::string folderText(const exchange::ImportReport& report, bool json)
{
    if (json) {
        return jsonLine({{"sentences", report.sentences}, {"occurrences", report.occurrences},
            {"k", report.cuts}, {"labels", report.labelSets}});
    }
    std::string text = fmt::format("{} sentences, {} occurrences, clusters at K = {}\n", report.sentences,
        report.occurrences, join(report.cuts));
    for (const std::string& set : report.labelSets)
        text += "labels " + set + "\n";
    return text;
}

base::Status importAll(const ImportCommand& command, Console& console)
{
    PALIMPSEST_TRY(imported, pipeline::importFiles(command.request, console.context()));
    console.endProgress();
    if (command.request.what == "linkage")
        return {};
    return writeOutput(std::nullopt,
        command.request.what == "neurox" ? activationsText(imported)
                                         : folderText(imported.report, command.json));
}

} // namespace

VerbWork makeImport(CLI::App& verb)
{
    std::vector<std::string> names;
    for (const pipeline::ImportKind& kind : pipeline::importKinds())
        names.emplace_back(kind.id);
    const auto command = std::make_shared<ImportCommand>();
    verb.add_option("path", command->request.source, "Folder (conceptx, tcn) or file (linkage, neurox)")
        ->required();
    verb.add_option("--what", command->request.what,
            "conceptx (default; LACOAT's folders too), tcn (TransformersConceptNet), linkage (scipy's "
            ".npy) or neurox (activations, .json or .hdf5)")
        ->check(CLI::IsMember(names).description(""));
    verb.add_option("--layer", command->request.layer, "Layer that the clusters belong to (default: 0)")
        ->check(CLI::Range(0, 1000));
    addSideOption(verb, "--model", command->request.side, "base (default) or finetuned");
    verb.add_option("-o,--output", command->request.output, "The project file, made when missing");
    verb.add_flag("--lint", command->lint, "Only says what is wrong, with line numbers");
    verb.add_option(
        "--limit", command->limit, "With --lint: lines of each kind that are listed (default: 20)");
    verb.add_flag("--json", command->json, "Machine readable");
    return [command](Console& console, Outcome&) -> base::Status {
        if (command->lint)
            return lint(*command, console);
        if (command->request.output.empty())
            return Error{ErrorCode::InvalidArgument, "-o is required; name the project file to import into"};
        return importAll(*command, console);
    };
}

} // namespace palimpsest::cli
