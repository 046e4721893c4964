#pragma once
// The parts of `palimpsest bench`: one file for each subcommand, and how they start the script that runs ours
// beside the programs people use otherwise.
// Thread: main.

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/verb.h"

namespace palimpsest::cli {

VerbWork makeBenchExtract(CLI::App& bench);
VerbWork makeBenchTriggers(CLI::App& bench);
VerbWork makeBenchWard(CLI::App& bench);

[[nodiscard]] double secondsSince(std::chrono::steady_clock::time_point start);

/// Where scripts keep the programs they install.
[[nodiscard]] std::filesystem::path benchCache();

/// Runs resources/bench/`name` by python3 with --program (this one), --cache (benchCache) and `arguments`; it
/// writes to the console itself. A stop request ends it and all that it started. Fails with NotFound (no
/// script, no python3), Internal (the script failed) or Cancelled.
[[nodiscard]] base::Status runBenchScript(
    const std::string& name, const std::vector<std::string>& arguments, const base::JobContext& ctx);

} // namespace palimpsest::cli
