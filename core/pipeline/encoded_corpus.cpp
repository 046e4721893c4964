#include "pipeline/encoded_corpus.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "tokenizer/post_processors/post_processor.h"

namespace palimpsest::pipeline {

using base::Result;

std::vector<model::SentencePieces> EncodedCorpus::pieces() const
{
    std::vector<model::SentencePieces> views;
    views.reserve(sentences.size());
    for (const tokenizer::WordPieces& sentence : sentences)
        views.push_back({sentence.ids, sentence.wordOfPiece, sentence.types});
    return views;
}

std::uint32_t EncodedCorpus::entryOf(const corpus::WordPlace& place) const
{
    const std::size_t sentence = base::toIndex(place.sentence);
    const auto begin = firstWords.begin() + static_cast<std::ptrdiff_t>(firsts[sentence]);
    const auto end = firstWords.begin() + static_cast<std::ptrdiff_t>(firsts[sentence + 1]);
    const auto after = std::upper_bound(begin, end, place.position);
    return static_cast<std::uint32_t>((after == begin ? begin : after - 1) - firstWords.begin());
}

namespace {

/// One entry, or the windows of a long sentence.
void addSentence(EncodedCorpus& encoded, base::SentenceId sentence, tokenizer::WordPieces pieces,
    const EncodeOptions& options)
{
    encoded.firsts.push_back(encoded.sentences.size());
    const bool tooLong = pieces.ids.size() > options.maxPieces;
    // A pair is cut in any case: windows would part its texts.
    if (tooLong && options.longSentences == LongSentences::Window && pieces.types.empty()) {
        ++encoded.windowedSentences;
        tokenizer::Windows split = tokenizer::splitIntoWindows(pieces, options.maxPieces, options.causal);
        for (const std::uint32_t word : split.wordsWithoutPiece)
            encoded.leftOut.push_back({sentence, word});
        std::move(split.windows.begin(), split.windows.end(), std::back_inserter(encoded.sentences));
        encoded.firstWords.insert(encoded.firstWords.end(), split.firstWords.begin(), split.firstWords.end());
        return;
    }
    if (tooLong) {
        ++encoded.cutSentences;
        pieces = tokenizer::cutTo(std::move(pieces), options.maxPieces);
    }
    for (const std::uint32_t word : pieces.wordsWithoutPiece)
        encoded.leftOut.push_back({sentence, word});
    encoded.sentences.push_back(std::move(pieces));
    encoded.firstWords.push_back(0);
}

} // namespace

Result<EncodedCorpus> encodeCorpus(const corpus::Corpus& corpus, const tokenizer::Tokenizer& tokenizer,
    const EncodeOptions& options, const base::JobContext& ctx)
{
    constexpr std::size_t kSentencesPerReport = 256;
    if (corpus.hasPairs() && !tokenizer.pairForm().readable)
        return base::Error{base::ErrorCode::Unsupported,
            "the tokenizer's template for sentence pairs does not hold two texts in order; give one text "
            "column"};
    EncodedCorpus encoded;
    encoded.sentences.reserve(corpus.sentenceCount());
    std::vector<std::string_view> words;
    for (std::size_t s = 0; s < corpus.sentenceCount(); ++s) {
        if (s % kSentencesPerReport == 0) {
            if (ctx.stopRequested())
                return base::cancelled();
            ctx.progress(static_cast<double>(s) / static_cast<double>(corpus.sentenceCount()), "Tokenizing");
        }
        const auto sentence = base::toId<base::SentenceId>(s);
        words.clear();
        for (const std::uint32_t word : corpus.wordsOf(sentence))
            words.push_back(corpus.word(base::WordId{word}));
        const std::size_t first = corpus.firstTextWords(sentence);
        addSentence(encoded, sentence,
            corpus.hasPairs() ? tokenizer::encodePair(
                tokenizer, std::span(words).first(first), std::span(words).subspan(first))
                              : tokenizer::encodeSentence(tokenizer, words),
            options);
    }
    encoded.firsts.push_back(encoded.sentences.size());
    ctx.progress(1.0, "Tokenizing");
    return encoded;
}

std::vector<corpus::WordPlace> wordsWithPieces(const corpus::Corpus& corpus, const EncodedCorpus& encoded)
{
    std::vector<corpus::WordPlace> places;
    auto missing = encoded.leftOut.begin();
    for (std::size_t s = 0; s < corpus.sentenceCount(); ++s) {
        const auto sentence = base::toId<base::SentenceId>(s);
        for (std::uint32_t word = 0; word < corpus.wordsOf(sentence).size(); ++word) {
            if (missing != encoded.leftOut.end() && missing->sentence == sentence
                && missing->position == word)
                ++missing;
            else
                places.push_back({sentence, word});
        }
    }
    return places;
}

std::string leftOutWarning(
    const corpus::Corpus& corpus, const std::vector<corpus::WordPlace>& leftOut, std::size_t cutSentences)
{
    if (leftOut.empty())
        return {};
    constexpr std::size_t kExamples = 3;
    std::string text = std::to_string(leftOut.size())
        + " word occurrences are left out, because they give no subword or stand beyond the model's length (";
    if (cutSentences > 0)
        text += std::to_string(cutSentences) + " sentences were cut; ";
    text += "first: ";
    for (std::size_t i = 0; i < std::min(kExamples, leftOut.size()); ++i) {
        const corpus::WordPlace& place = leftOut[i];
        const auto word = base::WordId{corpus.wordsOf(place.sentence)[place.position]};
        text += (i > 0 ? ", " : "") + ("\"" + std::string(corpus.word(word))) + "\" in sentence "
            + std::to_string(base::toIndex(place.sentence));
    }
    return text + ")";
}

std::string windowsWarning(std::size_t windowedSentences)
{
    if (windowedSentences == 0)
        return {};
    return std::to_string(windowedSentences) + (windowedSentences == 1 ? " sentence is" : " sentences are")
        + " longer than the model takes and read in overlapping windows; a word is taken from the window "
          "that "
          "gives it most context";
}

} // namespace palimpsest::pipeline
