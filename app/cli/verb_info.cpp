// palimpsest info: what is in a project.

#include <memory>

#include "cli/tables.h"
#include "cli/verb.h"
#include "project/project_file.h"

namespace palimpsest::cli {

namespace {

struct InfoOptions {
    std::string project;
    bool json = false;
};

} // namespace

VerbWork makeInfo(CLI::App& verb)
{
    const auto options = std::make_shared<InfoOptions>();
    verb.add_option("project", options->project, "The project file")->required();
    verb.add_flag("--json", options->json, "Machine readable");

    return [options](Console&, Outcome&) -> base::Status {
        PALIMPSEST_TRY(
            file, project::ProjectFile::open(options->project, project::ProjectFile::Mode::ReadOnly));
        PALIMPSEST_TRY(values, file.values());
        PALIMPSEST_TRY(linkages, file.linkages());
        PALIMPSEST_TRY(warnings, file.warnings());

        if (options->json) {
            Json json;
            for (const auto& [key, value] : values) {
                // Numbers as numbers; everything else as it stands.
                const Json parsed = Json::parse(value, nullptr, false);
                json[key] = parsed.is_number() ? parsed : Json(value);
            }
            json["linkages"] = Json::array();
            for (const project::LinkageEntry& entry : linkages) {
                json["linkages"].push_back({{"model", project::sideName(entry.side)}, {"layer", entry.layer},
                    {"occurrences", entry.leafCount}});
            }
            json["warnings"] = warnings;
            return writeOutput(std::nullopt, jsonLine(json));
        }

        std::vector<std::vector<std::string>> rows{{"value", ""}};
        for (const auto& [key, value] : values)
            rows.push_back({key, value});
        std::string text = textTable(rows) + "\n";
        rows = {{"linkage", "layer", "occurrences"}};
        for (const project::LinkageEntry& entry : linkages)
            rows.push_back({std::string(project::sideName(entry.side)), std::to_string(entry.layer),
                std::to_string(entry.leafCount)});
        text += textTable(rows);
        for (const std::string& warning : warnings)
            text += "\nnote: " + warning;
        return writeOutput(std::nullopt, text + (warnings.empty() ? "" : "\n"));
    };
}

} // namespace palimpsest::cli
