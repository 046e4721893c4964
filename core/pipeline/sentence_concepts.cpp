#include "pipeline/sentence_concepts.h"

#include <algorithm>
#include <array>
#include <utility>

#include "activation/extraction.h"
#include "pipeline/activation_files.h"
#include "pipeline/study.h"
#include "pipeline/typed_sentence.h"

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
    std::size_t firstTextWords, const std::vector<int>& layers, activation::Pooling pooling,
    const base::JobContext& ctx)
{
    const auto pieces = encodeCut(*model.tokenizer, words, model.maxPieces, firstTextWords);
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
    const std::array<model::SentencePieces, 1> sentence{{{pieces.ids, pieces.wordOfPiece, pieces.types}}};
    activation::ExtractOptions options;
    options.layers = layers;
    options.pooling = pooling;
    PALIMPSEST_CHECK(
        activation::extractActivations(*model.model, sentence, wanted, options, destinations, ctx));
    return vectors;
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

ConceptLocator::ConceptLocator(std::shared_ptr<const project::StudyResults> results, OpenModel fineTuned,
    std::string device, std::filesystem::path baseFolder)
    : m_results(std::move(results))
    , m_fineTuned(std::move(fineTuned))
    , m_device(std::move(device))
    , m_baseFolder(std::move(baseFolder))
{
}

base::Result<OpenModel> ConceptLocator::baseModel()
{
    const std::scoped_lock lock(m_mutex);
    return openBase();
}

base::Result<OpenModel> ConceptLocator::openBase()
{
    if (!m_base.model) {
        PALIMPSEST_TRY(opened, openModelOf(*m_results, Side::Base, m_device, m_baseFolder));
        m_base = std::move(opened);
    }
    return m_base;
}

base::Result<std::shared_ptr<const concepts::Centroids>> ConceptLocator::centroids(
    Side side, int layer, const std::shared_ptr<const concepts::ConceptSet>& concepts)
{
    Place& place = m_places[{side, layer}];
    if (place.concepts != concepts) {
        PALIMPSEST_TRY(matrix, openActivations(m_results->path(), side, layer, m_results->tokens()->size()));
        PALIMPSEST_TRY(made, concepts::Centroids::make(*concepts, matrix.view()));
        place = {concepts, std::make_shared<const concepts::Centroids>(std::move(made))};
    }
    return place.centroids;
}

base::Result<SentenceConcepts> ConceptLocator::locate(std::span<const std::string_view> words,
    const LayerSource& layers, const base::JobContext& ctx, std::size_t firstTextWords)
{
    const std::scoped_lock lock(m_mutex);
    PALIMPSEST_TRY(settings, studyFromValues(m_results->values()));
    PALIMPSEST_TRY(baseModel, openBase());
    SentenceConcepts located;
    located.layers = m_results->layers();
    PALIMPSEST_TRY(before,
        vectorsOf(baseModel, words, firstTextWords, located.layers, settings.pooling, ctx.part(0.0, 0.05)));
    PALIMPSEST_TRY(after,
        vectorsOf(m_fineTuned, words, firstTextWords, located.layers, settings.pooling, ctx.part(0.05, 0.1)));
    located.cells.resize(words.size());
    for (std::size_t l = 0; l < located.layers.size(); ++l) {
        if (ctx.stopRequested())
            return palimpsest::base::cancelled();
        const int layer = located.layers[l];
        ctx.progress(0.1 + 0.9 * static_cast<double>(l) / static_cast<double>(located.layers.size()),
            "Finding concepts in layer " + std::to_string(layer));
        PALIMPSEST_TRY(comparison, layers(layer));
        PALIMPSEST_TRY(baseCentroids, centroids(Side::Base, layer, comparison->a));
        PALIMPSEST_TRY(fineTunedCentroids, centroids(Side::FineTuned, layer, comparison->b));
        for (std::size_t word = 0; word < words.size(); ++word) {
            if (before.rowOfWord[word] < 0 || after.rowOfWord[word] < 0)
                continue;
            ConceptCell cell;
            cell.base = baseCentroids->nearest(before.of(l, word));
            cell.fineTuned = fineTunedCentroids->nearest(after.of(l, word));
            compareCell(cell, *comparison);
            located.cells[word].push_back(cell);
        }
        located.comparisons.push_back(comparison);
    }
    return located;
}

base::Result<SentenceConcepts> locateWords(const TaskStudy& study, std::span<const std::string_view> words,
    std::size_t k, double theta, const std::string& device, const base::JobContext& ctx)
{
    ConceptLocator locator(study.results, study.classifier, device);
    const auto layers = [&](int layer) { return study.results->compare(layer, layer, k, theta); };
    return locator.locate(words, layers, ctx);
}

} // namespace palimpsest::pipeline
