#pragma once
// Adversarial triggers from polar concepts, beside controls: does what the concepts of a class hold move the
// classifier more than other words do (Durrani et al. 2022, RQ4)? Thread: call from a job's thread.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"
#include "pipeline/task_study.h"
#include "probe/flip_test.h"

namespace palimpsest::pipeline {

struct TriggerOptions {
    std::size_t target = 0; ///< class that sentences of the other classes shall get
    int layer = -1; ///< of the fine-tuned model; -1: the highest of the project
    std::size_t k = 0; ///< 0: the run's
    double theta = 0.0; ///< 0: the run's
    concepts::ClassDefinition definition = concepts::ClassDefinition::Gold;
    bool balanced = true;
    std::vector<base::ClusterId> concepts; ///< picked ones; empty: all task concepts of the target
    std::size_t candidates = 100; ///< words tried
    std::size_t phrases = 10; ///< sequences of two and three words tried beside them
    std::size_t sentences = 200; ///< drawn from those that can flip; 0: all
    std::size_t mostWords = 3; ///< triggers of 1..mostWords words
    std::vector<probe::TriggerPosition> positions{probe::TriggerPosition::Prepend};
    std::uint64_t seed = 1;
    bool controls = true;
    bool gradientSearch = true;

    friend bool operator==(const TriggerOptions&, const TriggerOptions&) = default;
};

enum class TriggerKind : std::uint8_t { Polar, Random, NonPolar, Gradient };
inline constexpr std::array kTriggerKinds{
    TriggerKind::Polar, TriggerKind::Random, TriggerKind::NonPolar, TriggerKind::Gradient};
/// "polar", "random", "nonpolar", "gradient".
[[nodiscard]] std::string_view kindName(TriggerKind kind);

struct TriggerRow {
    probe::Words words;
    std::uint32_t corpusCount = 0; ///< of the rarest of the words
    base::ClusterId cluster{}; ///< Polar: the most polar concept that holds the (first) word
    probe::FlipRate rate;
    std::vector<probe::FlipRate> byClass; ///< by class of the sentence
    double shift = 0.0; ///< mean change of the target's margin
};

/// All triggers of one kind at the first position, best first.
struct TriggerGroup {
    TriggerKind kind = TriggerKind::Polar;
    std::vector<TriggerRow> rows;
    double meanRate = 0.0;
    base::Interval meanInterval; ///< mean ± 1.96 standard errors over the triggers
};

/// Fills mean and interval from the rows.
void setMeanRate(TriggerGroup& group);

/// The n best words of a kind together, at one position.
struct ComposedTrigger {
    TriggerKind kind = TriggerKind::Polar;
    probe::TriggerPosition position = probe::TriggerPosition::Prepend;
    probe::Words words;
    probe::FlipRate rate;
    std::vector<probe::FlipRate> byClass;
};

struct FlippedSentence {
    base::SentenceId sentence{};
    std::size_t composed = 0; ///< index into TriggerSearch::composed
    std::int32_t classIndex = -1; ///< in the corpus, else what the model says of it
    std::string original;
    std::string changed; ///< text with the trigger
    std::size_t triggerAt = 0; ///< word of `changed` that is the trigger's first
    float before = 0.0F; ///< probability of the target
    float after = 0.0F;
};

struct TriggerSearch {
    std::size_t target = 0;
    int layer = 0;
    std::vector<std::string> classNames; ///< of the study
    std::vector<std::string> labels; ///< the model's, by class; empty where it has none for the class
    std::size_t polarConcepts = 0; ///< whose words were candidates
    std::vector<base::SentenceId> sentences; ///< those that were tried
    std::vector<TriggerGroup> groups; ///< Polar first
    std::vector<ComposedTrigger> composed;
    std::vector<FlippedSentence> flipped; ///< by polar triggers, in order of `composed`
};

/// The options with the project's own values where none are given.
[[nodiscard]] TriggerOptions resolved(TriggerOptions options, const project::StudyResults& results);

/// Candidates are the words of polar concepts whose occurrences lie most surely in concepts of the target
/// rather than in those of other classes (lower end of the Wilson interval), then phrases of neighbouring
/// occurrences in one such concept. Sentences: those of the other classes (without gold classes: all) that
/// the model does not give the target. Controls get the same number of words, ranked by the same rule on the
/// same sentences: Random: for each candidate a word of the corpus of about the same frequency that is no
/// candidate; NonPolar: likewise, of words without an occurrence in a task concept; Gradient: probe::hotFlip.
/// A control that has no words is left out with a warning.
/// Fails with Unsupported (no classifier), NotFound (no such layer or concept, no polar concept of the
/// class), TooFewRows (no sentence to flip) or Cancelled.
[[nodiscard]] base::Result<TriggerSearch> searchTriggers(
    const TaskStudy& study, const TriggerOptions& options, const base::JobContext& ctx);

/// The first `most` single words that a search from `concepts` would try, with the task concepts of `target`.
[[nodiscard]] std::vector<std::string> triggerWords(const TaskStudy& study,
    const concepts::ConceptSet& concepts, std::size_t target, double theta, std::size_t most);

/// Sentences that triggers may flip to `target`, in order: of another gold class (if there are classes) and
/// not given the target. Fails with TooFewRows; the sentence says which of the two is missing.
[[nodiscard]] base::Result<std::vector<base::SentenceId>> flippableSentences(
    const TaskStudy& study, std::size_t target);

} // namespace palimpsest::pipeline
