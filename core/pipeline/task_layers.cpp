#include "pipeline/task_layers.h"

#include <utility>

namespace palimpsest::pipeline {

DefinedPolarities polaritiesOf(
    const TaskStudy& study, const concepts::ConceptSet& concepts, double theta, bool balanced)
{
    DefinedPolarities all;
    for (std::size_t d = 0; d < all.size(); ++d)
        all[d] = polaritiesOf(study, concepts, concepts::kClassDefinitions[d], theta, balanced);
    return all;
}

base::Result<std::vector<LayerPolarity>> polarityOfLayers(const TaskStudy& study,
    const ConceptSource& concepts, double theta, bool balanced, const base::JobContext& ctx)
{
    std::vector<LayerPolarity> rows;
    for (const int layer : study.results->layers()) {
        for (const project::Side side : {project::Side::Base, project::Side::FineTuned}) {
            if (ctx.stopRequested())
                return base::cancelled();
            PALIMPSEST_TRY(set, concepts(side, layer));
            const DefinedPolarities all = polaritiesOf(study, *set, theta, balanced);
            for (std::size_t d = 0; d < all.size(); ++d) {
                rows.push_back({layer, side, concepts::kClassDefinitions[d], set->conceptCount(),
                    concepts::summarize(all[d], study.classNames.size())});
            }
        }
    }
    return rows;
}

} // namespace palimpsest::pipeline
