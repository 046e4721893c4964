#include "model/batch_planner.h"

#include <algorithm>

namespace palimpsest::model {

std::vector<std::vector<std::uint32_t>> planBatches(
    std::span<const std::size_t> lengths, std::size_t tokenBudget)
{
    std::vector<std::uint32_t> order;
    order.reserve(lengths.size());
    for (std::uint32_t i = 0; i < lengths.size(); ++i) {
        if (lengths[i] > 0)
            order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(),
        [&](std::uint32_t a, std::uint32_t b) { return lengths[a] > lengths[b]; });

    std::vector<std::vector<std::uint32_t>> batches;
    std::size_t pieces = 0;
    for (const std::uint32_t sentence : order) {
        if (batches.empty() || pieces + lengths[sentence] > tokenBudget) {
            batches.emplace_back();
            pieces = 0;
        }
        batches.back().push_back(sentence);
        pieces += lengths[sentence];
    }
    return batches;
}

} // namespace palimpsest::model
