#include "align/label_chance.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "align/label_kernel.h"

namespace palimpsest::align {

namespace {

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers everywhere, unlike the distributions of
/// <random>.
class RandomStream {
public:
    RandomStream(std::uint64_t seed, std::uint64_t round)
        : m_state(seed * 0xD1B54A32D192ED03U + round * 0x8CB92BA72F3D8DD7U)
    {
    }

    std::uint64_t next()
    {
        std::uint64_t z = (m_state += 0x9E3779B97F4A7C15U);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31);
    }

    /// 0 .. bound-1. Multiplication instead of division; the bias is below bound / 2^32.
    std::uint32_t below(std::uint32_t bound)
    {
        return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
    }

private:
    std::uint64_t m_state;
};

void shuffle(std::vector<base::TokenId>& members, RandomStream& random)
{
    for (std::size_t left = members.size(); left > 1; --left)
        std::swap(members[left - 1], members[random.below(static_cast<std::uint32_t>(left))]);
}

Interval quantiles(std::vector<std::size_t> counts)
{
    std::sort(counts.begin(), counts.end());
    const auto at = [&](double share) {
        const double rank = std::ceil(share * static_cast<double>(counts.size()));
        return static_cast<double>(counts[static_cast<std::size_t>(std::max(rank, 1.0)) - 1]);
    };
    return {at(0.025), at(0.975)};
}

base::Status report(const base::JobContext& ctx, std::uint32_t round, std::uint32_t rounds, const char* what)
{
    if (ctx.stopRequested())
        return base::cancelled();
    ctx.progress(static_cast<double>(round) / rounds, what);
    return {};
}

} // namespace

base::Result<ChanceLevel> chanceLevel(const concepts::ConceptSet& concepts, const label::LabelTable& table,
    Measure measure, const LabelOptions& options, std::size_t observed, const ResamplingOptions& resampling,
    const base::JobContext& ctx)
{
    MemberList list = MemberList::of(concepts);
    LabelCounter counter(concepts.tokens(), table, measure);
    std::vector<std::size_t> perRound;
    std::map<std::size_t, std::pair<std::size_t, std::size_t>> bySize; // size → sets that align, sets
    std::vector<std::size_t> ofLabel(table.labelCount(), 0);
    std::size_t asMany = 0;
    for (std::uint32_t round = 0; round < resampling.rounds; ++round) {
        PALIMPSEST_CHECK(report(ctx, round, resampling.rounds, "Shuffling for the chance level"));
        RandomStream random(resampling.seed, round);
        shuffle(list.members, random);
        std::size_t aligned = 0;
        for (std::size_t index = 0; index < list.conceptCount(); ++index) {
            counter.count(list.membersOf(index), UnitWeight{});
            const auto label = alignedLabel(counter, table, options);
            const bool hit = label.has_value();
            aligned += hit ? 1 : 0;
            if (hit)
                ++ofLabel[*label];
            auto& [hits, sets] = bySize[list.membersOf(index).size()];
            hits += hit ? 1 : 0;
            ++sets;
        }
        perRound.push_back(aligned);
        asMany += aligned >= observed ? 1 : 0;
    }
    ChanceLevel level;
    for (const std::size_t aligned : perRound)
        level.mean += static_cast<double>(aligned) / resampling.rounds;
    for (const std::size_t hits : ofLabel)
        level.ofLabel.push_back(static_cast<double>(hits) / resampling.rounds);
    level.interval = quantiles(perRound);
    level.pValue = static_cast<double>(1 + asMany) / (1.0 + resampling.rounds);
    for (std::size_t index = 0; index < list.conceptCount(); ++index) {
        const auto& [hits, sets] = bySize[list.membersOf(index).size()];
        level.ofConcept.push_back(static_cast<double>(hits) / static_cast<double>(sets));
    }
    ctx.progress(1.0, "Shuffling for the chance level");
    return level;
}

base::Result<Interval> bootstrapAligned(const concepts::ConceptSet& concepts, const label::LabelTable& table,
    Measure measure, const LabelOptions& options, const ResamplingOptions& resampling,
    const base::JobContext& ctx)
{
    const corpus::TokenTable& tokens = concepts.tokens();
    const auto sentences = static_cast<std::uint32_t>(tokens.corpus().sentenceCount());
    LabelCounter counter(tokens, table, measure);
    std::vector<std::uint32_t> drawn(sentences);
    const auto weight = [&](base::TokenId row) { return drawn[base::toIndex(tokens.token(row).sentence)]; };
    std::vector<std::size_t> perRound;
    for (std::uint32_t round = 0; round < resampling.rounds; ++round) {
        PALIMPSEST_CHECK(report(ctx, round, resampling.rounds, "Drawing sentences for the interval"));
        // Another stream than the chance level's, so that the two are independent.
        RandomStream random(~resampling.seed, round);
        std::fill(drawn.begin(), drawn.end(), 0U);
        for (std::uint32_t draw = 0; draw < sentences; ++draw)
            ++drawn[random.below(sentences)];
        std::size_t aligned = 0;
        for (std::size_t index = 0; index < concepts.conceptCount(); ++index) {
            counter.count(concepts.members(base::toId<base::ClusterId>(index)), weight);
            aligned += aligns(counter, options) ? 1 : 0;
        }
        perRound.push_back(aligned);
    }
    std::size_t observed = 0;
    for (std::size_t index = 0; index < concepts.conceptCount(); ++index) {
        counter.count(concepts.members(base::toId<base::ClusterId>(index)), UnitWeight{});
        observed += aligns(counter, options) ? 1 : 0;
    }
    double mean = 0.0;
    for (const std::size_t aligned : perRound)
        mean += static_cast<double>(aligned) / resampling.rounds;
    const double bias = mean - static_cast<double>(observed);
    const Interval drawn95 = quantiles(std::move(perRound));
    const auto moved = [&](double value) {
        return std::clamp(std::round(value - bias), 0.0, static_cast<double>(concepts.conceptCount()));
    };
    ctx.progress(1.0, "Drawing sentences for the interval");
    return Interval{moved(drawn95.low), moved(drawn95.high)};
}

} // namespace palimpsest::align
