#include "tokenizer/text/regex.h"

#include <algorithm>
#include <array>

#include <unicode/regex.h>
#include <unicode/unistr.h>
#include <unicode/utext.h>

namespace palimpsest::tokenizer {

namespace {

/// ICU counts steps in units of about a millisecond. An honest pattern needs far less than this; a hostile
/// one must not hold up a job, which cannot be cancelled meanwhile.
std::int32_t timeLimit(std::size_t bytes)
{
    return static_cast<std::int32_t>(50 + std::min(bytes, std::size_t{1} << 30U) / 1000);
}

constexpr std::int32_t kStackLimit = 8 << 20;

/// Where both engines know a class by the same name but mean different characters, the class is spelled out:
/// ICU's \s lacks U+000B and U+0085; Oniguruma's \w has no joiners and, outside of brackets, holds the
/// Latin-1 numbers (² ³ ¹ ¼ ½ ¾); its letters and numbers are those of Unicode 14.
std::string translate(const std::string& pattern)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kAnywhere = {{
        {"\\s", "\\p{White_Space}"},
        {"\\S", "\\P{White_Space}"},
        {"\\p{L}", "[\\p{L}&&\\p{Age=14.0}]"},
        {"\\p{N}", "[\\p{N}&&\\p{Age=14.0}]"},
    }};
    static constexpr std::string_view kWord = "[[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}]&&\\p{Age=14.0}]";
    static constexpr std::string_view kWordNumbers = "\\u00B2\\u00B3\\u00B9\\u00BC-\\u00BE";
    std::string result;
    int depth = 0; // of [ ]
    for (std::size_t i = 0; i < pattern.size();) {
        const std::string_view rest = std::string_view(pattern).substr(i);
        const auto known = std::find_if(kAnywhere.begin(), kAnywhere.end(),
            [&](const auto& entry) { return rest.starts_with(entry.first); });
        if (known != kAnywhere.end()) {
            result += known->second;
            i += known->first.size();
        } else if (rest.starts_with("\\w") && depth > 0) {
            result += kWord;
            i += 2;
        } else if ((rest.starts_with("\\w") || rest.starts_with("\\W")) && depth == 0) {
            result.append(rest[1] == 'w' ? "[" : "[^").append(kWord).append(kWordNumbers).append("]");
            i += 2;
        } else if ((rest.starts_with("\\b") || rest.starts_with("\\B")) && depth == 0) {
            // ICU's own \b goes by its own \w and looks through combining marks.
            const std::string word = "[" + std::string(kWord) + std::string(kWordNumbers) + "]";
            result += rest[1] == 'b'
                ? "(?:(?<=" + word + ")(?!" + word + ")|(?<!" + word + ")(?=" + word + "))"
                : "(?:(?<=" + word + ")(?=" + word + ")|(?<!" + word + ")(?!" + word + "))";
            i += 2;
        } else {
            const std::size_t length = rest[0] == '\\' && rest.size() > 1 ? 2 : 1;
            depth += rest[0] == '[' ? 1 : rest[0] == ']' && depth > 0 ? -1 : 0;
            result += rest.substr(0, length);
            i += length;
        }
    }
    return result;
}

} // namespace

struct Regex::Compiled {
    std::unique_ptr<icu::RegexPattern> pattern;
};

Regex::Regex(std::unique_ptr<Compiled> compiled)
    : m_compiled(std::move(compiled))
{
}

Regex::~Regex() = default;
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;

base::Result<Regex> Regex::compile(const std::string& pattern)
{
    const base::Error refused{base::ErrorCode::Malformed,
        "the regular expression \"" + pattern.substr(0, 200) + "\" cannot be read"};
    if (pattern.size() > 10'000)
        return refused;
    UErrorCode status = U_ZERO_ERROR;
    UParseError where{};
    auto compiled = std::make_unique<Compiled>();
    compiled->pattern.reset(
        icu::RegexPattern::compile(icu::UnicodeString::fromUTF8(translate(pattern)), 0, where, status));
    if (U_FAILURE(status) || !compiled->pattern)
        return refused;
    return Regex(std::move(compiled));
}

std::vector<std::pair<std::size_t, std::size_t>> Regex::findAll(std::string_view text) const
{
    std::vector<std::pair<std::size_t, std::size_t>> matches;
    UErrorCode status = U_ZERO_ERROR;
    UText input = UTEXT_INITIALIZER;
    utext_openUTF8(&input, text.data(), static_cast<std::int64_t>(text.size()), &status);
    const std::unique_ptr<icu::RegexMatcher> matcher(m_compiled->pattern->matcher(status));
    if (U_SUCCESS(status) && matcher) {
        matcher->setTimeLimit(timeLimit(text.size()), status);
        matcher->setStackLimit(kStackLimit, status);
        matcher->reset(&input);
        while (U_SUCCESS(status) && matcher->find(status) && U_SUCCESS(status)) {
            const auto begin = static_cast<std::size_t>(matcher->start64(status));
            const auto end = static_cast<std::size_t>(matcher->end64(status));
            if (begin < end)
                matches.emplace_back(begin, end);
        }
    }
    utext_close(&input);
    return matches;
}

} // namespace palimpsest::tokenizer
