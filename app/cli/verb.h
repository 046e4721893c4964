#pragma once
// What a verb is: it adds its options to the command line and does its work in a console.
// Thread: main.

#include <functional>
#include <memory>

#include <CLI/CLI.hpp>

#include "base/result.h"
#include "cli/command_line.h"
#include "cli/console.h"

namespace palimpsest::cli {

/// A verb's work, run after its options were parsed. Fills `outcome` only to open the window.
using VerbWork = std::function<base::Status(Console& console, Outcome& outcome)>;

/// Adds the verb to `app` and returns its work; options live as long as the returned function.
using VerbFactory = VerbWork (*)(CLI::App& verb);

VerbWork makeAblate(CLI::App& verb);
VerbWork makeAlign(CLI::App& verb);
VerbWork makeAttribute(CLI::App& verb);
VerbWork makeBench(CLI::App& verb);
VerbWork makeCluster(CLI::App& verb);
VerbWork makeConcepts(CLI::App& verb);
VerbWork makeDemo(CLI::App& verb);
VerbWork makeExplain(CLI::App& verb);
VerbWork makeExport(CLI::App& verb);
VerbWork makeExtract(CLI::App& verb);
VerbWork makeFigure(CLI::App& verb);
VerbWork makeImport(CLI::App& verb);
VerbWork makeInfo(CLI::App& verb);
VerbWork makeLabel(CLI::App& verb);
VerbWork makeLabels(CLI::App& verb);
VerbWork makeMap(CLI::App& verb);
VerbWork makePredict(CLI::App& verb);
VerbWork makeProbe(CLI::App& verb);
VerbWork makeQuality(CLI::App& verb);
VerbWork makeReport(CLI::App& verb);
VerbWork makeRun(CLI::App& verb);
VerbWork makeTask(CLI::App& verb);
VerbWork makeTcav(CLI::App& verb);
VerbWork makeTokenize(CLI::App& verb);
VerbWork makeTriggers(CLI::App& verb);

} // namespace palimpsest::cli
