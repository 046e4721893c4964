#include "pipeline/trigger_candidates.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/interval.h"
#include "cluster/random_draws.h"

namespace palimpsest::pipeline {

std::vector<std::uint32_t> wordCounts(const corpus::Corpus& corpus)
{
    std::vector<std::uint32_t> counts(corpus.parts().vocabulary.size(), 0);
    for (const std::uint32_t word : corpus.parts().words)
        ++counts[word];
    return counts;
}

std::vector<TriggerCandidate> polarWords(const concepts::ConceptSet& concepts,
    std::span<const concepts::Polarity> polarities, std::span<const base::ClusterId> chosen,
    std::size_t target, std::size_t most)
{
    struct Evidence {
        double inside = 0.0; ///< occurrences in chosen concepts
        double against = 0.0; ///< in task concepts of other classes
        std::size_t firstConcept = 0;
    };
    std::map<base::WordId, Evidence> evidence;
    for (std::size_t rank = 0; rank < chosen.size(); ++rank) {
        for (const concepts::WordCount& entry : concepts.words(chosen[rank])) {
            const auto [place, isNew] = evidence.try_emplace(entry.word);
            if (isNew)
                place->second.firstConcept = rank;
            place->second.inside += entry.count;
        }
    }
    for (std::size_t i = 0; i < polarities.size(); ++i) {
        if (!polarities[i].task || polarities[i].best == target)
            continue;
        for (const concepts::WordCount& entry : concepts.words(base::toId<base::ClusterId>(i))) {
            if (const auto found = evidence.find(entry.word); found != evidence.end())
                found->second.against += entry.count;
        }
    }
    struct Scored {
        TriggerCandidate candidate;
        double low;
        std::size_t rank;
    };
    std::vector<Scored> scored;
    for (const auto& [word, seen] : evidence) {
        const double all = seen.inside + seen.against;
        scored.push_back({{{word}, chosen[seen.firstConcept]},
            base::wilsonInterval(seen.inside / all, all).low, seen.firstConcept});
    }
    std::stable_sort(scored.begin(), scored.end(),
        [](const Scored& a, const Scored& b) { return a.low != b.low ? a.low > b.low : a.rank < b.rank; });
    std::vector<TriggerCandidate> result;
    for (std::size_t i = 0; i < std::min(most, scored.size()); ++i)
        result.push_back(std::move(scored[i].candidate));
    return result;
}

std::vector<TriggerCandidate> polarPhrases(
    const concepts::ConceptSet& concepts, std::span<const base::ClusterId> chosen, std::size_t most)
{
    using Phrase = std::vector<base::WordId>;
    struct Seen {
        std::size_t count = 0;
        std::size_t rank = 0;
    };
    std::map<Phrase, Seen> seen;
    for (std::size_t rank = 0; rank < chosen.size(); ++rank) {
        const auto members = concepts.members(chosen[rank]);
        for (std::size_t i = 0; i < members.size(); ++i) {
            Phrase phrase;
            for (std::size_t j = i; j < members.size() && phrase.size() < 3; ++j) {
                const corpus::Token& token = concepts.tokens().token(members[j]);
                const corpus::Token& first = concepts.tokens().token(members[i]);
                if (token.sentence != first.sentence || token.position != first.position + (j - i))
                    break;
                phrase.push_back(token.word);
                if (phrase.size() >= 2) {
                    Seen& entry = seen.try_emplace(phrase, Seen{0, rank}).first->second;
                    ++entry.count;
                }
            }
        }
    }
    std::vector<std::pair<Phrase, Seen>> phrases;
    for (const auto& entry : seen) {
        if (entry.second.count >= 2)
            phrases.push_back(entry);
    }
    std::stable_sort(phrases.begin(), phrases.end(),
        [](const auto& a, const auto& b) { return a.second.count > b.second.count; });
    std::vector<TriggerCandidate> result;
    for (std::size_t i = 0; i < std::min(most, phrases.size()); ++i)
        result.push_back({phrases[i].first, chosen[phrases[i].second.rank]});
    return result;
}

std::vector<TriggerCandidate> frequencyMatched(std::span<const TriggerCandidate> candidates,
    std::span<const base::WordId> pool, std::span<const std::uint32_t> counts, std::uint64_t seed)
{
    constexpr std::size_t kNearest = 20;
    std::set<base::WordId> used;
    for (const TriggerCandidate& candidate : candidates)
        used.insert(candidate.words.begin(), candidate.words.end());
    std::vector<base::WordId> free;
    std::copy_if(pool.begin(), pool.end(), std::back_inserter(free),
        [&](base::WordId word) { return !used.contains(word); });
    cluster::RandomDraws draws(seed);
    const auto distance = [&](base::WordId word, double wanted) {
        return std::abs(std::log(static_cast<double>(counts[base::toIndex(word)]) / wanted));
    };
    std::vector<TriggerCandidate> result;
    for (const TriggerCandidate& candidate : candidates) {
        TriggerCandidate matched;
        for (const base::WordId word : candidate.words) {
            if (free.empty())
                return result;
            const auto wanted = static_cast<double>(counts[base::toIndex(word)]);
            // Ties in frequency are many: they are drawn from as a whole, or low word ids would be favoured.
            std::vector<std::size_t> order(free.size());
            for (std::size_t i = 0; i < order.size(); ++i)
                order[i] = i;
            const std::size_t nearest = std::min(kNearest, order.size());
            std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(nearest - 1),
                order.end(), [&](std::size_t a, std::size_t b) {
                    return std::pair(distance(free[a], wanted), a) < std::pair(distance(free[b], wanted), b);
                });
            const double farthest = distance(free[order[nearest - 1]], wanted);
            std::vector<std::size_t> near;
            for (std::size_t i = 0; i < free.size(); ++i) {
                if (distance(free[i], wanted) <= farthest)
                    near.push_back(i);
            }
            const std::size_t drawn = near[draws.below(near.size())];
            matched.words.push_back(free[drawn]);
            free.erase(free.begin() + static_cast<std::ptrdiff_t>(drawn));
        }
        result.push_back(std::move(matched));
    }
    return result;
}

std::vector<base::WordId> nonPolarWords(
    const concepts::ConceptSet& concepts, std::span<const concepts::Polarity> polarities)
{
    const std::size_t words = concepts.tokens().corpus().parts().vocabulary.size();
    std::vector<bool> seen(words, false), polar(words, false);
    for (std::size_t i = 0; i < polarities.size(); ++i) {
        for (const concepts::WordCount& entry : concepts.words(base::toId<base::ClusterId>(i))) {
            seen[base::toIndex(entry.word)] = true;
            if (polarities[i].task)
                polar[base::toIndex(entry.word)] = true;
        }
    }
    std::vector<base::WordId> result;
    for (std::size_t word = 0; word < words; ++word) {
        if (seen[word] && !polar[word])
            result.push_back(base::toId<base::WordId>(word));
    }
    return result;
}

} // namespace palimpsest::pipeline
