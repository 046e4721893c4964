#pragma once
// Label alignments as JSON and as text for people.
// Thread: reentrant.

#include <memory>
#include <string>
#include <vector>

#include "align/label_chance.h"
#include "align/label_enrichment.h"
#include "cli/tables.h"
#include "cluster/linkage.h"
#include "project/label_curves.h"

namespace palimpsest::cli {

/// One label set laid over the concepts of one layer.
struct SetAlignment {
    std::shared_ptr<const label::LabelTable> table;
    std::shared_ptr<const align::LabelCounts> counts;
    std::vector<align::LabelMatch> matches;
    std::vector<align::LabelCoverage> coverage;
    std::vector<base::ClusterId> nearMisses;
    align::ChanceLevel chance;
    align::Interval interval;
};

/// `numbers` as in exchange::conceptXAlignmentJson. With `distribution`, each row holds all labels and
/// shares.
[[nodiscard]] std::string labelsJson(
    const std::vector<SetAlignment>& sets, std::span<const std::uint32_t> numbers, bool distribution);
[[nodiscard]] std::string labelsText(const concepts::ConceptSet& concepts,
    const std::vector<SetAlignment>& sets, std::span<const std::uint32_t> numbers,
    const align::LabelOptions& options);

[[nodiscard]] std::string curvesJson(const std::vector<project::LabelPoint>& points);
[[nodiscard]] std::string curvesText(const std::vector<project::LabelPoint>& points);

/// The node of a merge tree that holds each label of a set best.
struct SetHomes {
    std::shared_ptr<const label::LabelTable> table;
    std::vector<align::LabelHome> homes; ///< by label
};

/// Labels that stand somewhere, the best held first (ties: as the set has them), with the K at which the node
/// is a concept.
[[nodiscard]] std::string homesJson(const std::vector<SetHomes>& sets, const cluster::Linkage& linkage);
[[nodiscard]] std::string homesText(const std::vector<SetHomes>& sets, const cluster::Linkage& linkage);

} // namespace palimpsest::cli
