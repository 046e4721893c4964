#include "tokenizer/word_alignment.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "tokenizer/text/utf8.h"

namespace palimpsest::tokenizer {

namespace {

/// Ascending list of the words of 0..count-1 that `wordOfPiece` does not mention.
std::vector<std::uint32_t> missingWords(const std::vector<std::int32_t>& wordOfPiece, std::size_t count)
{
    std::vector<bool> present(count, false);
    for (const std::int32_t word : wordOfPiece) {
        if (word >= 0)
            present[static_cast<std::size_t>(word)] = true;
    }
    std::vector<std::uint32_t> missing;
    for (std::size_t i = 0; i < count; ++i) {
        if (!present[i])
            missing.push_back(static_cast<std::uint32_t>(i));
    }
    return missing;
}

} // namespace

WordPieces encodeSentence(const Tokenizer& tokenizer, std::span<const std::string_view> words)
{
    WordPieces result;
    result.wordCount = words.size();
    std::string sentence;
    std::vector<std::uint32_t> ends; // of each word, in code points of the sentence
    ends.reserve(words.size());
    std::uint32_t length = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) {
            sentence.push_back(' ');
            ++length;
        }
        // Broken UTF-8 is repaired word by word, so that it cannot swallow the space that follows.
        const std::string word = isValidUtf8(words[i]) ? std::string(words[i]) : repairUtf8(words[i]);
        sentence += word;
        length += static_cast<std::uint32_t>(countCodePoints(word));
        ends.push_back(length);
    }
    Encoding encoding = tokenizer.encode(sentence);
    const auto unknown = tokenizer.unkId();
    result.wordOfPiece.reserve(encoding.ids.size());
    for (std::size_t i = 0; i < encoding.ids.size(); ++i) {
        const std::int32_t id = encoding.ids[i];
        if (encoding.wordIds[i] < 0 || (tokenizer.isSpecial(id) && id != unknown) || ends.empty()) {
            result.wordOfPiece.push_back(-1);
            continue;
        }
        // The character at position p lies in the first word that ends behind p; the space in front of a word
        // counts as that word's, which gives a lone space mark to the next word.
        const auto [begin, end] = encoding.offsets[i];
        const std::uint32_t last = end > begin ? end - 1 : begin;
        const auto word = std::upper_bound(ends.begin(), ends.end(), last);
        const auto index = std::min<std::ptrdiff_t>(word - ends.begin(), std::ssize(ends) - 1);
        result.wordOfPiece.push_back(static_cast<std::int32_t>(index));
    }
    result.specialsAfter
        = static_cast<std::size_t>(std::find_if(encoding.wordIds.rbegin(), encoding.wordIds.rend(),
                                       [](std::int32_t word) { return word >= 0; })
            - encoding.wordIds.rbegin());
    result.ids = std::move(encoding.ids);
    result.wordsWithoutPiece = missingWords(result.wordOfPiece, result.wordCount);
    return result;
}

WordPieces cutTo(WordPieces pieces, std::size_t maxPieces)
{
    const std::size_t count = pieces.ids.size();
    if (count <= maxPieces)
        return pieces;
    const std::size_t after = std::min(pieces.specialsAfter, maxPieces);
    const std::size_t kept = maxPieces - after; // from the front; then the special tokens from the end
    std::int32_t firstLost = std::numeric_limits<std::int32_t>::max();
    for (std::size_t i = kept; i < count; ++i) {
        if (pieces.wordOfPiece[i] >= 0)
            firstLost = std::min(firstLost, pieces.wordOfPiece[i]);
    }
    const auto drop = [&](std::vector<std::int32_t>& values) {
        values.erase(values.begin() + static_cast<std::ptrdiff_t>(kept),
            values.end() - static_cast<std::ptrdiff_t>(after));
    };
    drop(pieces.ids);
    drop(pieces.wordOfPiece);
    for (std::int32_t& word : pieces.wordOfPiece) {
        if (word >= firstLost)
            word = -1;
    }
    pieces.wordsWithoutPiece = missingWords(pieces.wordOfPiece, pieces.wordCount);
    return pieces;
}

} // namespace palimpsest::tokenizer
