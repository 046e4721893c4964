#pragma once
// What the parts of a run take: for estimates and for the weights of progress; private to this module.
// Thread: reentrant; measures a product for a moment.

#include <cstddef>
#include <cstdint>
#include <string>

#include "model/model_config.h"

namespace palimpsest::pipeline {

/// Seconds on this machine, rough.
struct Cost {
    double extraction = 0.0; ///< one model over the corpus, whatever the number of layers
    double clustering = 0.0; ///< one layer of one model
    std::uint64_t extractionBytes = 0; ///< peak memory, activations left out
    std::uint64_t clusteringBytes = 0; ///< likewise
};

/// `words`: all words of the corpus. `rows`: occurrences that are clustered, on `device`; extraction is that
/// of the processor.
[[nodiscard]] Cost costOf(
    const model::ModelConfig& config, std::size_t words, std::size_t rows, const std::string& device);

} // namespace palimpsest::pipeline
