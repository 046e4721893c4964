#pragma once
// The concepts of every layer of both models at one K, made when first asked for, and layers compared with
// each other. Thread: safe from several threads.

#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "align/layer_pairs.h"
#include "base/job_context.h"
#include "project/study_results.h"

namespace palimpsest::project {

class LayerConcepts {
public:
    LayerConcepts(std::shared_ptr<const StudyResults> results, std::size_t k);

    [[nodiscard]] std::size_t k() const { return m_k; }
    /// Fails as StudyResults::linkage.
    [[nodiscard]] base::Result<std::shared_ptr<const concepts::ConceptSet>> get(Side side, int layer);

    /// Layer `row` of one model against `columns` of a model, in their order: one pass over the occurrences
    /// for each. Fails as get(), and with Cancelled.
    [[nodiscard]] base::Result<std::vector<std::shared_ptr<const align::LayerPair>>> compareRow(
        Side rowSide, int row, Side columnSide, std::span<const int> columns, const base::JobContext& ctx);

private:
    std::shared_ptr<const StudyResults> m_results;
    std::size_t m_k;
    std::mutex m_mutex; ///< guards m_sets
    std::map<std::pair<Side, int>, std::shared_ptr<const concepts::ConceptSet>> m_sets;
};

} // namespace palimpsest::project
