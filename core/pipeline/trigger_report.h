#pragma once
// What a trigger search found, as tables for other programs.
// Thread: reentrant.

#include <string>

#include "pipeline/trigger_search.h"

namespace palimpsest::pipeline {

/// Words joined by one space.
[[nodiscard]] std::string joinedWords(const probe::Words& words);

/// A line per flipped sentence beside its original, below a header. Words hold no tab and no line end.
[[nodiscard]] std::string flippedTsv(const TriggerSearch& search);

/// A line per tried trigger of every kind, below a header.
[[nodiscard]] std::string triggersTsv(const TriggerSearch& search);

} // namespace palimpsest::pipeline
