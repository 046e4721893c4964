// No arguments or a project file: the window. A verb: the command line.

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string_view>

#include "cli/command_line.h"
#ifdef PALIMPSEST_HAS_WINDOW
#include "figure_run.h"
#include "report_run.h"
#include "window.h"
#endif

namespace {

/// Options before a project file belong to the window (Qt's own and --screenshot); a bare word is a verb.
bool asksForWindow(int argc, char** argv)
{
    if (argc < 2)
        return true;
    const std::string_view first = argv[1];
    return first.ends_with(".palimpsest") || first.starts_with("--screenshot") || first == "-platform"
        || first == "-style";
}

} // namespace

int main(int argc, char** argv)
{
    // A file size limit is then an error that names the file, as a full disk is, and not the end of the
    // process.
    std::signal(SIGXFSZ, SIG_IGN);

    palimpsest::cli::Outcome outcome;
    if (asksForWindow(argc, argv))
        outcome.openWindow = true;
    else
        outcome = palimpsest::cli::run(argc, argv);
    if (!outcome.openWindow && !outcome.figure && !outcome.report)
        return outcome.exitCode;
#ifdef PALIMPSEST_HAS_WINDOW
    if (outcome.figure)
        return palimpsest::app::runFigures(argc, argv, *outcome.figure);
    if (outcome.report)
        return palimpsest::app::runReport(argc, argv, *outcome.report);
    return palimpsest::app::runWindow(argc, argv, outcome.project);
#else
    std::fputs(outcome.figure || outcome.report
            ? "palimpsest: this build draws no figures; use a build with the window "
              "(packaging/run.sh)\n"
            : "palimpsest: this build has no window; see palimpsest --help for what the command line does\n",
        stderr);
    return 1;
#endif
}
