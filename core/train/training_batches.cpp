#include "train/training_batches.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "model/random_stream.h"

namespace palimpsest::train {

namespace {

/// Fisher–Yates. std::shuffle may differ between standard libraries; this does not. The bias of the remainder
/// is below 2⁻³² for any list that fits in memory.
template <typename T>
void shuffle(std::vector<T>& items, std::uint64_t seed)
{
    for (std::size_t i = items.size(); i > 1; --i)
        std::swap(items[i - 1], items[model::randomBits(seed, i) % i]);
}

} // namespace

std::vector<std::vector<std::uint32_t>> trainingBatches(
    std::span<const std::size_t> lengths, std::size_t batchSize, std::uint64_t seed, std::uint64_t epoch)
{
    const std::uint64_t orderSeed = model::randomBits(seed, 2 * epoch);
    const std::uint64_t batchSeed = model::randomBits(seed, 2 * epoch + 1);
    std::vector<std::uint32_t> order(lengths.size());
    std::iota(order.begin(), order.end(), 0U);
    // Shuffled first, so that equal lengths meet in other company in every epoch.
    shuffle(order, orderSeed);
    std::stable_sort(order.begin(), order.end(),
        [&](std::uint32_t a, std::uint32_t b) { return lengths[a] < lengths[b]; });
    std::vector<std::vector<std::uint32_t>> batches;
    for (std::size_t begin = 0; begin < order.size(); begin += batchSize) {
        const std::size_t end = std::min(begin + batchSize, order.size());
        batches.emplace_back(order.begin() + static_cast<std::ptrdiff_t>(begin),
            order.begin() + static_cast<std::ptrdiff_t>(end));
    }
    shuffle(batches, batchSeed);
    return batches;
}

double learningRateFactor(std::size_t step, std::size_t steps, std::size_t warmUp)
{
    if (step < warmUp)
        return static_cast<double>(step + 1) / static_cast<double>(warmUp);
    return static_cast<double>(steps - step) / static_cast<double>(steps - warmUp);
}

} // namespace palimpsest::train
