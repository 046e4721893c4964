#include "align/word_path.h"

#include <algorithm>

namespace palimpsest::align {

namespace {

WordStand standIn(const concepts::ConceptSet& concepts, std::span<const base::TokenId> occurrences)
{
    const auto shares = concepts::conceptsOfOccurrences(concepts, occurrences);
    if (shares.empty())
        return {};
    return {shares.front().id, shares.front().count, static_cast<std::uint32_t>(shares.size())};
}

bool goTogether(const LayerComparison& layer, base::TokenId token)
{
    const base::ClusterId a = layer.a->conceptOf(token);
    const base::ClusterId b = layer.b->conceptOf(token);
    return layer.alignment.a[base::toIndex(a)].counterpart == b
        || layer.alignment.b[base::toIndex(b)].counterpart == a;
}

/// Adds what every other word shares with `word` in the concepts of one model.
void addShared(const concepts::ConceptSet& concepts, const concepts::WordIndex& index, base::WordId word,
    std::vector<double>& sums)
{
    const auto occurrences = index.occurrences(word);
    const auto total = static_cast<double>(occurrences.size());
    for (const auto& [id, count] : concepts::conceptsOfOccurrences(concepts, occurrences)) {
        const double share = count / total;
        for (const auto& [other, otherCount] : concepts.words(id)) {
            const double otherShare = otherCount / static_cast<double>(index.occurrences(other).size());
            sums[base::toIndex(other)] += std::min(share, otherShare);
        }
    }
}

double intersection(
    const concepts::ConceptSet& concepts, const concepts::WordIndex& index, base::WordId a, base::WordId b)
{
    const auto ofA = concepts::conceptsOfOccurrences(concepts, index.occurrences(a));
    std::vector<double> shares(concepts.conceptCount(), 0.0);
    for (const auto& [id, count] : ofA)
        shares[base::toIndex(id)] = count / static_cast<double>(index.occurrences(a).size());
    double sum = 0.0;
    for (const auto& [id, count] : concepts::conceptsOfOccurrences(concepts, index.occurrences(b)))
        sum += std::min(shares[base::toIndex(id)], count / static_cast<double>(index.occurrences(b).size()));
    return sum;
}

} // namespace

std::vector<WordStep> wordPath(std::span<const std::shared_ptr<const LayerComparison>> layers,
    std::span<const base::TokenId> occurrences)
{
    std::vector<WordStep> path;
    for (const auto& layer : layers) {
        WordStep step;
        step.layer = layer->layerA;
        step.base = standIn(*layer->a, occurrences);
        step.fineTuned = standIn(*layer->b, occurrences);
        step.occurrences = static_cast<std::uint32_t>(occurrences.size());
        step.stayed = static_cast<std::uint32_t>(std::count_if(occurrences.begin(), occurrences.end(),
            [&](base::TokenId token) { return goTogether(*layer, token); }));
        path.push_back(step);
    }
    return path;
}

std::optional<std::size_t> leavesBaseAt(std::span<const WordStep> path)
{
    std::size_t first = path.size();
    while (first > 0 && path[first - 1].stayedShare() < 0.5)
        --first;
    return first < path.size() ? std::optional(first) : std::nullopt;
}

std::vector<NearWord> nearestWords(std::span<const std::shared_ptr<const LayerComparison>> layers,
    const concepts::WordIndex& index, base::WordId word, std::size_t minimumCount, std::size_t limit)
{
    std::vector<double> sums(index.tokens()->corpus().parts().vocabulary.size(), 0.0);
    for (const auto& layer : layers) {
        addShared(*layer->a, index, word, sums);
        addShared(*layer->b, index, word, sums);
    }
    std::vector<NearWord> near;
    for (std::size_t at = 0; at < sums.size(); ++at) {
        const auto other = base::toId<base::WordId>(at);
        if (sums[at] > 0.0 && other != word && index.occurrences(other).size() >= minimumCount)
            near.push_back({other, sums[at] / (2.0 * static_cast<double>(layers.size()))});
    }
    std::stable_sort(near.begin(), near.end(),
        [](const NearWord& a, const NearWord& b) { return a.similarity > b.similarity; });
    near.resize(std::min(near.size(), limit));
    return near;
}

std::vector<double> wordSimilarity(std::span<const std::shared_ptr<const LayerComparison>> layers,
    const concepts::WordIndex& index, base::WordId a, base::WordId b)
{
    std::vector<double> similarity;
    for (const auto& layer : layers) {
        similarity.push_back(intersection(*layer->a, index, a, b));
        similarity.push_back(intersection(*layer->b, index, a, b));
    }
    return similarity;
}

} // namespace palimpsest::align
