// palimpsest demo: a real pair on real sentences, made once and kept.

#include <cstdlib>
#include <memory>

#include <fmt/format.h>

#include "cli/tables.h"
#include "cli/verb.h"
#include "pipeline/demo.h"
#include "project/study_results.h"

namespace palimpsest::cli {

namespace {

struct DemoOptions {
    bool headless = false;
    std::string output;
};

bool hasDisplay()
{
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        const char* value = std::getenv(name);
        if (value != nullptr && *value != '\0')
            return true;
    }
    return false;
}

} // namespace

VerbWork makeDemo(CLI::App& verb)
{
    const auto options = std::make_shared<DemoOptions>();
    verb.add_flag("--headless", options->headless, "Print the overview instead of opening the window");
    verb.add_option("-o,--output", options->output, "The project file (default: in the user's data folder)");

    return [options](Console& console, Outcome& outcome) -> base::Status {
        const pipeline::DemoFolders folders = pipeline::demoFolders();
        const std::filesystem::path project
            = options->output.empty() ? folders.project : std::filesystem::path(options->output);
        PALIMPSEST_CHECK(pipeline::makeDemo(folders, project, console.context()));
        console.endProgress();
        if (!options->headless && hasDisplay()) {
            outcome.openWindow = true;
            outcome.project = project;
            return {};
        }
        PALIMPSEST_TRY(results, project::StudyResults::open(project));
        PALIMPSEST_TRY(
            summaries, results->summaries(results->defaultK(), results->defaultTheta(), console.context()));
        console.endProgress();
        const auto& classNames = results->tokens()->corpus().classNames();
        return writeOutput(std::nullopt,
            fmt::format("{}: {} sentences, {} word occurrences, fine-tuned classifier {} accurate on "
                        "held-out sentences\n\n",
                project.string(), results->tokens()->corpus().sentenceCount(), results->tokens()->size(),
                results->parameter("demo.held_out_accuracy"))
                + overviewText(summaries, results->defaultTheta(), classNames));
    };
}

} // namespace palimpsest::cli
