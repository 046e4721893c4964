#include "pipeline/trigger_search.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "cluster/random_draws.h"
#include "pipeline/trigger_candidates.h"
#include "probe/hotflip.h"

namespace palimpsest::pipeline {

using base::Error;
using base::ErrorCode;
using base::JobContext;

namespace {

class Search {
public:
    Search(const TaskStudy& study, const TriggerOptions& options, const JobContext& ctx)
        : m_study(study)
        , m_options(options)
        , m_ctx(ctx)
        , m_corpus(study.corpus())
        , m_counts(wordCounts(study.corpus()))
    {
    }

    base::Result<TriggerSearch> run()
    {
        PALIMPSEST_CHECK(checkClassifier(m_study));
        PALIMPSEST_CHECK(chooseSentences());
        PALIMPSEST_CHECK(chooseConcepts());
        PALIMPSEST_CHECK(makeTest());
        std::vector<TriggerCandidate> candidates
            = polarWords(*m_concepts, m_polarities, m_chosen, m_options.target, m_options.candidates);
        const auto phrases = polarPhrases(*m_concepts, m_chosen, m_options.phrases);
        candidates.insert(candidates.end(), phrases.begin(), phrases.end());

        PALIMPSEST_CHECK(tryGroup(TriggerKind::Polar, candidates, m_ctx.part(0.02, 0.3)));
        if (m_options.controls)
            PALIMPSEST_CHECK(tryControls(candidates));
        if (m_options.gradientSearch)
            PALIMPSEST_CHECK(tryGradients(m_ctx.part(0.8, 0.9)));
        PALIMPSEST_CHECK(compose(m_ctx.part(0.9, 1.0)));
        return std::move(m_result);
    }

private:
    base::Status chooseSentences()
    {
        PALIMPSEST_TRY(all, flippableSentences(m_study, m_options.target));
        m_result.target = m_options.target;
        m_result.classNames = m_study.classNames;
        for (std::size_t at = 0; at < m_study.classNames.size(); ++at) {
            const int label = m_study.labelOf(at);
            m_result.labels.push_back(label < 0
                    ? std::string()
                    : m_study.classifier.model->config().labels[static_cast<std::size_t>(label)]);
        }
        if (m_options.sentences == 0 || m_options.sentences >= all.size()) {
            m_result.sentences = std::move(all);
            return {};
        }
        cluster::RandomDraws draws(m_options.seed);
        std::vector<std::size_t> drawn = draws.sample(all.size(), m_options.sentences);
        std::sort(drawn.begin(), drawn.end());
        for (const std::size_t index : drawn)
            m_result.sentences.push_back(all[index]);
        return {};
    }

    base::Status chooseConcepts()
    {
        const project::StudyResults& results = *m_study.results;
        m_result.layer = m_options.layer;
        PALIMPSEST_TRY(linkage, results.linkage(project::Side::FineTuned, m_result.layer));
        m_concepts = concepts::ConceptSet::make(results.tokens(), cluster::cut(*linkage, m_options.k));
        m_polarities
            = polaritiesOf(m_study, *m_concepts, m_options.definition, m_options.theta, m_options.balanced);
        const std::string layer = "Layer " + std::to_string(m_result.layer) + " of the fine-tuned model";
        for (const base::ClusterId id : m_options.concepts) {
            if (base::toIndex(id) >= m_concepts->conceptCount()) {
                return Error{ErrorCode::NotFound,
                    layer + " has no concept " + std::to_string(base::toIndex(id)) + "; it has concepts 0 to "
                        + std::to_string(m_concepts->conceptCount() - 1)};
            }
        }
        m_chosen = m_options.concepts.empty() ? concepts::mostPolar(m_polarities, m_options.target)
                                              : m_options.concepts;
        m_result.polarConcepts = m_chosen.size();
        if (m_chosen.empty()) {
            return Error{ErrorCode::NotFound,
                layer + " has no concept of class " + m_study.classNames[m_options.target]
                    + " at this K and θ; lower θ or take another layer"};
        }
        return {};
    }

    base::Status makeTest()
    {
        std::vector<std::vector<std::string_view>> sentences;
        std::vector<std::size_t> firstTextWords;
        for (const base::SentenceId id : m_result.sentences) {
            sentences.emplace_back();
            for (const std::uint32_t word : m_corpus.wordsOf(id))
                sentences.back().push_back(m_corpus.word(base::WordId{word}));
            if (m_corpus.hasPairs())
                firstTextWords.push_back(m_corpus.firstTextWords(id));
            const std::int32_t gold
                = m_study.hasGold() ? m_corpus.classOf(id) : m_study.predicted[base::toIndex(id)];
            m_sentenceClass.push_back(gold);
        }
        const int label = m_study.labelOf(m_options.target);
        if (label < 0) {
            return Error{ErrorCode::NotFound,
                "The model has no label for the class " + m_study.classNames[m_options.target]
                    + ", so no sentence can flip to it"};
        }
        PALIMPSEST_TRY(test,
            probe::FlipTest::make(*m_study.classifier.model, *m_study.classifier.tokenizer,
                std::move(sentences), static_cast<std::size_t>(label), m_ctx.part(0.0, 0.02),
                std::move(firstTextWords)));
        m_test = std::make_unique<probe::FlipTest>(std::move(test));
        return {};
    }

    base::Status tryGroup(
        TriggerKind kind, std::span<const TriggerCandidate> candidates, const JobContext& ctx)
    {
        std::vector<probe::Words> triggers;
        for (const TriggerCandidate& candidate : candidates) {
            triggers.emplace_back();
            for (const base::WordId word : candidate.words)
                triggers.back().emplace_back(m_corpus.word(word));
        }
        PALIMPSEST_TRY(effects, m_test->measure(triggers, m_options.positions.front(), ctx));
        TriggerGroup group;
        group.kind = kind;
        for (const std::size_t i : probe::rankTriggers(effects)) {
            TriggerRow row;
            row.words = triggers[i];
            row.corpusCount = std::numeric_limits<std::uint32_t>::max();
            for (const base::WordId word : candidates[i].words)
                row.corpusCount = std::min(row.corpusCount, m_counts[base::toIndex(word)]);
            row.cluster = candidates[i].cluster;
            fill(row, effects[i]);
            group.rows.push_back(std::move(row));
        }
        addGroup(std::move(group));
        return {};
    }

    void fill(TriggerRow& row, const probe::TriggerEffect& effect) const
    {
        row.rate = probe::flipRate(effect);
        row.byClass = byClass(effect);
        row.shift = effect.shift;
    }

    std::vector<probe::FlipRate> byClass(const probe::TriggerEffect& effect) const
    {
        std::vector<probe::FlipRate> rates(m_study.classNames.size());
        for (std::size_t i = 0; i < m_sentenceClass.size(); ++i) {
            if (m_sentenceClass[i] < 0)
                continue;
            auto& rate = rates[static_cast<std::size_t>(m_sentenceClass[i])];
            ++rate.count;
            rate.flipped += effect.flipped[i];
        }
        return rates;
    }

    void addGroup(TriggerGroup group)
    {
        setMeanRate(group);
        m_result.groups.push_back(std::move(group));
    }

    base::Status tryControls(std::span<const TriggerCandidate> candidates)
    {
        std::vector<base::WordId> all;
        for (std::size_t word = 0; word < m_counts.size(); ++word)
            all.push_back(base::toId<base::WordId>(word));
        const auto pools = {std::pair(TriggerKind::Random, all),
            std::pair(TriggerKind::NonPolar, nonPolarWords(*m_concepts, m_polarities))};
        double from = 0.3;
        for (const auto& [kind, pool] : pools) {
            const auto matched = frequencyMatched(candidates, pool, m_counts, m_options.seed + 1);
            if (matched.size() < candidates.size()) {
                m_ctx.warn("The control \"" + std::string(kindName(kind)) + "\" has "
                    + std::to_string(matched.size()) + " triggers instead of "
                    + std::to_string(candidates.size()) + ", because there are no more such words");
            }
            if (!matched.empty())
                PALIMPSEST_CHECK(tryGroup(kind, matched, m_ctx.part(from, from + 0.25)));
            from += 0.25;
        }
        return {};
    }

    base::Status tryGradients(const JobContext& ctx)
    {
        std::vector<std::string_view> vocabulary;
        for (const std::string& word : m_corpus.parts().vocabulary)
            vocabulary.push_back(word);
        probe::HotFlipOptions options;
        options.position = m_options.positions.front();
        PALIMPSEST_TRY(found, probe::hotFlip(*m_test, vocabulary, options, ctx));
        TriggerGroup group;
        group.kind = TriggerKind::Gradient;
        for (const probe::HotFlipWord& each : found) {
            TriggerRow row;
            row.words = {std::string(vocabulary[each.word])};
            row.corpusCount = m_counts[each.word];
            fill(row, each.effect);
            group.rows.push_back(std::move(row));
        }
        addGroup(std::move(group));
        return {};
    }

    base::Status compose(const JobContext& ctx)
    {
        for (const TriggerGroup& group : m_result.groups) {
            probe::Words words;
            for (const TriggerRow& row : group.rows) {
                if (row.words.size() != 1)
                    continue;
                words.push_back(row.words.front());
                for (const probe::TriggerPosition position : m_options.positions)
                    m_result.composed.push_back({group.kind, position, words, {}, {}});
                if (words.size() == m_options.mostWords)
                    break;
            }
        }
        const auto count = static_cast<double>(m_result.composed.size());
        for (std::size_t i = 0; i < m_result.composed.size(); ++i) {
            ComposedTrigger& composed = m_result.composed[i];
            const std::vector<probe::Words> one{composed.words};
            PALIMPSEST_TRY(effects,
                m_test->measure(one, composed.position,
                    ctx.part(static_cast<double>(i) / count, static_cast<double>(i + 1) / count)));
            composed.rate = probe::flipRate(effects.front());
            composed.byClass = byClass(effects.front());
            if (composed.kind == TriggerKind::Polar)
                addFlipped(i, effects.front());
        }
        return {};
    }

    void addFlipped(std::size_t composed, const probe::TriggerEffect& effect)
    {
        const ComposedTrigger& trigger = m_result.composed[composed];
        for (std::size_t i = 0; i < m_result.sentences.size(); ++i) {
            if (effect.flipped[i] == 0)
                continue;
            FlippedSentence flipped{m_result.sentences[i], composed, m_sentenceClass[i],
                m_corpus.text(m_result.sentences[i]), {}, 0, m_test->plainProbability(i),
                effect.probability[i]};
            flipped.triggerAt = m_test->triggerAt(i, trigger.position);
            for (const std::string_view word : m_test->changed(i, trigger.words, trigger.position)) {
                flipped.changed += flipped.changed.empty() ? "" : " ";
                flipped.changed += word;
            }
            m_result.flipped.push_back(std::move(flipped));
        }
    }

    const TaskStudy& m_study;
    const TriggerOptions& m_options;
    const JobContext& m_ctx;
    const corpus::Corpus& m_corpus;
    std::vector<std::uint32_t> m_counts;
    std::shared_ptr<const concepts::ConceptSet> m_concepts;
    std::vector<concepts::Polarity> m_polarities;
    std::vector<base::ClusterId> m_chosen;
    std::vector<std::int32_t> m_sentenceClass;
    std::unique_ptr<probe::FlipTest> m_test;
    TriggerSearch m_result;
};

} // namespace

void setMeanRate(TriggerGroup& group)
{
    const auto n = static_cast<double>(group.rows.size());
    double squares = 0.0;
    group.meanRate = 0.0;
    for (const TriggerRow& row : group.rows)
        group.meanRate += row.rate.rate() / n;
    for (const TriggerRow& row : group.rows)
        squares += (row.rate.rate() - group.meanRate) * (row.rate.rate() - group.meanRate);
    const double half = n > 1.0 ? 1.96 * std::sqrt(squares / (n - 1.0) / n) : 1.0;
    group.meanInterval = {std::max(0.0, group.meanRate - half), std::min(1.0, group.meanRate + half)};
}

std::string_view kindName(TriggerKind kind)
{
    switch (kind) {
    case TriggerKind::Polar:
        return "polar";
    case TriggerKind::Random:
        return "random";
    case TriggerKind::NonPolar:
        return "nonpolar";
    case TriggerKind::Gradient:
        break;
    }
    return "gradient";
}

base::Result<std::vector<base::SentenceId>> flippableSentences(const TaskStudy& study, std::size_t target)
{
    const corpus::Corpus& corpus = study.corpus();
    const std::string& name = study.classNames[target];
    std::vector<base::SentenceId> sentences;
    std::size_t others = 0;
    for (std::size_t s = 0; s < corpus.sentenceCount(); ++s) {
        const auto id = base::toId<base::SentenceId>(s);
        if (corpus.wordsOf(id).empty())
            continue;
        const std::int32_t gold = corpus.classOf(id);
        if (study.hasGold() && (gold == corpus::kNoClass || static_cast<std::size_t>(gold) == target))
            continue;
        ++others;
        if (study.predicted[s] != static_cast<std::int32_t>(target))
            sentences.push_back(id);
    }
    if (others == 0) {
        return Error{ErrorCode::TooFewRows,
            "The corpus has no sentence of another class than " + name + ", so nothing can flip to it"};
    }
    if (sentences.empty()) {
        return Error{ErrorCode::TooFewRows,
            "The model gives every sentence the class " + name + " already, so nothing can flip to it"};
    }
    return sentences;
}

std::vector<std::string> triggerWords(const TaskStudy& study, const concepts::ConceptSet& concepts,
    std::size_t target, double theta, std::size_t most)
{
    const TriggerOptions options;
    const auto polarities = polaritiesOf(study, concepts, options.definition, theta, options.balanced);
    const auto chosen = concepts::mostPolar(polarities, target);
    std::vector<std::string> words;
    for (const TriggerCandidate& candidate : polarWords(concepts, polarities, chosen, target, most))
        words.emplace_back(study.corpus().word(candidate.words.front()));
    return words;
}

TriggerOptions resolved(TriggerOptions options, const project::StudyResults& results)
{
    if (options.layer < 0)
        options.layer = results.layers().back();
    if (options.k == 0)
        options.k = results.defaultK();
    if (options.theta <= 0.0)
        options.theta = results.defaultTheta();
    return options;
}

base::Result<TriggerSearch> searchTriggers(
    const TaskStudy& study, const TriggerOptions& options, const base::JobContext& ctx)
{
    if (options.target >= study.classNames.size() || options.positions.empty() || options.candidates == 0) {
        return Error{ErrorCode::InvalidArgument,
            "A trigger search needs a class of the study, a position and at least one candidate"};
    }
    return Search(study, resolved(options, *study.results), ctx).run();
}

} // namespace palimpsest::pipeline
