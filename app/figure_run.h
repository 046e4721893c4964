#pragma once
// palimpsest figure: draws what the command line asked for. Thread: GUI (main).

#include "cli/figure_request.h"

namespace palimpsest::app {

/// Returns the exit code: 0, 1 (one sentence on stderr), 2 wrong usage.
int runFigures(int argc, char** argv, const cli::FigureRequest& request);

} // namespace palimpsest::app
