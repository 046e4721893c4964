#pragma once
// The figures of a paper, out of one or several projects: what Durrani et al. (2022) and their successors
// print. Thread: reentrant; call from a worker, the work is that of the core.

#include <memory>
#include <string>
#include <vector>

#include "base/job_context.h"
#include "figures/figure.h"
#include "project/study_results.h"

namespace palimpsest::app {

struct PaperOptions {
    std::size_t k = 0; ///< 0: each project's own
    double theta = 0.0; ///< 0: each project's own
    int layer = -1; ///< of examples; -1: where most is written over
    std::string labels; ///< only this label set; empty: all
    std::vector<std::string> words; ///< of examples; empty: the largest task concepts, then the largest ones
};

using PaperProject = std::shared_ptr<const project::StudyResults>;

/// Share of the base model's concepts that are aligned in the fine-tuned model's same layer (kept or merged),
/// by layer; a line for each project.
[[nodiscard]] base::Result<Figure> overlapFigure(
    const std::vector<PaperProject>& projects, const PaperOptions& options, const base::JobContext& ctx);

/// Concepts that are aligned with a label, by layer: base dashed, fine-tuned solid, a colour for each label
/// set; a chart for each project. Fails with NotFound where a project has no label set, or not this one.
[[nodiscard]] base::Result<Figure> humanConceptsFigure(
    const std::vector<PaperProject>& projects, const PaperOptions& options, const base::JobContext& ctx);

/// Task concepts by class and layer: base dashed, fine-tuned solid; a chart for each project. Fails with
/// NotFound where a corpus has no classes.
[[nodiscard]] base::Result<Figure> taskConceptsFigure(
    const std::vector<PaperProject>& projects, const PaperOptions& options, const base::JobContext& ctx);

/// Concepts of one project's layer as word clouds beside each other: six at most, or those of `words` in both
/// models. Fails with NotFound where a word does not occur.
[[nodiscard]] base::Result<Figure> examplesFigure(
    const PaperProject& project, const PaperOptions& options, const base::JobContext& ctx);

/// Flip rates of triggers beside their controls, from what `palimpsest triggers --json` printed. Fails with
/// Unreadable or Malformed.
[[nodiscard]] base::Result<Figure> triggersFigure(const std::string& jsonFile);

/// What all figures of these projects say of their origin.
[[nodiscard]] QList<QPair<QString, QString>> paperParameters(
    const std::vector<PaperProject>& projects, const PaperOptions& options);

} // namespace palimpsest::app
