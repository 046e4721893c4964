// How long a new K or θ takes: 250,000 occurrences against 10 label sets, counts and matches anew.
// Run: ninja bench_label && bin/bench_label

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "align/label_alignment.h"
#include "align/label_chance.h"
#include "concepts/concept_set.h"

using namespace palimpsest;

namespace {

constexpr std::size_t kWordsPerSentence = 20;
constexpr std::size_t kSentences = 12'500;
constexpr std::size_t kRows = kWordsPerSentence * kSentences;
constexpr std::size_t kSets = 10;

struct Random {
    std::uint64_t state = 42;
    std::uint32_t below(std::uint32_t bound)
    {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::uint32_t>((state >> 33) * bound >> 31);
    }
};

/// Words of a Zipf-like distribution over 30,000 types.
std::shared_ptr<const corpus::TokenTable> makeTokens(Random& random)
{
    corpus::CorpusParts parts;
    std::vector<std::uint32_t> ids(30'000, 0xffffffffU);
    parts.sentenceStart.push_back(0);
    for (std::size_t s = 0; s < kSentences; ++s) {
        for (std::size_t w = 0; w < kWordsPerSentence; ++w) {
            const std::uint32_t top = 1 + random.below(30'000);
            std::uint32_t& id = ids[random.below(top)];
            if (id == 0xffffffffU) {
                id = static_cast<std::uint32_t>(parts.vocabulary.size());
                parts.vocabulary.push_back("w" + std::to_string(id));
            }
            parts.words.push_back(id);
        }
        parts.sentenceStart.push_back(static_cast<std::uint32_t>(parts.words.size()));
        parts.sentenceClass.push_back(corpus::kNoClass);
        parts.sourceLine.push_back(static_cast<std::uint32_t>(s + 1));
    }
    return corpus::filterOccurrences(corpus::Corpus::fromParts(std::move(parts)).value(), {}, {}).value();
}

/// A tree whose merges join random neighbours, so that clusters are scattered over the corpus.
cluster::Linkage makeTree(Random& random)
{
    std::vector<std::int32_t> roots(kRows), sizes(kRows, 1);
    for (std::size_t row = 0; row < kRows; ++row)
        roots[row] = static_cast<std::int32_t>(row);
    std::vector<cluster::Merge> merges;
    while (roots.size() > 1) {
        const auto a = random.below(static_cast<std::uint32_t>(roots.size()));
        std::swap(roots[a], roots.back());
        const std::int32_t left = roots.back();
        roots.pop_back();
        std::int32_t& right = roots[random.below(static_cast<std::uint32_t>(roots.size()))];
        const std::int32_t size
            = sizes[static_cast<std::size_t>(left)] + sizes[static_cast<std::size_t>(right)];
        merges.push_back({std::min(left, right), std::max(left, right), double(merges.size()), size});
        right = static_cast<std::int32_t>(sizes.size());
        sizes.push_back(size);
    }
    return cluster::Linkage::fromMerges(std::move(merges)).value();
}

std::shared_ptr<const label::LabelTable> makeLabels(std::size_t set, Random& random)
{
    label::LabelTableBuilder builder("Set" + std::to_string(set));
    const std::uint32_t labels = set == 0 ? 5000 : 10 + 10 * static_cast<std::uint32_t>(set);
    for (std::size_t row = 0; row < kRows; ++row) {
        const std::uint32_t several = set == 0 ? 6 : 1;
        for (std::uint32_t n = 0; n < several; ++n)
            builder.add("l" + std::to_string(random.below(1 + random.below(labels))));
        builder.endRow();
    }
    return std::move(builder).finish().value();
}

template <typename Work>
double milliseconds(Work&& work)
{
    std::vector<double> times;
    for (int round = 0; round < 7; ++round) {
        const auto begin = std::chrono::steady_clock::now();
        work();
        times.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    std::nth_element(times.begin(), times.begin() + 3, times.end());
    return times[3];
}

} // namespace

int main()
{
    Random random;
    const auto tokens = makeTokens(random);
    const cluster::Linkage tree = makeTree(random);
    std::vector<std::shared_ptr<const label::LabelTable>> sets;
    for (std::size_t set = 0; set < kSets; ++set)
        sets.push_back(makeLabels(set, random));

    for (const std::size_t k : {std::size_t{600}, std::size_t{5000}}) {
        const auto concepts = concepts::ConceptSet::make(tokens, cluster::cut(tree, k));
        for (const auto measure : {align::Measure::Occurrence, align::Measure::Type}) {
            std::vector<std::shared_ptr<const align::LabelCounts>> counts(kSets);
            std::size_t aligned = 0;
            const double newK = milliseconds([&] {
                for (std::size_t set = 0; set < kSets; ++set) {
                    counts[set] = align::LabelCounts::make(*concepts, sets[set], measure);
                    aligned += align::countAligned(align::matchLabels(*counts[set], {}));
                }
            });
            const double newTheta = milliseconds([&] {
                for (const auto& set : counts)
                    aligned += align::countAligned(align::matchLabels(*set, {.theta = 0.8}));
            });
            std::printf("%zu occurrences, %zu label sets (one of n-grams), K = %zu, by %s: new K %.1f ms, "
                        "new θ %.2f ms (%zu)\n",
                kRows, kSets, k, measure == align::Measure::Type ? "type" : "occurrence", newK, newTheta,
                aligned);
        }
    }
    const auto concepts = concepts::ConceptSet::make(tokens, cluster::cut(tree, 600));
    const double chance = milliseconds([&] {
        (void)align::chanceLevel(
            *concepts, *sets[1], align::Measure::Occurrence, {}, 0, {.rounds = 10, .seed = 1}, {});
    });
    std::printf("chance level of one set: %.1f ms a round\n", chance / 10);
    return 0;
}
