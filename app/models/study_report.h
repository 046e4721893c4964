#pragma once
// The whole study as a document: what was done, with which parameters, what was found.
// Thread: GUI (translations); O(concepts of all layers).

#include <memory>
#include <vector>

#include "align/layer_comparison.h"
#include "pipeline/kept_triggers.h"
#include "project/annotation.h"
#include "project/study_results.h"
#include "publish/document.h"

namespace palimpsest::app {

/// What a report is made of; all of one project at one K and θ.
struct ReportSources {
    std::shared_ptr<const project::StudyResults> results;
    std::vector<align::LayerSummary> summaries; ///< all layers, ascending
    std::vector<std::shared_ptr<const align::LayerComparison>> layers; ///< the same layers
    double theta = 0.0;
    std::vector<project::Annotation> annotations;
    std::vector<pipeline::KeptTriggers> triggers; ///< the newest last
    std::vector<std::pair<QString, QString>> fingerprints; ///< of the stages, by name
    QList<Figure> figures; ///< in the order in which they are to stand
};

/// Words are as they may be shown now (WordMask). The same sources give the same document.
[[nodiscard]] Document studyReport(const ReportSources& sources);

} // namespace palimpsest::app
