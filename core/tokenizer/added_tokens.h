#pragma once
// Tokens that are looked for in the text before anything else happens to it ([MASK], <s>, …).
// Thread: filled by one thread, then read by any number.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tokenizer/text/byte_trie.h"

namespace palimpsest::tokenizer {

struct AddedToken {
    std::string content;
    std::int32_t id = 0;
    bool singleWord = false; ///< only where no word character touches it
    bool lstrip = false; ///< takes the white space on its left
    bool rstrip = false;
    bool normalized = false; ///< looked for in the normalised text instead of the raw one
    bool special = false;
};

/// [begin, end) in bytes; the matches cover the text without gaps.
struct AddedTokenMatch {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::int32_t id = -1; ///< -1: ordinary text
};

/// Finds a set of tokens: leftmost first, of those the longest.
class AddedTokenFinder {
public:
    /// `spelling` is what is looked for: the content, or its normalised form.
    void add(const AddedToken& token, std::string_view spelling);

    [[nodiscard]] bool empty() const { return m_tokens.empty(); }

    /// Cuts `text` at the tokens in it and appends the parts to `matches`; appends one part if there are
    /// none.
    void find(std::string_view text, std::vector<AddedTokenMatch>& matches) const;

private:
    std::vector<AddedToken> m_tokens;
    ByteTrie m_trie; ///< spelling → index in m_tokens
    std::vector<bool> m_starts = std::vector<bool>(256, false); ///< bytes with which a spelling begins
};

} // namespace palimpsest::tokenizer
