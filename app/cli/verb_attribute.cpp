// palimpsest attribute: how much each word moves a classifier, for a sentence or a corpus.

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "cli/attribution_text.h"
#include "cli/verb.h"
#include "model/model.h"
#include "pipeline/encoded_corpus.h"
#include "pipeline/explain_sentence.h"
#include "pipeline/typed_sentence.h"

namespace palimpsest::cli {

namespace {

struct AttributeOptions {
    std::string model, sentence, pair, corpus, target, output;
    std::string device = "auto";
    corpus::ReadOptions reading;
    probe::AttributionOptions attribution;
    std::size_t sentences = 0;
    bool json = false;
};

/// How far the sums are from the differences of logits, for people.
std::string completenessNote(const std::vector<probe::Attribution>& results)
{
    std::vector<double> shares;
    for (const probe::Attribution& each : results)
        shares.push_back(
            each.completenessError / std::max(1e-12, std::abs(each.targetLogit - each.baselineLogit)));
    std::sort(shares.begin(), shares.end());
    return fmt::format(
        "Completeness error as a share of the logit difference, {} sentences: median {:.4f} %, "
        "largest {:.4f} %",
        shares.size(), 100.0 * shares[shares.size() / 2], 100.0 * shares.back());
}

base::Status attribute(AttributeOptions& options, Console& console)
{
    const base::JobContext& ctx = console.context();
    PALIMPSEST_TRY(model, model::Model::open(options.model, {options.device}));
    PALIMPSEST_TRY(tokenizer, tokenizer::Tokenizer::open(options.model));
    const std::vector<std::string>& labels = model->config().labels;
    if (!options.target.empty()) {
        PALIMPSEST_TRY(target, pipeline::labelNamed(*model, options.target));
        options.attribution.target = target;
    }
    std::vector<std::vector<std::string_view>> words;
    std::vector<std::size_t> firstTextWords; // of pairs; 0: one text
    std::shared_ptr<const corpus::Corpus> corpus;
    if (options.corpus.empty()) {
        words.push_back(pipeline::splitWords(options.sentence));
        firstTextWords.push_back(options.pair.empty() ? 0 : words.back().size());
        const auto second = pipeline::splitWords(options.pair);
        words.back().insert(words.back().end(), second.begin(), second.end());
        PALIMPSEST_CHECK(pipeline::checkPair(*tokenizer, words.back().size(), firstTextWords.back()));
    } else {
        PALIMPSEST_TRY(read, corpus::readCorpus(options.corpus, options.reading, ctx.part(0.0, 0.01)));
        corpus = read;
        for (std::size_t s = 0; s < corpus->sentenceCount(); ++s) {
            if (options.sentences > 0 && s == options.sentences)
                break;
            const auto id = base::toId<base::SentenceId>(s);
            words.emplace_back();
            for (const std::uint32_t word : corpus->wordsOf(id))
                words.back().push_back(corpus->word(base::WordId{word}));
            // A pair of which one text has no words is read as one text.
            const std::size_t first = corpus->hasPairs() ? corpus->firstTextWords(id) : 0;
            firstTextWords.push_back(first < words.back().size() ? first : 0);
            PALIMPSEST_CHECK(pipeline::checkPair(*tokenizer, words.back().size(), firstTextWords.back()));
        }
    }
    const std::size_t maxPieces = std::min(model->config().maxPieces, tokenizer->maxLength());
    std::vector<tokenizer::WordPieces> encoded;
    for (std::size_t s = 0; s < words.size(); ++s)
        encoded.push_back(pipeline::encodeCut(*tokenizer, words[s], maxPieces, firstTextWords[s]));
    std::vector<model::SentencePieces> pieces;
    for (const auto& sentence : encoded)
        pieces.push_back({sentence.ids, sentence.wordOfPiece, sentence.types});
    pipeline::setBaseline(options.attribution, *tokenizer);
    PALIMPSEST_TRY(results, probe::attribute(*model, pieces, options.attribution, ctx.part(0.01, 1.0)));
    std::string text;
    for (std::size_t s = 0; s < results.size(); ++s) {
        if (options.json || results.size() > 1) {
            Json row{{"sentence", s}};
            row.update(attributionJson(results[s], words[s], labels));
            text += jsonLine(row);
        } else {
            text += attributionText(results[s], words[s], labels);
        }
    }
    console.endProgress();
    if (results.size() > 1 && options.attribution.method == probe::AttributionMethod::IntegratedGradients)
        console.note(completenessNote(results));
    return writeOutput(
        options.output.empty() ? std::nullopt : std::optional<std::filesystem::path>(options.output), text);
}

} // namespace

VerbWork makeAttribute(CLI::App& verb)
{
    const auto options = std::make_shared<AttributeOptions>();
    verb.add_option("--model", options->model, "Folder of a checkpoint with a classification head")
        ->required();
    CLI::Option* sentence = verb.add_option("--sentence", options->sentence, "One sentence");
    verb.add_option("--pair", options->pair, "With --sentence: the second text of a pair")->needs(sentence);
    addCorpusOptions(verb, options->corpus, options->reading, false);
    verb.get_option("--corpus")->excludes(sentence);
    verb.add_option("--sentences", options->sentences, "The first so many of the corpus")
        ->check(CLI::Range(1, 1000000000));
    verb.add_option("--target", options->target, "Label that is explained (default: the predicted one)");
    addAttributionOptions(verb, options->attribution);
    verb.add_option("--device", options->device, "auto, cpu, cuda or cuda:N");
    verb.add_flag("--json", options->json, "Machine readable; a corpus always gives JSON lines");
    verb.add_option("-o,--output", options->output, "File for the result instead of standard output");
    return [options](Console& console, Outcome&) -> base::Status {
        if (options->sentence.empty() && options->corpus.empty())
            return base::Error{base::ErrorCode::InvalidArgument, "Give --sentence or --corpus"};
        base::Status status = attribute(*options, console);
        console.endProgress();
        return status;
    };
}

} // namespace palimpsest::cli
