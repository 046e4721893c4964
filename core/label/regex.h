#pragma once
// One person's regular expression on one word, by ICU with limits on time and stack; private to core/label.
// Thread: immutable; matches() is reentrant.

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace palimpsest::label {

class WordPattern {
public:
    /// `where` names the pattern's place in messages. Fails with Malformed (what ICU finds wrong, and at
    /// which character).
    [[nodiscard]] static base::Result<WordPattern> compile(
        std::string_view pattern, bool caseSensitive, std::string where);

    ~WordPattern();
    WordPattern(WordPattern&&) noexcept;
    WordPattern& operator=(WordPattern&&) noexcept;

    /// True where the pattern is found anywhere in the word (^ and $ are the word's ends). Fails with
    /// TooLarge where the pattern takes too many steps on this word.
    [[nodiscard]] base::Result<bool> matches(std::string_view word) const;

private:
    struct Compiled;
    explicit WordPattern(std::unique_ptr<Compiled> compiled);
    std::unique_ptr<Compiled> m_compiled;
};

} // namespace palimpsest::label
