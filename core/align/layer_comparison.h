#pragma once
// One layer of the base model against one layer of the fine-tuned model at one K and θ: what a view shows.
// Thread: immutable; share by shared_ptr<const LayerComparison>.

#include <memory>
#include <vector>

#include "align/alignment.h"
#include "cluster/linkage.h"
#include "concepts/concept_set.h"

namespace palimpsest::align {

struct LayerComparison {
    int layerA = 0;
    int layerB = 0;
    std::size_t k = 0; ///< after clamping to the number of occurrences
    Measure measure = Measure::Occurrence;
    std::shared_ptr<const concepts::ConceptSet> a; ///< base
    std::shared_ptr<const concepts::ConceptSet> b; ///< fine-tuned
    std::shared_ptr<const Overlap> overlap;
    Alignment alignment;
    /// Concepts in an order that shows structure: A as the merge tree hangs, B by where its counterparts
    /// stand in A.
    std::vector<base::ClusterId> orderA, orderB;
};

/// Cuts both linkages at `k`, compares the concepts and orders them.
[[nodiscard]] std::shared_ptr<const LayerComparison> compareLayers(
    const std::shared_ptr<const corpus::TokenTable>& tokens, int layerA, const cluster::Linkage& linkageA,
    int layerB, const cluster::Linkage& linkageB, std::size_t k, double theta, Measure measure);

/// The same concepts at another θ: shares everything but the alignment.
[[nodiscard]] std::shared_ptr<const LayerComparison> withTheta(
    const LayerComparison& comparison, double theta);

/// The numbers of one layer for the overview's curves.
struct LayerSummary {
    int layer = 0;
    std::size_t k = 0;
    std::array<std::size_t, kStatusCount> statusA{}; ///< base concepts by what became of them
    std::array<std::size_t, kStatusCount> statusB{}; ///< fine-tuned concepts by where they come from
    std::vector<std::size_t> taskA, taskB; ///< task concepts per class (concepts::countTaskConcepts)
    [[nodiscard]] double keptShare() const; ///< kept base concepts / base concepts, 0..1
    [[nodiscard]] double taskShareA() const; ///< task concepts of all classes / concepts, 0..1
    [[nodiscard]] double taskShareB() const;
};

[[nodiscard]] LayerSummary summarize(const LayerComparison& comparison);

/// What fine-tuning did, in numbers for one sentence.
struct Finding {
    std::size_t takeoverIndex
        = 0; ///< first of the layers whose kept share is below half of the first layer's; else layers.size()
    std::size_t lowestKeptIndex = 0;
    std::size_t strongestTaskIndex = 0; ///< layer with the most task concepts in the fine-tuned model
};

/// `layers` in ascending order, not empty.
[[nodiscard]] Finding findTakeover(const std::vector<LayerSummary>& layers);
/// The layer from which on fine-tuning writes over the base model; the last one where it does not. As above.
[[nodiscard]] int takeoverLayer(const std::vector<LayerSummary>& layers);

} // namespace palimpsest::align
