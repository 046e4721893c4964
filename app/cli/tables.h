#pragma once
// Results as text for people (aligned columns) and as JSON for machines.
// Thread: reentrant.

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "align/layer_comparison.h"
#include "concepts/concept_set.h"
#include "project/project_file.h"

namespace palimpsest::cli {

using Json = nlohmann::ordered_json;

/// One line of JSON with a line end; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string jsonLine(const Json& json);
/// The shortest decimal that reads back as this float, as a JSON number.
[[nodiscard]] Json shortest(float value);

/// Columns aligned by width, numbers to the right; the first row is the heading.
[[nodiscard]] std::string textTable(const std::vector<std::vector<std::string>>& rows);

/// "the (12), a (9), of (3)": the most frequent words of a concept.
[[nodiscard]] std::string topWords(
    const concepts::ConceptSet& concepts, base::ClusterId id, std::size_t count);

/// The overview: one row per layer with kept, split, … and task concepts, and the sentence above it.
[[nodiscard]] std::string overviewText(
    const std::vector<align::LayerSummary>& layers, double theta, const std::vector<std::string>& classNames);

} // namespace palimpsest::cli
