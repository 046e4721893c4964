#pragma once
// Label-aligned concepts of every layer of a project, with what chance gives: research question 2 of Durrani
// et al. Thread: as the ProjectFile; call from a worker.

#include <memory>
#include <string>
#include <vector>

#include "align/label_chance.h"
#include "base/job_context.h"
#include "base/result.h"
#include "project/project_file.h"

namespace palimpsest::project {

/// The concepts of one layer at one K, which is clamped to the rows. Fails with NotFound (the sentence names
/// the layers that are there) or Malformed.
[[nodiscard]] base::Result<std::shared_ptr<const concepts::ConceptSet>> conceptsOf(const ProjectFile& file,
    const std::shared_ptr<const corpus::TokenTable>& tokens, Side side, int layer, std::size_t k);

/// One label set at one layer.
struct LabelPoint {
    Side side = Side::Base;
    int layer = 0;
    std::string set;
    std::size_t concepts = 0; ///< of the layer
    std::size_t aligned = 0; ///< of these, aligned with a label of the set
    align::ChanceLevel chance;
    align::Interval interval; ///< of `aligned`, by drawing sentences
};

struct LabelCurveOptions {
    std::size_t k = 600;
    align::Measure measure = align::Measure::Occurrence;
    align::LabelOptions label;
    align::ResamplingOptions resampling;
};

/// All linkages of the project, by side and layer, with all of `sets`. Fails with Cancelled, or as conceptsOf
/// does.
[[nodiscard]] base::Result<std::vector<LabelPoint>> labelCurves(const ProjectFile& file,
    const std::shared_ptr<const corpus::TokenTable>& tokens,
    const std::vector<std::shared_ptr<const label::LabelTable>>& sets, const LabelCurveOptions& options,
    const base::JobContext& ctx);

} // namespace palimpsest::project
