// palimpsest bench triggers: the trigger search beside the plain forward pass over the same sentences.

#include <algorithm>
#include <chrono>
#include <memory>

#include <fmt/format.h>

#include "cli/bench.h"
#include "cli/tables.h"
#include "pipeline/task_study.h"
#include "pipeline/typed_sentence.h"
#include "probe/flip_test.h"

namespace palimpsest::cli {

namespace {

struct TriggerBenchOptions {
    std::string project;
    std::string device = "auto";
    std::size_t sentences = 1000;
    std::size_t candidates = 100;
    std::size_t rounds = 5;
};

/// Variants that were tokenized beforehand, for the plain pass.
std::vector<tokenizer::WordPieces> encodeVariants(const pipeline::OpenModel& model,
    const std::vector<std::vector<std::string_view>>& sentences, std::span<const probe::Words> triggers)
{
    std::vector<tokenizer::WordPieces> encoded;
    for (const probe::Words& trigger : triggers) {
        for (const auto& sentence : sentences)
            encoded.push_back(pipeline::encodeCut(*model.tokenizer,
                probe::withTrigger(sentence, trigger, probe::TriggerPosition::Prepend), model.maxPieces));
    }
    return encoded;
}

base::Status bench(const TriggerBenchOptions& options, Console& console)
{
    const base::JobContext& ctx = console.context();
    PALIMPSEST_TRY(results, project::StudyResults::open(options.project));
    PALIMPSEST_TRY(model, pipeline::openModelOf(*results, project::Side::FineTuned, options.device));
    const corpus::Corpus& corpus = results->tokens()->corpus();
    std::vector<std::vector<std::string_view>> sentences;
    for (std::size_t i = 0; i < options.sentences; ++i) {
        sentences.emplace_back();
        for (const std::uint32_t word :
            corpus.wordsOf(base::toId<base::SentenceId>(i % corpus.sentenceCount())))
            sentences.back().push_back(corpus.word(base::WordId{word}));
    }
    std::vector<probe::Words> triggers;
    for (std::size_t i = 0; i < options.candidates; ++i)
        triggers.push_back({corpus.parts().vocabulary[i % corpus.parts().vocabulary.size()]});
    PALIMPSEST_TRY(
        test, probe::FlipTest::make(*model.model, *model.tokenizer, sentences, 0, base::JobContext()));
    double plain = 0.0, search = 0.0;
    std::vector<double> ratios;
    for (std::size_t round = 0; round < options.rounds; ++round) {
        const std::size_t begin = triggers.size() * round / options.rounds;
        const std::size_t end = triggers.size() * (round + 1) / options.rounds;
        const auto part = std::span(triggers).subspan(begin, end - begin);
        const auto encoded = encodeVariants(model, sentences, part);
        std::vector<model::SentencePieces> pieces;
        for (const auto& each : encoded)
            pieces.push_back({each.ids, each.wordOfPiece});
        const auto at = [&](double place) {
            return (static_cast<double>(round) + place) / static_cast<double>(options.rounds);
        };
        auto start = std::chrono::steady_clock::now();
        PALIMPSEST_TRY(predictions, probe::predict(*model.model, pieces, ctx.part(at(0.0), at(0.5))));
        const double plainSeconds = secondsSince(start);
        start = std::chrono::steady_clock::now();
        PALIMPSEST_TRY(
            effects, test.measure(part, probe::TriggerPosition::Prepend, ctx.part(at(0.5), at(1.0))));
        const double searchSeconds = secondsSince(start);
        if (predictions.size() != effects.size() * sentences.size())
            return base::Error{base::ErrorCode::Internal, "The two passes did not run the same sentences"};
        plain += plainSeconds;
        search += searchSeconds;
        ratios.push_back(plainSeconds / searchSeconds);
    }
    console.endProgress();
    std::sort(ratios.begin(), ratios.end());
    const auto variants = static_cast<double>(options.sentences * options.candidates);
    return writeOutput(std::nullopt,
        jsonLine({{"sentences", options.sentences}, {"candidates", options.candidates},
            {"plain_per_second", variants / plain}, {"search_per_second", variants / search},
            {"ratio", plain / search}, {"median_ratio", ratios[ratios.size() / 2]}}));
}

} // namespace

VerbWork makeBenchTriggers(CLI::App& verb)
{
    const auto options = std::make_shared<TriggerBenchOptions>();
    CLI::App* triggers = verb.add_subcommand("triggers",
        "The trigger search beside the plain forward pass over the same, already tokenized sentences, taking "
        "turns in one run");
    triggers->add_option("project", options->project, "A project with a classifier")->required();
    triggers->add_option("--sentences", options->sentences, "Sentences")->check(CLI::Range(1, 1000000));
    triggers->add_option("--candidates", options->candidates, "Words tried")->check(CLI::Range(1, 100000));
    triggers->add_option("--rounds", options->rounds, "Turns")->check(CLI::Range(1, 100));
    triggers->add_option("--device", options->device, "auto, cpu, cuda or cuda:N");
    return [options](Console& console, Outcome&) { return bench(*options, console); };
}

} // namespace palimpsest::cli
