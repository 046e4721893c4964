#include "pipeline/typed_sentence.h"

#include <algorithm>
#include <utility>

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

tokenizer::WordPieces encodeCut(
    const tokenizer::Tokenizer& tokenizer, std::span<const std::string_view> words, std::size_t maxPieces)
{
    auto pieces = tokenizer::encodeSentence(tokenizer, words);
    return pieces.ids.size() > maxPieces ? tokenizer::cutTo(std::move(pieces), maxPieces) : pieces;
}

void setBaseline(probe::AttributionOptions& options, const tokenizer::Tokenizer& tokenizer)
{
    options.baselineId = tokenizer.padId();
    options.occlusionId = tokenizer.maskId().value_or(tokenizer.padId());
}

} // namespace palimpsest::pipeline
