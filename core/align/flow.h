#pragma once
// Where occurrences go between the concepts of several partitions: from base to fine-tuned, or from layer to
// layer. Thread: immutable results; functions are reentrant.

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "align/layer_comparison.h"

namespace palimpsest::align {

enum class FlowGrouping : std::uint8_t {
    Status, ///< groups 0 to 4: align::Status
    Class, ///< group c: concepts with class c as their task class; one more: all others
};

/// The concepts of one model's layer, gathered into groups.
struct FlowColumn {
    int layer = 0;
    bool fineTuned = false;
    std::shared_ptr<const LayerComparison> comparison; ///< owns the concepts
    std::vector<std::uint32_t> groupOf; ///< by ClusterId
    std::vector<std::uint32_t> occurrences; ///< by group
    std::vector<std::uint32_t> conceptCounts; ///< by group

    [[nodiscard]] const concepts::ConceptSet& concepts() const
    {
        return fineTuned ? *comparison->b : *comparison->a;
    }
};

/// The task class is taken at the comparison's θ, from concepts::kMinimumTaskConceptSize members on.
[[nodiscard]] FlowColumn makeFlowColumn(
    std::shared_ptr<const LayerComparison> comparison, bool fineTuned, FlowGrouping grouping);

/// Occurrences that are in group `from` of a column and in group `to` of the next one.
struct FlowRibbon {
    std::size_t column = 0;
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    std::uint32_t occurrences = 0;
    friend bool operator==(const FlowRibbon&, const FlowRibbon&) = default;
};

struct Flow {
    FlowGrouping grouping = FlowGrouping::Status;
    std::vector<FlowColumn> columns;
    std::vector<FlowRibbon> ribbons; ///< by column, from, to; none is empty
};

/// At least one column, all over the same token table. O(rows) a column.
[[nodiscard]] Flow makeFlow(FlowGrouping grouping, std::vector<FlowColumn> columns);

/// Words of the occurrences of a ribbon, or of a whole group when `to` is nothing: most frequent first, ties
/// in order of the vocabulary. O(rows).
[[nodiscard]] std::vector<concepts::WordCount> wordsOfFlow(
    const Flow& flow, std::size_t column, std::uint32_t from, std::optional<std::uint32_t> to);

/// What became of one concept's members in a column.
struct LineageStep {
    base::ClusterId best{}; ///< the concept that holds most of them, ties to the smaller id
    std::uint32_t shared = 0;
    double ofTraced = 0.0; ///< shared / members of the traced concept
    double ofBest = 0.0; ///< shared / members of `best`
};

struct Lineage {
    std::vector<LineageStep> steps; ///< one a column
    std::vector<FlowRibbon> ribbons; ///< its members' parts of the flow's ribbons
};

/// Follows the members of a concept of `column` through all columns. O(members · columns).
[[nodiscard]] Lineage traceConcept(const Flow& flow, std::size_t column, base::ClusterId id);

} // namespace palimpsest::align
