#pragma once
// Concepts of one layer against the label sets of the project, as views share them.
// Thread: values; LayerLabels are shared and immutable, functions are reentrant.

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "align/label_alignment.h"
#include "align/label_chance.h"
#include "align/layer_comparison.h"
#include "base/job_context.h"
#include "project/label_store.h"

namespace palimpsest::app {

/// A label set of the project. `table` is null where the set was made for other occurrences.
struct LabelSet {
    project::LabelEntry entry;
    std::shared_ptr<const label::LabelTable> table;
    std::size_t labelledRows = 0; ///< rows with a label that does not say none
    std::vector<std::uint32_t> rowsOfLabel; ///< by label
};
using LabelSets = std::vector<LabelSet>;

/// Reads all sets of a project. Fails as ProjectFile::open and LabelStore do, or with Cancelled.
[[nodiscard]] base::Result<std::shared_ptr<const LabelSets>> readLabelSets(
    const std::filesystem::path& project, const base::JobContext& ctx);

/// What the numbers depend on beside the layer.
struct LabelQuestion {
    align::Measure measure = align::Measure::Occurrence;
    align::LabelOptions options;
    [[nodiscard]] bool sameOptions(const LabelQuestion& other) const;
};

/// The concepts of one model against one set.
struct SetMatches {
    std::shared_ptr<const align::LabelCounts> counts; ///< null where the set has no table
    std::vector<align::LabelMatch> matches; ///< by concept id
    std::size_t aligned = 0;
};

/// One layer against all sets; index 0 is the base model, 1 the fine-tuned one (Selection::Side).
struct LayerLabels {
    int layer = 0;
    std::size_t k = 0;
    LabelQuestion question;
    std::shared_ptr<const LabelSets> labelSets;
    std::array<std::shared_ptr<const concepts::ConceptSet>, 2> concepts;
    std::vector<std::array<SetMatches, 2>> sets; ///< as labelSets
};

/// Counts labels in the concepts of both models; polls ctx once a set. `known`, where it is about the same
/// concepts, sets and measure, gives its counts, and only what depends on the options is made anew.
[[nodiscard]] base::Result<std::shared_ptr<const LayerLabels>> labelLayer(
    const align::LayerComparison& comparison, const std::shared_ptr<const LabelSets>& sets,
    const LabelQuestion& question, const std::shared_ptr<const LayerLabels>& known,
    const base::JobContext& ctx);

/// Chance levels of both models for one set at one layer.
using LabelChance = std::array<align::ChanceLevel, 2>;

[[nodiscard]] base::Result<std::shared_ptr<const LabelChance>> chanceOfLayer(
    const LayerLabels& layer, std::size_t set, const base::JobContext& ctx);

} // namespace palimpsest::app
