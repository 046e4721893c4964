// palimpsest bench: the project's own benchmarks, beside the programs people use otherwise.

#include "cli/bench.h"

namespace palimpsest::cli {

VerbWork makeBench(CLI::App& verb)
{
    const VerbWork extract = makeBenchExtract(verb);
    const VerbWork triggers = makeBenchTriggers(verb);
    const VerbWork ward = makeBenchWard(verb);
    verb.require_subcommand(1);
    return [extract, triggers, ward, &verb](Console& console, Outcome& outcome) -> base::Status {
        if (verb.got_subcommand("extract"))
            return extract(console, outcome);
        return verb.got_subcommand("triggers") ? triggers(console, outcome) : ward(console, outcome);
    };
}

} // namespace palimpsest::cli
