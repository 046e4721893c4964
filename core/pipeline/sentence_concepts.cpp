#include "pipeline/sentence_concepts.h"

#include <algorithm>
#include <array>

#include "activation/extraction.h"
#include "pipeline/activation_files.h"
#include "pipeline/study.h"
#include "tokenizer/word_alignment.h"

namespace palimpsest::pipeline {

using project::Side;

namespace {

/// One model's view of the sentence: vectors of its words, layer by layer.
struct WordVectors {
    std::vector<std::int32_t> rowOfWord; ///< -1: no piece
    std::vector<std::vector<float>> layers; ///< [layer], row-major
    std::size_t hidden = 0;

    [[nodiscard]] std::span<const float> of(std::size_t layer, std::size_t word) const
    {
        return std::span(layers[layer]).subspan(static_cast<std::size_t>(rowOfWord[word]) * hidden, hidden);
    }
};

base::Result<WordVectors> vectorsOf(const OpenModel& model, std::span<const std::string_view> words,
    const std::vector<int>& layers, activation::Pooling pooling, const base::JobContext& ctx)
{
    auto pieces = tokenizer::encodeSentence(*model.tokenizer, words);
    if (pieces.ids.size() > model.maxPieces)
        pieces = tokenizer::cutTo(std::move(pieces), model.maxPieces);
    WordVectors vectors;
    vectors.hidden = model.model->config().hiddenSize;
    vectors.rowOfWord.assign(words.size(), -1);
    std::vector<activation::WantedWord> wanted;
    for (std::uint32_t word = 0; word < words.size(); ++word) {
        if (std::binary_search(pieces.wordsWithoutPiece.begin(), pieces.wordsWithoutPiece.end(), word))
            continue;
        vectors.rowOfWord[word] = static_cast<std::int32_t>(wanted.size());
        wanted.push_back({0, word});
    }
    std::vector<activation::Destination> destinations;
    vectors.layers.resize(layers.size());
    for (auto& layer : vectors.layers) {
        layer.resize(wanted.size() * vectors.hidden);
        destinations.emplace_back(std::span<float>(layer));
    }
    const std::array<model::SentencePieces, 1> sentence{{{pieces.ids, pieces.wordOfPiece}}};
    activation::ExtractOptions options;
    options.layers = layers;
    options.pooling = pooling;
    PALIMPSEST_CHECK(
        activation::extractActivations(*model.model, sentence, wanted, options, destinations, ctx));
    return vectors;
}

base::Result<concepts::Centroids> centroidsOf(
    const project::StudyResults& results, Side side, int layer, const concepts::ConceptSet& set)
{
    PALIMPSEST_TRY(matrix, openActivations(results.path(), side, layer, results.tokens()->size()));
    return concepts::Centroids::make(set, matrix.view());
}

void compareCell(ConceptCell& cell, const align::LayerComparison& comparison)
{
    const auto cells = comparison.overlap->cellsOfA(cell.base.id);
    const auto found = std::find_if(cells.begin(), cells.end(),
        [&](const align::OverlapCell& each) { return each.other == cell.fineTuned.id; });
    const double shared = found == cells.end() ? 0.0 : static_cast<double>(found->shared);
    cell.overlap = shared / static_cast<double>(comparison.overlap->sizeA(cell.base.id));
    const double back = shared / static_cast<double>(comparison.overlap->sizeB(cell.fineTuned.id));
    cell.leaves = std::max(cell.overlap, back) < comparison.alignment.theta;
}

} // namespace

base::Result<SentenceConcepts> locateWords(const TaskStudy& study, std::span<const std::string_view> words,
    std::size_t k, double theta, const std::string& device, const base::JobContext& ctx)
{
    const project::StudyResults& results = *study.results;
    PALIMPSEST_TRY(settings, studyFromValues(results.values()));
    PALIMPSEST_TRY(baseModel, openModelOf(results, Side::Base, device));
    SentenceConcepts located;
    located.layers = results.layers();
    PALIMPSEST_TRY(
        before, vectorsOf(baseModel, words, located.layers, settings.pooling, ctx.part(0.0, 0.05)));
    PALIMPSEST_TRY(
        after, vectorsOf(study.classifier, words, located.layers, settings.pooling, ctx.part(0.05, 0.1)));
    located.cells.resize(words.size());
    for (std::size_t l = 0; l < located.layers.size(); ++l) {
        if (ctx.stopRequested())
            return palimpsest::base::cancelled();
        ctx.progress(0.1 + 0.9 * static_cast<double>(l) / static_cast<double>(located.layers.size()),
            "Finding concepts in layer " + std::to_string(located.layers[l]));
        PALIMPSEST_TRY(comparison, results.compare(located.layers[l], located.layers[l], k, theta));
        PALIMPSEST_TRY(baseCentroids, centroidsOf(results, Side::Base, located.layers[l], *comparison->a));
        PALIMPSEST_TRY(
            fineTunedCentroids, centroidsOf(results, Side::FineTuned, located.layers[l], *comparison->b));
        for (std::size_t word = 0; word < words.size(); ++word) {
            if (before.rowOfWord[word] < 0 || after.rowOfWord[word] < 0)
                continue;
            ConceptCell cell;
            cell.base = baseCentroids.nearest(before.of(l, word));
            cell.fineTuned = fineTunedCentroids.nearest(after.of(l, word));
            compareCell(cell, *comparison);
            located.cells[word].push_back(cell);
        }
        located.comparisons.push_back(comparison);
    }
    return located;
}

} // namespace palimpsest::pipeline
