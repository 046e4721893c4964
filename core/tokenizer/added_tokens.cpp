#include "tokenizer/added_tokens.h"

#include <algorithm>

#include "tokenizer/text/unicode_rules.h"
#include "tokenizer/text/utf8.h"

namespace palimpsest::tokenizer {

namespace {

char32_t codePointBefore(std::string_view text, std::size_t end, std::size_t& start)
{
    start = end - 1;
    while (isContinuation(text[start]))
        --start;
    std::size_t at = start;
    return nextCodePoint(text, at);
}

bool endsWithWord(std::string_view text)
{
    std::size_t start = 0;
    return !text.empty() && isWordCharacter(codePointBefore(text, text.size(), start));
}

bool startsWithWord(std::string_view text)
{
    std::size_t at = 0;
    return !text.empty() && isWordCharacter(nextCodePoint(text, at));
}

/// Where the white space at the end of `text` begins.
std::size_t trailingSpace(std::string_view text)
{
    std::size_t end = text.size();
    std::size_t start = 0;
    while (end > 0 && isWhitespace(codePointBefore(text, end, start)))
        end = start;
    return end;
}

/// Where the white space at the start of `text` ends.
std::size_t leadingSpace(std::string_view text)
{
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size() && isWhitespace(nextCodePoint(text, at));)
        end = at;
    return end;
}

} // namespace

void AddedTokenFinder::add(const AddedToken& token, std::string_view spelling)
{
    if (spelling.empty())
        return;
    // Of two tokens with one spelling the first is found, as by the library's automaton.
    bool known = false;
    m_trie.forEachPrefix(
        spelling, [&](std::size_t length, std::int32_t) { known = length == spelling.size(); });
    if (known)
        return;
    m_trie.insert(spelling, static_cast<std::int32_t>(m_tokens.size()));
    m_starts[static_cast<unsigned char>(spelling.front())] = true;
    m_tokens.push_back(token);
}

void AddedTokenFinder::find(std::string_view text, std::vector<AddedTokenMatch>& matches) const
{
    std::size_t open = 0; // start of the ordinary text that is not yet appended
    for (std::size_t at = 0; at < text.size();) {
        if (!m_starts[static_cast<unsigned char>(text[at])]) {
            ++at;
            continue;
        }
        std::size_t length = 0;
        std::int32_t which = -1;
        m_trie.forEachPrefix(text.substr(at), [&](std::size_t l, std::int32_t value) {
            length = l;
            which = value;
        });
        if (which < 0) {
            ++at;
            continue;
        }
        const AddedToken& token = m_tokens[static_cast<std::size_t>(which)];
        std::size_t begin = at;
        std::size_t end = at + length;
        at = end;
        if (token.singleWord && (endsWithWord(text.substr(0, begin)) || startsWithWord(text.substr(end))))
            continue;
        if (token.lstrip)
            begin = std::max(trailingSpace(text.substr(0, begin)), open);
        if (token.rstrip)
            end += leadingSpace(text.substr(end));
        if (open < begin)
            matches.push_back({open, begin, -1});
        // White space taken by the token before can reach over this one's begin.
        matches.push_back({std::min(begin, end), end, token.id});
        open = end;
    }
    if (open < text.size())
        matches.push_back({open, text.size(), -1});
}

} // namespace palimpsest::tokenizer
