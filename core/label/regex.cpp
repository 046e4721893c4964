#include "label/regex.h"

#include <utility>

#include <unicode/regex.h>

namespace palimpsest::label {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::size_t kMaxPatternBytes = 10'000;
/// ICU counts in steps of about a millisecond.
constexpr std::int32_t kTimeLimit = 20;
constexpr std::int32_t kStackBytes = 1 << 20;

icu::UnicodeString unicode(std::string_view utf8)
{
    return icu::UnicodeString::fromUTF8(
        icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
}

} // namespace

struct WordPattern::Compiled {
    std::unique_ptr<icu::RegexPattern> pattern;
    std::string where;
};

WordPattern::WordPattern(std::unique_ptr<Compiled> compiled)
    : m_compiled(std::move(compiled))
{
}

WordPattern::~WordPattern() = default;
WordPattern::WordPattern(WordPattern&&) noexcept = default;
WordPattern& WordPattern::operator=(WordPattern&&) noexcept = default;

base::Result<WordPattern> WordPattern::compile(
    std::string_view pattern, bool caseSensitive, std::string where)
{
    if (pattern.size() > kMaxPatternBytes)
        return Error{ErrorCode::TooLarge, where + ": the pattern is too long; write a shorter one"};
    UErrorCode code = U_ZERO_ERROR;
    UParseError position{};
    const std::uint32_t flags = caseSensitive ? 0U : static_cast<std::uint32_t>(UREGEX_CASE_INSENSITIVE);
    auto compiled = std::make_unique<Compiled>();
    compiled->pattern.reset(icu::RegexPattern::compile(unicode(pattern), flags, position, code));
    if (U_FAILURE(code)) {
        return Error{ErrorCode::Malformed,
            where + ": the regular expression " + std::string(pattern) + " cannot be read at character "
                + std::to_string(position.offset) + " (" + u_errorName(code) + "); correct it"};
    }
    compiled->where = std::move(where);
    return WordPattern(std::move(compiled));
}

base::Result<bool> WordPattern::matches(std::string_view word) const
{
    UErrorCode code = U_ZERO_ERROR;
    const icu::UnicodeString text = unicode(word);
    const std::unique_ptr<icu::RegexMatcher> matcher(m_compiled->pattern->matcher(text, code));
    if (U_SUCCESS(code)) {
        matcher->setTimeLimit(kTimeLimit, code);
        matcher->setStackLimit(kStackBytes, code);
        const bool found = matcher->find(code) != 0;
        if (U_SUCCESS(code))
            return found;
    }
    return Error{ErrorCode::TooLarge,
        m_compiled->where + ": the regular expression takes too long on the word \"" + std::string(word)
            + "\"; write it without nested repetitions"};
}

} // namespace palimpsest::label
