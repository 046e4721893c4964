// palimpsest label: attaches human-defined labels to a project, lists and removes them.

#include <memory>

#include <fmt/format.h>

#include "cli/tables.h"
#include "cli/verb.h"
#include "label/label_source.h"
#include "pipeline/attach_labels.h"
#include "project/label_store.h"

namespace palimpsest::cli {

namespace {

struct LabelCommand {
    std::string project;
    pipeline::LabelRequest request;
    std::vector<std::string> settings;
    std::string remove;
    bool describe = false;
    bool json = false;
};

base::Status readSettings(LabelCommand& command)
{
    for (const std::string& setting : command.settings) {
        const std::size_t equals = setting.find('=');
        if (equals == 0 || equals == std::string::npos) {
            return base::Error{base::ErrorCode::InvalidArgument,
                fmt::format("--option {} is not name=value; write it so", setting)};
        }
        command.request.options[setting.substr(0, equals)] = setting.substr(equals + 1);
    }
    return {};
}

std::string sourceTable()
{
    std::vector<std::vector<std::string>> rows{{"source", "option", "default", ""}};
    for (const label::SourceDescriptor& source : label::sources()) {
        rows.push_back({std::string(source.id), "", "", std::string(source.title)});
        for (const label::OptionDescriptor& option : source.options)
            rows.push_back(
                {"", std::string(option.name), std::string(option.standard), std::string(option.help)});
    }
    rows.push_back({"joint", "", "", "Labels of two attached sets that hold together"});
    rows.push_back({"", "first", "", "Name of a set"});
    rows.push_back({"", "second", "", "Name of another one"});
    rows.push_back({"tagger:DIR", "name", "", "A checkpoint for token classification, run over the corpus"});
    return textTable(rows);
}

base::Status listSets(const LabelCommand& command)
{
    PALIMPSEST_TRY(file, project::ProjectFile::open(command.project, project::ProjectFile::Mode::ReadOnly));
    PALIMPSEST_TRY(sets, project::LabelStore(file).list());
    if (command.json) {
        Json rows = Json::array();
        for (const project::LabelEntry& set : sets) {
            rows.push_back({{"name", set.name}, {"source", set.source}, {"as_conceptx", set.asConceptX},
                {"file", set.fileName}, {"labels", set.labelCount}, {"fits", set.fits}});
        }
        return writeOutput(std::nullopt, jsonLine({{"rows", rows}}));
    }
    if (sets.empty())
        return writeOutput(std::nullopt, "No label sets; attach one with --source\n");
    std::vector<std::vector<std::string>> rows{{"name", "source", "labels", "file", ""}};
    for (const project::LabelEntry& set : sets) {
        rows.push_back(
            {set.name, set.source + (set.asConceptX ? " (as ConceptX)" : ""), std::to_string(set.labelCount),
                set.fileName, set.fits ? "" : "made for another corpus; attach again"});
    }
    return writeOutput(std::nullopt, textTable(rows));
}

base::Status removeSet(const LabelCommand& command)
{
    PALIMPSEST_TRY(file, project::ProjectFile::open(command.project, project::ProjectFile::Mode::ReadWrite));
    return project::LabelStore(file).remove(command.remove);
}

base::Status attach(const LabelCommand& command, Console& console)
{
    PALIMPSEST_TRY(attached, pipeline::attachLabels(command.project, command.request, console.context()));
    console.endProgress();
    if (command.json) {
        return writeOutput(std::nullopt,
            jsonLine({{"name", attached.name}, {"occurrences", attached.rows},
                {"labelled", attached.labelled}, {"labels", attached.labels}}));
    }
    return writeOutput(std::nullopt,
        fmt::format("{}: {} of {} occurrences have one of {} labels\n", attached.name, attached.labelled,
            attached.rows, attached.labels));
}

} // namespace

VerbWork makeLabel(CLI::App& verb)
{
    const auto command = std::make_shared<LabelCommand>();
    verb.add_option(
        "project", command->project, "The project file; without --source its label sets are listed");
    verb.add_option("--source", command->request.source,
        "A source (see --sources), a label file, or tagger:DIR with a checkpoint for token classification");
    verb.add_option("--option", command->settings, "An option of the source as name=value; may be repeated");
    verb.add_flag("--as-conceptx", command->request.asConceptX,
        "ConceptX's rules to the letter, where its scripts make such labels");
    verb.add_option("--device", command->request.device, "For taggers: auto, cpu, cuda or cuda:N");
    verb.add_option("--remove", command->remove, "Removes the label set of this name");
    verb.add_flag("--sources", command->describe, "Lists all sources with their options");
    verb.add_flag("--json", command->json, "Machine readable");
    return [command](Console& console, Outcome&) -> base::Status {
        if (command->describe)
            return writeOutput(std::nullopt, sourceTable());
        if (command->project.empty()) {
            return base::Error{
                base::ErrorCode::InvalidArgument, "project is required; name the project file"};
        }
        PALIMPSEST_CHECK(readSettings(*command));
        if (!command->remove.empty())
            return removeSet(*command);
        return command->request.source.empty() ? listSets(*command) : attach(*command, console);
    };
}

} // namespace palimpsest::cli
