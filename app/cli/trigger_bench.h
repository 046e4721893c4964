#pragma once
// palimpsest bench triggers: the trigger search beside the plain forward pass over the same sentences.
// Thread: main.

#include "cli/verb.h"

namespace palimpsest::cli {

/// Adds the subcommand to `bench`; run the work where that subcommand was parsed.
[[nodiscard]] VerbWork makeTriggerBench(CLI::App& bench);

} // namespace palimpsest::cli
