#pragma once
// palimpsest report: writes what the command line asked for. Thread: GUI (main).

#include "cli/report_request.h"

namespace palimpsest::app {

/// Returns the exit code: 0, or 1 with one sentence on stderr.
int runReport(int argc, char** argv, const cli::ReportRequest& request);

} // namespace palimpsest::app
