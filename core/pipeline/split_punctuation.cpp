#include "pipeline/split_punctuation.h"

#include <algorithm>
#include <array>

namespace palimpsest::pipeline {

namespace {

bool isAsciiMark(char character)
{
    return (character >= '!' && character <= '/') || (character >= ':' && character <= '@')
        || (character >= '[' && character <= '`') || (character >= '{' && character <= '~');
}

/// U+2010 to U+203F are E2 80 90 to E2 80 BF.
bool isWideMark(std::string_view bytes)
{
    return bytes.size() == 3 && bytes[0] == '\xE2' && bytes[1] == '\x80'
        && static_cast<unsigned char>(bytes[2]) >= 0x90 && static_cast<unsigned char>(bytes[2]) <= 0xBF;
}

/// Bytes of the mark at the beginning of `word`; 0 where there is none.
std::size_t markAtFront(std::string_view word)
{
    if (!word.empty() && isAsciiMark(word.front()))
        return 1;
    return isWideMark(word.substr(0, 3)) ? 3 : 0;
}

std::size_t markAtBack(std::string_view word)
{
    if (!word.empty() && isAsciiMark(word.back()))
        return 1;
    return word.size() >= 3 && isWideMark(word.substr(word.size() - 3)) ? 3 : 0;
}

/// Bytes of the run of one mark that `word` begins with.
std::size_t runAtFront(std::string_view word)
{
    const std::size_t mark = markAtFront(word);
    std::size_t run = mark;
    while (mark > 0 && word.substr(run, mark) == word.substr(0, mark))
        run += mark;
    return run;
}

std::size_t runAtBack(std::string_view word)
{
    const std::size_t mark = markAtBack(word);
    std::size_t run = mark;
    while (mark > 0 && run + mark <= word.size()
        && word.substr(word.size() - run - mark, mark) == word.substr(word.size() - mark))
        run += mark;
    return run;
}

char lower(char character)
{
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

bool endsWith(std::string_view word, std::string_view ending)
{
    if (word.size() <= ending.size())
        return false;
    for (std::size_t index = 0; index < ending.size(); ++index) {
        if (lower(word[word.size() - ending.size() + index]) != ending[index])
            return false;
    }
    return true;
}

/// Bytes of the ending that is a word of its own; 0 where there is none. Either apostrophe will do.
std::size_t ending(std::string_view word)
{
    static constexpr std::array<std::string_view, 14> kEndings{"n't", "'s", "'re", "'ve", "'ll", "'d", "'m",
        "n\u2019t", "\u2019s", "\u2019re", "\u2019ve", "\u2019ll", "\u2019d", "\u2019m"};
    for (const std::string_view candidate : kEndings) {
        if (endsWith(word, candidate))
            return candidate.size();
    }
    return 0;
}

void append(std::string& text, std::string_view word)
{
    if (word.empty())
        return;
    if (!text.empty())
        text += ' ';
    text += word;
}

void appendSplit(std::string& text, std::string_view word)
{
    for (std::size_t run = runAtFront(word); run > 0; run = runAtFront(word)) {
        // An ending that stands alone, as in text that is split already.
        if (run < word.size() && ending("x" + std::string(word)) == word.size())
            break;
        append(text, word.substr(0, run));
        word.remove_prefix(run);
    }
    std::string marks;
    for (std::size_t run = runAtBack(word); run > 0; run = runAtBack(word)) {
        std::string before(word.substr(word.size() - run));
        append(before, marks);
        marks = std::move(before);
        word.remove_suffix(run);
    }
    const std::size_t tail = ending(word);
    const std::string_view head = word.substr(0, word.size() - tail);
    if (tail > 0)
        appendSplit(text, head); // "Mr.'s", "shouldn't've"
    else
        append(text, head);
    append(text, word.substr(word.size() - tail));
    append(text, marks);
}

} // namespace

std::string splitPunctuation(std::string_view text)
{
    std::string result;
    result.reserve(text.size() + text.size() / 8);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
        appendSplit(result, text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

} // namespace palimpsest::pipeline
