#include "pipeline/typed_sentence.h"

#include <algorithm>
#include <utility>

#include "tokenizer/post_processors/post_processor.h"

namespace palimpsest::pipeline {

std::vector<std::string_view> splitWords(std::string_view text)
{
    std::vector<std::string_view> words;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find_first_of(" \t\r\n", begin), text.size());
        if (end > begin)
            words.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

tokenizer::WordPieces encodeCut(const tokenizer::Tokenizer& tokenizer,
    std::span<const std::string_view> words, std::size_t maxPieces, std::size_t firstTextWords)
{
    auto pieces = firstTextWords == 0
        ? tokenizer::encodeSentence(tokenizer, words)
        : tokenizer::encodePair(tokenizer, words.first(firstTextWords), words.subspan(firstTextWords));
    return pieces.ids.size() > maxPieces ? tokenizer::cutTo(std::move(pieces), maxPieces) : pieces;
}

base::Status checkPair(const tokenizer::Tokenizer& tokenizer, std::size_t words, std::size_t firstTextWords)
{
    if (firstTextWords == 0)
        return {};
    if (firstTextWords >= words) {
        return base::Error{base::ErrorCode::InvalidArgument,
            "A pair needs a word in both of its texts; type some, or give one text alone"};
    }
    if (!tokenizer.pairForm().readable) {
        return base::Error{base::ErrorCode::Unsupported,
            "The tokenizer's template for sentence pairs does not hold two texts in order; give one text "
            "alone"};
    }
    return {};
}

void setBaseline(probe::AttributionOptions& options, const tokenizer::Tokenizer& tokenizer)
{
    options.baselineId = tokenizer.padId();
    options.occlusionId = tokenizer.maskId().value_or(tokenizer.padId());
}

} // namespace palimpsest::pipeline
