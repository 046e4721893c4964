#include "tokenizer/word_alignment.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "tokenizer/post_processors/post_processor.h"
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
    const auto firstText = std::find_if(
        encoding.wordIds.begin(), encoding.wordIds.end(), [](std::int32_t word) { return word >= 0; });
    result.specialsBefore = static_cast<std::size_t>(firstText - encoding.wordIds.begin());
    result.specialsAfter
        = static_cast<std::size_t>(std::find_if(encoding.wordIds.rbegin(), encoding.wordIds.rend(),
                                       [](std::int32_t word) { return word >= 0; })
            - encoding.wordIds.rbegin());
    result.ids = std::move(encoding.ids);
    result.wordsWithoutPiece = missingWords(result.wordOfPiece, result.wordCount);
    return result;
}

namespace {

/// Appends the pieces of one text without its special tokens.
void appendText(WordPieces& pair, const WordPieces& text, std::int32_t firstWord, std::int32_t type)
{
    const std::size_t specials = text.specialsBefore + text.specialsAfter;
    for (std::size_t i = text.specialsBefore;
         specials < text.ids.size() && i + text.specialsAfter < text.ids.size(); ++i) {
        pair.ids.push_back(text.ids[i]);
        pair.wordOfPiece.push_back(text.wordOfPiece[i] < 0 ? -1 : text.wordOfPiece[i] + firstWord);
        pair.types.push_back(type);
    }
}

void appendSpecials(WordPieces& pair, const std::vector<TypedToken>& tokens)
{
    for (const TypedToken& token : tokens) {
        pair.ids.push_back(token.id);
        pair.wordOfPiece.push_back(-1);
        pair.types.push_back(token.type);
    }
}

/// Drops the pieces `from`..`to` and what is left of the words that lost one of theirs.
void dropPieces(WordPieces& pieces, std::size_t from, std::size_t to)
{
    std::vector<std::int32_t> lost;
    for (std::size_t i = from; i < to; ++i) {
        if (pieces.wordOfPiece[i] >= 0)
            lost.push_back(pieces.wordOfPiece[i]);
    }
    const auto drop = [&](std::vector<std::int32_t>& values) {
        values.erase(values.begin() + static_cast<std::ptrdiff_t>(from),
            values.begin() + static_cast<std::ptrdiff_t>(to));
    };
    drop(pieces.ids);
    drop(pieces.wordOfPiece);
    drop(pieces.types);
    for (std::int32_t& word : pieces.wordOfPiece) {
        if (word >= 0 && std::find(lost.begin(), lost.end(), word) != lost.end())
            word = -1;
    }
}

/// The rule of tokenizers' truncation.rs, LongestFirst.
WordPieces cutPair(WordPieces pieces, std::size_t maxPieces)
{
    const std::size_t secondEnd = pieces.ids.size() - pieces.specialsAfter;
    const std::size_t firstEnd = pieces.secondBegin - pieces.specialsBetween;
    std::size_t first = firstEnd - pieces.specialsBefore;
    std::size_t second = secondEnd - pieces.secondBegin;
    const std::size_t specials = pieces.specialsBefore + pieces.specialsBetween + pieces.specialsAfter;
    const std::size_t room = maxPieces > specials ? maxPieces - specials : 0;
    const bool swap = first > second;
    std::size_t shorter = std::min(first, second);
    std::size_t longer = shorter > room ? shorter : std::max(shorter, room - shorter);
    if (shorter + longer > room) {
        shorter = room / 2;
        longer = shorter + room % 2;
    }
    first = std::min(first, swap ? longer : shorter);
    second = std::min(second, swap ? shorter : longer);
    dropPieces(pieces, pieces.secondBegin + second, secondEnd);
    dropPieces(pieces, pieces.specialsBefore + first, firstEnd);
    pieces.secondBegin -= firstEnd - (pieces.specialsBefore + first);
    pieces.wordsWithoutPiece = missingWords(pieces.wordOfPiece, pieces.wordCount);
    return pieces;
}

} // namespace

WordPieces encodePair(const Tokenizer& tokenizer, std::span<const std::string_view> first,
    std::span<const std::string_view> second)
{
    const PairForm& form = tokenizer.pairForm();
    WordPieces pair;
    pair.wordCount = first.size() + second.size();
    pair.specialsBefore = form.before.size();
    pair.specialsBetween = form.between.size();
    pair.specialsAfter = form.after.size();
    appendSpecials(pair, form.before);
    appendText(pair, encodeSentence(tokenizer, first), 0, form.firstType);
    appendSpecials(pair, form.between);
    pair.secondBegin = pair.ids.size();
    appendText(
        pair, encodeSentence(tokenizer, second), static_cast<std::int32_t>(first.size()), form.secondType);
    appendSpecials(pair, form.after);
    pair.wordsWithoutPiece = missingWords(pair.wordOfPiece, pair.wordCount);
    return pair;
}

WordPieces cutTo(WordPieces pieces, std::size_t maxPieces)
{
    const std::size_t count = pieces.ids.size();
    if (count <= maxPieces)
        return pieces;
    if (!pieces.types.empty())
        return cutPair(std::move(pieces), maxPieces);
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

namespace {

/// The places of a word in the text between the special tokens.
struct WordSpan {
    std::size_t first = 0;
    std::size_t last = 0;
    bool present = false;
};

std::vector<WordSpan> wordSpans(const WordPieces& pieces)
{
    std::vector<WordSpan> spans(pieces.wordCount);
    for (std::size_t i = pieces.specialsBefore; i < pieces.ids.size() - pieces.specialsAfter; ++i) {
        if (pieces.wordOfPiece[i] < 0)
            continue;
        WordSpan& span = spans[static_cast<std::size_t>(pieces.wordOfPiece[i])];
        span.last = i - pieces.specialsBefore;
        if (!span.present)
            span.first = span.last;
        span.present = true;
    }
    return spans;
}

/// Begins of windows of `capacity` pieces over `count`.
std::vector<std::size_t> windowBegins(std::size_t count, std::size_t capacity)
{
    const std::size_t step = std::max<std::size_t>(capacity / 2, 1);
    std::vector<std::size_t> begins = {0};
    while (begins.back() + capacity < count)
        begins.push_back(std::min(begins.back() + step, count - capacity));
    return begins;
}

/// The window that a word belongs to; begins.size() where none has it whole.
std::size_t windowOf(
    const WordSpan& word, const std::vector<std::size_t>& begins, std::size_t capacity, bool causal)
{
    std::size_t best = begins.size();
    std::size_t mostContext = 0;
    const std::size_t lowest = word.last + 1 > capacity ? word.last + 1 - capacity : 0;
    for (auto begin = std::lower_bound(begins.begin(), begins.end(), lowest);
         begin != begins.end() && *begin <= word.first; ++begin) {
        const std::size_t before = word.first - *begin;
        const std::size_t context = causal ? before : std::min(before, *begin + capacity - 1 - word.last);
        if (best == begins.size() || context > mostContext) {
            best = static_cast<std::size_t>(begin - begins.begin());
            mostContext = context;
        }
    }
    return best;
}

/// The pieces of a window, none of which names a word yet.
WordPieces cutWindow(const WordPieces& pieces, std::size_t begin, std::size_t capacity)
{
    WordPieces window;
    window.wordCount = pieces.wordCount;
    window.specialsBefore = pieces.specialsBefore;
    window.specialsAfter = pieces.specialsAfter;
    const auto from
        = [&](std::size_t place) { return pieces.ids.begin() + static_cast<std::ptrdiff_t>(place); };
    const std::size_t text = pieces.specialsBefore + begin;
    window.ids.assign(pieces.ids.begin(), from(pieces.specialsBefore));
    window.ids.insert(window.ids.end(), from(text), from(text + capacity));
    window.ids.insert(window.ids.end(), from(pieces.ids.size() - pieces.specialsAfter), pieces.ids.end());
    window.wordOfPiece.assign(window.ids.size(), -1);
    return window;
}

} // namespace

Windows splitIntoWindows(const WordPieces& pieces, std::size_t maxPieces, bool causal)
{
    Windows result;
    result.wordsWithoutPiece = pieces.wordsWithoutPiece;
    const std::size_t specials = pieces.specialsBefore + pieces.specialsAfter;
    if (pieces.ids.size() <= maxPieces || maxPieces <= specials) {
        const WordPieces cut = cutTo(pieces, maxPieces);
        result.wordsWithoutPiece = cut.wordsWithoutPiece;
        result.windows.push_back(cut);
        result.windows.back().wordsWithoutPiece.clear();
        result.firstWords.push_back(0);
        return result;
    }
    const std::size_t capacity = maxPieces - specials;
    const auto begins = windowBegins(pieces.ids.size() - specials, capacity);
    const auto spans = wordSpans(pieces);
    result.wordsWithoutPiece.clear();
    std::size_t current = begins.size();
    for (std::uint32_t word = 0; word < spans.size(); ++word) {
        const std::size_t best
            = spans[word].present ? windowOf(spans[word], begins, capacity, causal) : begins.size();
        if (best == begins.size()) {
            result.wordsWithoutPiece.push_back(word);
            continue;
        }
        // Later words never belong to earlier windows: their context grows at the front and shrinks at the
        // end.
        if (best != current) {
            result.windows.push_back(cutWindow(pieces, begins[best], capacity));
            result.firstWords.push_back(word);
            current = best;
        }
        for (std::size_t place = spans[word].first; place <= spans[word].last; ++place) {
            if (pieces.wordOfPiece[pieces.specialsBefore + place] == static_cast<std::int32_t>(word)) {
                result.windows.back().wordOfPiece[pieces.specialsBefore + place - begins[best]]
                    = static_cast<std::int32_t>(word);
            }
        }
    }
    return result;
}

} // namespace palimpsest::tokenizer
