#include "concepts/polarity.h"

#include <algorithm>
#include <tuple>

namespace palimpsest::concepts {

namespace {

/// Occurrences of all rows per class.
std::vector<double> classTotals(
    const corpus::TokenTable& tokens, std::span<const std::int32_t> sentenceClass, std::size_t classCount)
{
    std::vector<double> totals(classCount, 0.0);
    for (const corpus::Token& token : tokens.rows()) {
        if (const std::int32_t value = sentenceClass[base::toIndex(token.sentence)]; value >= 0)
            totals[static_cast<std::size_t>(value)] += 1.0;
    }
    return totals;
}

/// Members of one concept by class, and how many independent cases they are worth.
struct Counts {
    std::vector<double> ofClass;
    double classed = 0.0;
    double all = 0.0;
    double squares = 0.0; ///< Σ m² over sentences
};

Counts count(const ConceptSet& concepts, base::ClusterId id, std::span<const std::int32_t> sentenceClass,
    std::size_t classCount, bool keepUnclassed)
{
    Counts counts;
    counts.ofClass.assign(classCount, 0.0);
    const auto members = concepts.members(id);
    for (std::size_t i = 0; i < members.size();) {
        const base::SentenceId sentence = concepts.tokens().token(members[i]).sentence;
        std::size_t end = i + 1;
        while (end < members.size() && concepts.tokens().token(members[end]).sentence == sentence)
            ++end;
        const auto here = static_cast<double>(end - i);
        i = end;
        const std::int32_t value = sentenceClass[base::toIndex(sentence)];
        if (value < 0 && !keepUnclassed)
            continue;
        counts.all += here;
        counts.squares += here * here;
        if (value >= 0) {
            counts.ofClass[static_cast<std::size_t>(value)] += here;
            counts.classed += here;
        }
    }
    return counts;
}

std::vector<double> sharesOf(const Counts& counts, std::span<const double> totals, bool balanced)
{
    std::vector<double> shares(counts.ofClass.size(), 0.0);
    if (counts.classed <= 0.0)
        return shares;
    if (!balanced) {
        for (std::size_t c = 0; c < shares.size(); ++c)
            shares[c] = counts.ofClass[c] / counts.all;
        return shares;
    }
    double sum = 0.0;
    for (std::size_t c = 0; c < shares.size(); ++c) {
        shares[c] = totals[c] > 0.0 ? counts.ofClass[c] / totals[c] : 0.0;
        sum += shares[c];
    }
    // Members without a class keep their part of the whole.
    for (double& share : shares)
        share *= counts.classed / counts.all / sum;
    return shares;
}

} // namespace

std::string_view definitionName(ClassDefinition definition)
{
    switch (definition) {
    case ClassDefinition::Gold:
        return "gold";
    case ClassDefinition::Predicted:
        return "predicted";
    case ClassDefinition::RightGold:
        break;
    }
    return "right";
}

std::vector<std::int32_t> sentenceClasses(
    const corpus::Corpus& corpus, std::span<const std::int32_t> predicted, ClassDefinition definition)
{
    std::vector<std::int32_t> classes(corpus.sentenceCount(), corpus::kNoClass);
    if (definition != ClassDefinition::Gold && predicted.size() != classes.size())
        return classes;
    for (std::size_t s = 0; s < classes.size(); ++s) {
        const std::int32_t gold = corpus.classOf(base::toId<base::SentenceId>(s));
        if (definition == ClassDefinition::Predicted)
            classes[s] = predicted[s];
        else if (definition == ClassDefinition::Gold || predicted[s] == gold)
            classes[s] = gold;
    }
    return classes;
}

std::vector<Polarity> polarities(const ConceptSet& concepts, std::span<const std::int32_t> sentenceClass,
    std::size_t classCount, const PolarityOptions& options)
{
    std::vector<Polarity> result(concepts.conceptCount());
    const std::vector<double> totals = classTotals(concepts.tokens(), sentenceClass, classCount);
    double total = 0.0;
    for (const double each : totals)
        total += each;
    for (std::size_t i = 0; i < result.size(); ++i) {
        const auto id = base::toId<base::ClusterId>(i);
        const Counts counts = count(concepts, id, sentenceClass, classCount, options.keepUnclassed);
        Polarity& polarity = result[i];
        polarity.counted = static_cast<std::uint32_t>(counts.all);
        polarity.shares = sharesOf(counts, totals, options.balanced);
        if (classCount == 0 || counts.classed <= 0.0)
            continue;
        const auto largest = std::max_element(polarity.shares.begin(), polarity.shares.end());
        polarity.best = static_cast<std::size_t>(largest - polarity.shares.begin());
        polarity.share = *largest;
        polarity.interval = base::wilsonInterval(polarity.share, counts.all * counts.all / counts.squares);
        polarity.chance
            = options.balanced ? 1.0 / static_cast<double>(classCount) : totals[polarity.best] / total;
        polarity.task = polarity.counted >= options.minimumSize && polarity.share >= options.theta;
    }
    return result;
}

PolaritySummary summarize(std::span<const Polarity> polarities, std::size_t classCount)
{
    PolaritySummary summary{std::vector<std::size_t>(classCount, 0), std::vector<std::size_t>(classCount, 0)};
    for (const Polarity& polarity : polarities) {
        if (!polarity.task)
            continue;
        ++summary.task[polarity.best];
        if (polarity.certain())
            ++summary.certain[polarity.best];
    }
    return summary;
}

std::vector<base::ClusterId> mostPolar(std::span<const Polarity> polarities, std::size_t target)
{
    std::vector<base::ClusterId> ids;
    for (std::size_t i = 0; i < polarities.size(); ++i) {
        if (polarities[i].task && polarities[i].best == target)
            ids.push_back(base::toId<base::ClusterId>(i));
    }
    std::stable_sort(ids.begin(), ids.end(), [&](base::ClusterId a, base::ClusterId b) {
        const Polarity& first = polarities[base::toIndex(a)];
        const Polarity& second = polarities[base::toIndex(b)];
        return std::tuple(-first.interval.low, second.counted)
            < std::tuple(-second.interval.low, first.counted);
    });
    return ids;
}

} // namespace palimpsest::concepts
