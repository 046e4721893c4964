#include "concept_fixture.h"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace palimpsest::testing {

namespace {

template <typename T>
T valueOf(base::Result<T> result)
{
    if (!result)
        throw std::runtime_error(result.error().message);
    return std::move(result).value();
}

using Sentences = std::vector<std::pair<std::vector<std::string>, int>>;

std::shared_ptr<const corpus::TokenTable> makeTokens(
    const Sentences& sentences, std::vector<std::string> classNames)
{
    corpus::CorpusParts parts;
    parts.classNames = std::move(classNames);
    parts.sentenceStart = {0};
    std::vector<corpus::Token> rows;
    std::map<std::string, std::uint32_t> ids;
    for (std::size_t s = 0; s < sentences.size(); ++s) {
        std::uint32_t position = 0;
        for (const std::string& word : sentences[s].first) {
            const auto id = ids.emplace(word, static_cast<std::uint32_t>(ids.size())).first->second;
            if (id == parts.vocabulary.size())
                parts.vocabulary.push_back(word);
            parts.words.push_back(id);
            rows.push_back(
                {base::toId<base::SentenceId>(s), position++, base::toId<base::WordId>(std::size_t{id})});
        }
        parts.sentenceStart.push_back(static_cast<std::uint32_t>(parts.words.size()));
        parts.sentenceClass.push_back(sentences[s].second);
        parts.sourceLine.push_back(static_cast<std::uint32_t>(s + 2));
    }
    auto corpus = valueOf(corpus::Corpus::fromParts(std::move(parts)));
    return valueOf(corpus::TokenTable::fromRows(std::move(corpus), std::move(rows)));
}

std::shared_ptr<const concepts::ConceptSet> makeConcepts(
    const std::shared_ptr<const corpus::TokenTable>& tokens, const Clusters& clusters)
{
    cluster::Partition partition;
    for (const int id : clusters.of)
        partition.clusterOf.push_back(base::toId<base::ClusterId>(static_cast<std::size_t>(id)));
    partition.clusterCount = static_cast<std::size_t>(*std::ranges::max_element(clusters.of)) + 1;
    return concepts::ConceptSet::make(tokens, std::move(partition));
}

std::vector<base::ClusterId> inOrder(std::size_t count)
{
    std::vector<base::ClusterId> order;
    for (std::size_t i = 0; i < count; ++i)
        order.push_back(base::toId<base::ClusterId>(i));
    return order;
}

} // namespace

std::shared_ptr<const corpus::TokenTable> reviewTokens()
{
    return makeTokens({{{"a", "bad", "film"}, 0}, {{"bad", "plot", "and", "bad", "acting"}, 0},
                          {{"a", "good", "film"}, 1}, {{"good", "acting", "and", "a", "great", "plot"}, 1},
                          {{"great", "great", "film"}, 1}, {{"awful", "film", "<b>"}, 0}},
        {"negative", "positive"});
}

Clusters byKind()
{
    return {{0, 1, 2, 1, 2, 0, 1, 2, 0, 1, 2, 1, 2, 0, 0, 1, 2, 1, 1, 2, 1, 2, 0}};
}

Clusters byKindAndClass()
{
    return {{0, 1, 2, 1, 2, 0, 1, 2, 0, 3, 2, 3, 2, 0, 0, 3, 2, 3, 3, 2, 1, 2, 0}};
}

Clusters byKindAndFilm()
{
    return {{0, 1, 2, 1, 3, 0, 1, 3, 0, 1, 2, 1, 3, 0, 0, 1, 3, 1, 1, 2, 1, 2, 0}};
}

Clusters nounsOrNot()
{
    return {{0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0}};
}

Comparison compare(const std::shared_ptr<const corpus::TokenTable>& tokens, const Clusters& baseClusters,
    const Clusters& fineTuned, double theta, int layer)
{
    auto comparison = std::make_shared<align::LayerComparison>();
    comparison->layerA = comparison->layerB = layer;
    comparison->a = makeConcepts(tokens, baseClusters);
    comparison->b = makeConcepts(tokens, fineTuned);
    comparison->k = comparison->a->conceptCount();
    comparison->overlap = align::Overlap::make(*comparison->a, *comparison->b, align::Measure::Occurrence);
    comparison->alignment = align::align(*comparison->overlap, theta);
    comparison->orderA = inOrder(comparison->a->conceptCount());
    comparison->orderB = inOrder(comparison->b->conceptCount());
    return comparison;
}

Comparison largeComparison(std::size_t k, std::size_t changedFrom, double theta)
{
    std::vector<std::string> words;
    Clusters base, fineTuned;
    for (std::size_t i = 0; i < 2 * k; ++i) {
        words.push_back("w" + std::to_string(i / 2));
        const std::size_t place = i / 2;
        base.of.push_back(static_cast<int>(place));
        const bool moves = place >= changedFrom && i % 2 == 1;
        fineTuned.of.push_back(static_cast<int>(moves ? std::min(place + 1, k - 1) : place));
    }
    return compare(makeTokens({{words, corpus::kNoClass}}, {}), base, fineTuned, theta);
}

} // namespace palimpsest::testing
