#pragma once
// The order in which training sees its examples.
// Thread: reentrant.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace palimpsest::train {

/// Batches of `batchSize` examples of similar length, in random order; a function of lengths, seed and epoch
/// alone. The last batch by length may be smaller. Every example is in exactly one batch.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> trainingBatches(
    std::span<const std::size_t> lengths, std::size_t batchSize, std::uint64_t seed, std::uint64_t epoch);

/// Factor of the learning rate in step 0..steps-1: rises linearly to 1 over warmUp steps, then falls linearly
/// so that step `steps` would have 0.
[[nodiscard]] double learningRateFactor(std::size_t step, std::size_t steps, std::size_t warmUp);

} // namespace palimpsest::train
