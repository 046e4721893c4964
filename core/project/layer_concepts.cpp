#include "project/layer_concepts.h"

#include <string>

namespace palimpsest::project {

LayerConcepts::LayerConcepts(std::shared_ptr<const StudyResults> results, std::size_t k)
    : m_results(std::move(results))
    , m_k(k)
{
}

base::Result<std::shared_ptr<const concepts::ConceptSet>> LayerConcepts::get(Side side, int layer)
{
    const std::pair key(side, layer);
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto found = m_sets.find(key); found != m_sets.end())
            return found->second;
    }
    PALIMPSEST_TRY(linkage, m_results->linkage(side, layer));
    auto made = concepts::ConceptSet::make(m_results->tokens(), cluster::cut(*linkage, m_k));
    const std::scoped_lock lock(m_mutex);
    return m_sets.emplace(key, std::move(made)).first->second; // another thread's, if it was faster
}

base::Result<std::vector<std::shared_ptr<const align::LayerPair>>> LayerConcepts::compareRow(
    Side rowSide, int row, Side columnSide, std::span<const int> columns, const base::JobContext& ctx)
{
    std::vector<std::shared_ptr<const align::LayerPair>> pairs;
    PALIMPSEST_TRY(a, get(rowSide, row));
    for (const int column : columns) {
        if (ctx.stopRequested())
            return base::cancelled();
        ctx.progress(static_cast<double>(pairs.size()) / static_cast<double>(columns.size()),
            "Comparing layer " + std::to_string(row) + " with layer " + std::to_string(column));
        PALIMPSEST_TRY(b, get(columnSide, column));
        const auto overlap = align::Overlap::make(*a, *b, align::Measure::Occurrence);
        pairs.push_back(std::make_shared<const align::LayerPair>(align::makeLayerPair(*overlap)));
    }
    return pairs;
}

} // namespace palimpsest::project
