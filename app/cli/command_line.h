#pragma once
// The command line: every verb of palimpsest, without Qt and without a display.
// Thread: call from main(); it owns the process's signal handling while a verb runs.

#include <filesystem>
#include <optional>

#include "cli/figure_request.h"
#include "cli/report_request.h"

namespace palimpsest::cli {

/// What main() does after the command line was read.
struct Outcome {
    int exitCode = 0;
    bool openWindow = false; ///< no verb, or a verb that ends in the window
    std::optional<std::filesystem::path> project; ///< to open in that window
    std::optional<FigureRequest> figure; ///< to draw without a window
    std::optional<ReportRequest> report; ///< to write without a window
};

/// Runs the verb. Exit codes: 0 success, 1 failure (one sentence on stderr), 2 wrong usage, 130 cancelled by
/// Ctrl+C.
[[nodiscard]] Outcome run(int argc, char** argv);

} // namespace palimpsest::cli
