#pragma once
// Task concepts of all layers of both models, counted under every definition of a sentence's class.
// Thread: reentrant; call from a job's thread.

#include <array>
#include <functional>
#include <memory>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"
#include "pipeline/task_study.h"

namespace palimpsest::pipeline {

/// Polarities of one layer's concepts, by definition in order of concepts::kClassDefinitions.
using DefinedPolarities = std::array<std::vector<concepts::Polarity>, concepts::kClassDefinitions.size()>;
[[nodiscard]] DefinedPolarities polaritiesOf(
    const TaskStudy& study, const concepts::ConceptSet& concepts, double theta, bool balanced);

struct LayerPolarity {
    int layer = 0;
    project::Side side = project::Side::Base;
    concepts::ClassDefinition definition = concepts::ClassDefinition::Gold;
    std::size_t concepts = 0; ///< of the layer, whatever their class
    concepts::PolaritySummary summary;

    /// 95 % Wilson interval of the share of the layer's concepts that are task concepts of a class.
    [[nodiscard]] base::Interval interval(std::size_t classIndex) const
    {
        const auto all = static_cast<double>(concepts);
        return base::wilsonInterval(static_cast<double>(summary.task[classIndex]) / all, all);
    }
};

using ConceptSource
    = std::function<base::Result<std::shared_ptr<const concepts::ConceptSet>>(project::Side side, int layer)>;

/// By layer ascending, then base before fine-tuned, then definition. Fails as `concepts` does or with
/// Cancelled.
[[nodiscard]] base::Result<std::vector<LayerPolarity>> polarityOfLayers(const TaskStudy& study,
    const ConceptSource& concepts, double theta, bool balanced, const base::JobContext& ctx);

} // namespace palimpsest::pipeline
