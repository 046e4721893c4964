#include "pipeline/cost.h"

#include <algorithm>

#include "cluster/ward.h"

namespace palimpsest::pipeline {

Cost costOf(const model::ModelConfig& config, std::size_t words, std::size_t rows, const std::string& device)
{
    // Subwords of an English word, special pieces included, as MiniLM's vocabulary cuts SST-2.
    constexpr double kPiecesPerWord = 1.3;
    // Products of an encoder layer are small; they reach about this share of the speed of large ones.
    constexpr double kEncoderEfficiency = 0.5;
    // wardLinkage takes about this many times n²·d multiplications (ward.h).
    constexpr double kWardFactor = 1.3;
    constexpr std::size_t kProbeRows = 20000;

    Cost cost;
    const auto ward = cluster::estimateWard(std::max<std::size_t>(rows, 2), config.hiddenSize, device);
    cost.clustering = ward.seconds;
    cost.clusteringBytes = ward.bytes;

    const auto hidden = static_cast<double>(config.hiddenSize);
    const auto layers = static_cast<double>(config.layerCount);
    const double layerWeights
        = 4.0 * hidden * hidden + 2.0 * hidden * static_cast<double>(config.intermediateSize);
    const double probeSeconds
        = std::max(cluster::estimateWard(kProbeRows, config.hiddenSize, "cpu").seconds, 1e-9);
    const double multiplicationsPerSecond = kWardFactor * static_cast<double>(kProbeRows)
        * static_cast<double>(kProbeRows) * hidden / probeSeconds;
    cost.extraction = static_cast<double>(words) * kPiecesPerWord * layers * layerWeights
        / (kEncoderEfficiency * multiplicationsPerSecond);

    const double embedding = static_cast<double>(config.vocabularySize + config.maxPositions)
        * static_cast<double>(config.embeddingSize);
    constexpr double kBytesPerWord = 24.0; // words, pieces and their places
    cost.extractionBytes = static_cast<std::uint64_t>(
        4.0 * (embedding + layers * layerWeights) + kBytesPerWord * static_cast<double>(words));
    return cost;
}

} // namespace palimpsest::pipeline
