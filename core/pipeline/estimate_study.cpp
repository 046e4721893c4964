#include <algorithm>

#include "corpus/reader.h"
#include "pipeline/cost.h"
#include "pipeline/prepared_study.h"
#include "pipeline/run_study.h"

namespace palimpsest::pipeline {

base::Result<StudyEstimate> estimateStudy(const Study& study, const base::JobContext& ctx)
{
    ctx.progress(0.0, "Looking at the models");
    PALIMPSEST_TRY(prepared, prepareStudy(study));
    if (ctx.stopRequested())
        return base::cancelled();
    PALIMPSEST_TRY(
        corpus, corpus::readCorpus(prepared.study.corpus, prepared.study.reading, ctx.part(0.2, 0.9)));
    PALIMPSEST_TRY(tokens, corpus::filterOccurrences(corpus, prepared.study.frequency, {}));
    const auto& config = prepared.model(project::Side::Base).config;
    const Cost cost = costOf(config, corpus->wordCount(), tokens->size(), prepared.study.device);

    StudyEstimate estimate;
    estimate.sentences = corpus->sentenceCount();
    estimate.occurrences = tokens->size();
    estimate.layers = prepared.layers;
    estimate.hiddenSize = config.hiddenSize;
    const auto layerCount = static_cast<double>(prepared.layers.size());
    estimate.seconds = 2.0 * (cost.extraction + layerCount * cost.clustering);
    const std::uint64_t layerValues = std::uint64_t{tokens->size()} * config.hiddenSize;
    const std::uint64_t layerBytes = layerValues * sizeof(float);
    estimate.cacheBytes
        = 2 * prepared.layers.size() * layerValues * tensorfile::elementSize(prepared.study.store);
    estimate.memoryBytes = std::max(cost.extractionBytes, layerBytes + cost.clusteringBytes);
    ctx.progress(1.0, "Estimated");
    return estimate;
}

} // namespace palimpsest::pipeline
