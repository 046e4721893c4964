#pragma once
// Adds words to sentences and counts how many a classifier then gives the target class.
// Thread: reentrant; call from a job's thread, one at a time, since a run uses all cores by itself.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/interval.h"
#include "base/job_context.h"
#include "base/result.h"
#include "model/model.h"
#include "tokenizer/tokenizer.h"
#include "tokenizer/word_alignment.h"

namespace palimpsest::probe {

/// Where trigger words go: before the first word, before word ⌊n / 2⌋ of n, after the last.
enum class TriggerPosition : std::uint8_t { Prepend, Insert, Append };
inline constexpr std::array kTriggerPositions{
    TriggerPosition::Prepend, TriggerPosition::Insert, TriggerPosition::Append};

/// "prepend", "insert", "append".
[[nodiscard]] std::string_view positionName(TriggerPosition position);

using Words = std::vector<std::string>;

/// How many words of a sentence of `words` words stand before the trigger.
[[nodiscard]] std::size_t triggerPlace(std::size_t words, TriggerPosition position);

/// The sentence with the trigger in it.
[[nodiscard]] std::vector<std::string_view> withTrigger(
    std::span<const std::string_view> sentence, const Words& trigger, TriggerPosition position);

/// What one trigger does to all sentences.
struct TriggerEffect {
    std::vector<std::uint8_t> flipped; ///< per sentence: 1 where the model now gives the target
    std::vector<float> probability; ///< per sentence: of the target, with the trigger
    std::size_t flips = 0;
    /// Mean change of (target's logit - largest other logit) over the sentences.
    double shift = 0.0;
};

struct FlipRate {
    std::size_t flipped = 0;
    std::size_t count = 0;
    [[nodiscard]] double rate() const
    {
        return count == 0 ? 0.0 : static_cast<double>(flipped) / static_cast<double>(count);
    }
    /// 95 % Wilson interval over sentences.
    [[nodiscard]] base::Interval interval() const
    {
        return base::wilsonInterval(rate(), static_cast<double>(count));
    }
};

class FlipTest {
public:
    /// `sentences` views words that outlive the test. Runs the plain sentences once. `firstTextWords`: of
    /// sentence pairs, how many words of each belong to its first text; the trigger goes into the second one,
    /// as Wallace et al. 2019 have it for premise and hypothesis. Empty: no pairs.
    /// Fails as predict() does, with InvalidArgument (target out of range) and TooFewRows (no sentence).
    [[nodiscard]] static base::Result<FlipTest> make(const model::Model& model,
        const tokenizer::Tokenizer& tokenizer, std::vector<std::vector<std::string_view>> sentences,
        std::size_t targetLabel, const base::JobContext& ctx, std::vector<std::size_t> firstTextWords = {});

    [[nodiscard]] std::size_t sentenceCount() const { return m_sentences.size(); }
    [[nodiscard]] const std::vector<std::string_view>& sentence(std::size_t index) const
    {
        return m_sentences[index];
    }
    /// The words with a trigger in them, and where it begins.
    [[nodiscard]] std::vector<std::string_view> changed(
        std::size_t index, const Words& trigger, TriggerPosition position) const;
    [[nodiscard]] std::size_t triggerAt(std::size_t index, TriggerPosition position) const;
    /// What the model reads then, cut as in extraction.
    [[nodiscard]] tokenizer::WordPieces encode(
        std::size_t index, const Words& trigger, TriggerPosition position) const;
    [[nodiscard]] std::size_t targetLabel() const { return m_target; }
    [[nodiscard]] const model::Model& model() const { return *m_model; }
    [[nodiscard]] const tokenizer::Tokenizer& tokenizer() const { return *m_tokenizer; }
    /// Probability of the target without a trigger.
    [[nodiscard]] float plainProbability(std::size_t index) const { return m_plainProbability[index]; }

    /// One effect per trigger, in order. Every variant is tokenized as text and all run together by length;
    /// sentences that become too long are cut at their end as in extraction. Progress counts variants.
    /// Fails with Cancelled, TooLarge or Internal.
    [[nodiscard]] base::Result<std::vector<TriggerEffect>> measure(
        std::span<const Words> triggers, TriggerPosition position, const base::JobContext& ctx) const;

private:
    FlipTest() = default;
    const model::Model* m_model = nullptr;
    const tokenizer::Tokenizer* m_tokenizer = nullptr;
    std::size_t m_maxPieces = 0;
    std::size_t m_target = 0;
    std::vector<std::vector<std::string_view>> m_sentences;
    std::vector<std::size_t> m_firstTextWords; ///< empty: no pairs
    std::vector<float> m_plainMargin;
    std::vector<float> m_plainProbability;
};

/// Flips of the sentences for which `select` is not 0 (empty: all).
[[nodiscard]] FlipRate flipRate(const TriggerEffect& effect, std::span<const std::uint8_t> select = {});

/// The order of how much triggers move the classifier: most flips first, then the largest shift, then order.
[[nodiscard]] std::vector<std::size_t> rankTriggers(std::span<const TriggerEffect> effects);

} // namespace palimpsest::probe
