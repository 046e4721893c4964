#pragma once
// Makes what the label figure draws from the results of the layers. Thread: reentrant; call from a worker.

#include <memory>
#include <string>
#include <vector>

#include "bridge/label_results.h"
#include "bridge/selection.h"
#include "figures/label_matrix.h"

namespace palimpsest::app {

/// Which labels are rows, in which order, and which models are columns.
struct LabelMatrixOptions {
    enum class Rows { All, Carried, Bare }; ///< Bare: no concept of the shown models carries it in any layer
    enum class Sort { Concepts, Frequency, Name, Change, Column };
    std::size_t set = 0;
    Rows rows = Rows::Carried;
    Sort sort = Sort::Concepts;
    int sortedLayer = -1; ///< for Sort::Column, and for Sort::Change the layer whose models are compared
    Selection::Side sortedSide = Selection::Base;
    Selection::Shown shown = Selection::ShowBoth;
    std::string text; ///< only labels that contain it, letter case of ASCII ignored
};

struct LabelMatrixLayer {
    std::shared_ptr<const LayerLabels> labels;
    std::shared_ptr<const LabelChance> chance; ///< null while unknown
};

/// `layers` ascending, all of the same sets. Ties are settled by frequency, then by the label's id.
[[nodiscard]] std::shared_ptr<const LabelMatrix> makeLabelMatrix(
    const std::vector<LabelMatrixLayer>& layers, const LabelMatrixOptions& options);

} // namespace palimpsest::app
