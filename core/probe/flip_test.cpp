#include "probe/flip_test.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "probe/prediction.h"
#include "tokenizer/word_alignment.h"

namespace palimpsest::probe {

using base::Error;
using base::ErrorCode;

namespace {

/// Variants that are held in memory and sorted by length together.
constexpr std::size_t kBlock = 8192;

float marginOf(const Prediction& prediction, std::size_t target)
{
    float other = -std::numeric_limits<float>::infinity();
    for (std::size_t label = 0; label < prediction.logits.size(); ++label) {
        if (label != target)
            other = std::max(other, prediction.logits[label]);
    }
    return prediction.logits[target] - other;
}

std::vector<model::SentencePieces> viewsOf(const std::vector<tokenizer::WordPieces>& encoded)
{
    std::vector<model::SentencePieces> views;
    views.reserve(encoded.size());
    for (const auto& sentence : encoded)
        views.push_back({sentence.ids, sentence.wordOfPiece, sentence.types});
    return views;
}

} // namespace

std::string_view positionName(TriggerPosition position)
{
    switch (position) {
    case TriggerPosition::Prepend:
        return "prepend";
    case TriggerPosition::Insert:
        return "insert";
    case TriggerPosition::Append:
        break;
    }
    return "append";
}

std::size_t triggerPlace(std::size_t words, TriggerPosition position)
{
    return position == TriggerPosition::Prepend ? 0 : position == TriggerPosition::Append ? words : words / 2;
}

std::vector<std::string_view> withTrigger(
    std::span<const std::string_view> sentence, const Words& trigger, TriggerPosition position)
{
    std::vector<std::string_view> words(sentence.begin(), sentence.end());
    const std::size_t at = triggerPlace(words.size(), position);
    words.insert(words.begin() + static_cast<std::ptrdiff_t>(at), trigger.begin(), trigger.end());
    return words;
}

base::Result<FlipTest> FlipTest::make(const model::Model& model, const tokenizer::Tokenizer& tokenizer,
    std::vector<std::vector<std::string_view>> sentences, std::size_t targetLabel,
    const base::JobContext& ctx, std::vector<std::size_t> firstTextWords)
{
    if (sentences.empty())
        return Error{ErrorCode::TooFewRows, "There is no sentence to try triggers on"};
    if (!firstTextWords.empty() && firstTextWords.size() != sentences.size()) {
        return Error{ErrorCode::InvalidArgument, "Not every sentence pair says where its second text begins"};
    }
    if (model.hasHead() && targetLabel >= model.config().labels.size()) {
        return Error{ErrorCode::InvalidArgument,
            "There is no label " + std::to_string(targetLabel) + "; the model has "
                + std::to_string(model.config().labels.size())};
    }
    FlipTest test;
    test.m_model = &model;
    test.m_tokenizer = &tokenizer;
    test.m_maxPieces = std::min(model.config().maxPieces, tokenizer.maxLength());
    test.m_target = targetLabel;
    test.m_sentences = std::move(sentences);
    test.m_firstTextWords = std::move(firstTextWords);
    std::vector<tokenizer::WordPieces> encoded;
    encoded.reserve(test.m_sentences.size());
    for (std::size_t i = 0; i < test.m_sentences.size(); ++i)
        encoded.push_back(test.encode(i, {}, TriggerPosition::Prepend));
    PALIMPSEST_TRY(plain, predict(model, viewsOf(encoded), ctx));
    for (const Prediction& prediction : plain) {
        test.m_plainMargin.push_back(marginOf(prediction, targetLabel));
        test.m_plainProbability.push_back(prediction.probabilities[targetLabel]);
    }
    return test;
}

std::size_t FlipTest::triggerAt(std::size_t index, TriggerPosition position) const
{
    const std::size_t first = m_firstTextWords.empty() ? 0 : m_firstTextWords[index];
    return first + triggerPlace(m_sentences[index].size() - first, position);
}

std::vector<std::string_view> FlipTest::changed(
    std::size_t index, const Words& trigger, TriggerPosition position) const
{
    std::vector<std::string_view> words = m_sentences[index];
    words.insert(words.begin() + static_cast<std::ptrdiff_t>(triggerAt(index, position)), trigger.begin(),
        trigger.end());
    return words;
}

tokenizer::WordPieces FlipTest::encode(
    std::size_t index, const Words& trigger, TriggerPosition position) const
{
    const std::vector<std::string_view> words = changed(index, trigger, position);
    const std::span<const std::string_view> all(words);
    auto pieces = m_firstTextWords.empty()
        ? tokenizer::encodeSentence(*m_tokenizer, all)
        : tokenizer::encodePair(
            *m_tokenizer, all.first(m_firstTextWords[index]), all.subspan(m_firstTextWords[index]));
    return pieces.ids.size() > m_maxPieces ? tokenizer::cutTo(std::move(pieces), m_maxPieces) : pieces;
}

base::Result<std::vector<TriggerEffect>> FlipTest::measure(
    std::span<const Words> triggers, TriggerPosition position, const base::JobContext& ctx) const
{
    const std::size_t perTrigger = m_sentences.size();
    const std::size_t total = triggers.size() * perTrigger;
    std::vector<TriggerEffect> effects(triggers.size());
    for (TriggerEffect& effect : effects) {
        effect.flipped.assign(perTrigger, 0);
        effect.probability.assign(perTrigger, 0.0F);
    }
    std::vector<tokenizer::WordPieces> encoded;
    for (std::size_t begin = 0; begin < total; begin += kBlock) {
        const std::size_t end = std::min(total, begin + kBlock);
        encoded.clear();
        for (std::size_t i = begin; i < end; ++i) {
            if (i % 512 == 0 && ctx.stopRequested())
                return base::cancelled();
            encoded.push_back(encode(i % perTrigger, triggers[i / perTrigger], position));
        }
        const auto fraction
            = [&](std::size_t at) { return static_cast<double>(at) / static_cast<double>(total); };
        const base::JobContext part = ctx.part(fraction(begin), fraction(end));
        const base::JobContext counting(
            ctx.stopToken(),
            [&](double done, std::string_view) {
                part.progress(done,
                    "Trying triggers, "
                        + std::to_string(
                            begin + static_cast<std::size_t>(done * static_cast<double>(end - begin)))
                        + " of " + std::to_string(total) + " variants");
            },
            [&](std::string warning) { ctx.warn(std::move(warning)); });
        PALIMPSEST_TRY(predictions, predict(*m_model, viewsOf(encoded), counting));
        for (std::size_t i = begin; i < end; ++i) {
            const Prediction& prediction = predictions[i - begin];
            TriggerEffect& effect = effects[i / perTrigger];
            const std::size_t sentence = i % perTrigger;
            effect.flipped[sentence] = static_cast<std::size_t>(prediction.label) == m_target ? 1 : 0;
            effect.flips += effect.flipped[sentence];
            effect.probability[sentence] = prediction.probabilities[m_target];
            effect.shift += static_cast<double>(marginOf(prediction, m_target) - m_plainMargin[sentence])
                / static_cast<double>(perTrigger);
        }
    }
    return effects;
}

FlipRate flipRate(const TriggerEffect& effect, std::span<const std::uint8_t> select)
{
    FlipRate rate;
    for (std::size_t i = 0; i < effect.flipped.size(); ++i) {
        if (!select.empty() && select[i] == 0)
            continue;
        ++rate.count;
        rate.flipped += effect.flipped[i];
    }
    return rate;
}

std::vector<std::size_t> rankTriggers(std::span<const TriggerEffect> effects)
{
    std::vector<std::size_t> order(effects.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return effects[a].flips != effects[b].flips ? effects[a].flips > effects[b].flips
                                                    : effects[a].shift > effects[b].shift;
    });
    return order;
}

} // namespace palimpsest::probe
