#pragma once
// Attributions as options, JSON and text, for the verbs that show them.
// Thread: main.

#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"
#include "cli/tables.h"
#include "probe/attribution.h"

namespace palimpsest::cli {

/// --method ig|gradient|occlusion and --steps.
void addAttributionOptions(CLI::App& verb, probe::AttributionOptions& options);

[[nodiscard]] Json attributionJson(const probe::Attribution& attribution,
    std::span<const std::string_view> words, const std::vector<std::string>& labels);
/// The prediction, then a line per word.
[[nodiscard]] std::string attributionText(const probe::Attribution& attribution,
    std::span<const std::string_view> words, const std::vector<std::string>& labels);

} // namespace palimpsest::cli
