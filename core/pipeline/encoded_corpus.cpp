#include "pipeline/encoded_corpus.h"

#include <string>

namespace palimpsest::pipeline {

using base::Result;

std::vector<model::SentencePieces> EncodedCorpus::pieces() const
{
    std::vector<model::SentencePieces> views;
    views.reserve(sentences.size());
    for (const tokenizer::WordPieces& sentence : sentences)
        views.push_back({sentence.ids, sentence.wordOfPiece});
    return views;
}

Result<EncodedCorpus> encodeCorpus(const corpus::Corpus& corpus, const tokenizer::Tokenizer& tokenizer,
    std::size_t maxPieces, const base::JobContext& ctx)
{
    constexpr std::size_t kSentencesPerReport = 256;
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
        tokenizer::WordPieces pieces = tokenizer::encodeSentence(tokenizer, words);
        if (pieces.ids.size() > maxPieces) {
            ++encoded.cutSentences;
            pieces = tokenizer::cutTo(std::move(pieces), maxPieces);
        }
        for (const std::uint32_t word : pieces.wordsWithoutPiece)
            encoded.leftOut.push_back({sentence, word});
        encoded.sentences.push_back(std::move(pieces));
    }
    ctx.progress(1.0, "Tokenizing");
    return encoded;
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

} // namespace palimpsest::pipeline
