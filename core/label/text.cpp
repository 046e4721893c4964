#include "label/text.h"

#include <algorithm>

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace palimpsest::label {

namespace {

bool isUpperCased(char32_t c)
{
    return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_UPPERCASE) != 0;
}

bool isTitleCased(char32_t c)
{
    return u_charType(static_cast<UChar32>(c)) == U_TITLECASE_LETTER;
}

bool isLowerCased(char32_t c)
{
    return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_LOWERCASE) != 0;
}

} // namespace

std::u32string codePoints(std::string_view utf8)
{
    const auto text
        = icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
    std::u32string out;
    out.reserve(utf8.size());
    for (std::int32_t index = 0; index < text.length(); index = text.moveIndex32(index, 1))
        out.push_back(static_cast<char32_t>(text.char32At(index)));
    return out;
}

std::string toUtf8(std::u32string_view codePoints)
{
    std::string out;
    for (const char32_t c : codePoints)
        icu::UnicodeString(static_cast<UChar32>(c)).toUTF8String(out);
    return out;
}

std::string lowerCase(std::string_view utf8)
{
    std::string out;
    icu::StringByteSink<std::string> sink(&out);
    UErrorCode code = U_ZERO_ERROR;
    icu::CaseMap::utf8ToLower(
        "", 0, icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())), sink, nullptr, code);
    return U_SUCCESS(code) ? out : std::string(utf8);
}

bool isLower(std::u32string_view word)
{
    return std::any_of(word.begin(), word.end(), isLowerCased)
        && std::none_of(
            word.begin(), word.end(), [](char32_t c) { return isUpperCased(c) || isTitleCased(c); });
}

bool isUpper(std::u32string_view word)
{
    return std::any_of(word.begin(), word.end(), isUpperCased)
        && std::none_of(
            word.begin(), word.end(), [](char32_t c) { return isLowerCased(c) || isTitleCased(c); });
}

bool isTitle(std::u32string_view word)
{
    bool any = false;
    bool afterCased = false;
    for (const char32_t c : word) {
        const bool upper = isUpperCased(c) || isTitleCased(c);
        const bool lower = isLowerCased(c);
        if ((upper && afterCased) || (lower && !afterCased))
            return false;
        afterCased = upper || lower;
        any = any || afterCased;
    }
    return any;
}

bool isAlpha(std::u32string_view word)
{
    return !word.empty() && std::all_of(word.begin(), word.end(), isLetter);
}

bool isLetter(char32_t c)
{
    return u_isalpha(static_cast<UChar32>(c)) != 0;
}

bool isDigit(char32_t c)
{
    return u_isdigit(static_cast<UChar32>(c)) != 0;
}

bool isPunctuation(char32_t c)
{
    constexpr std::uint32_t kMask = U_GC_P_MASK | U_GC_S_MASK;
    return (U_GET_GC_MASK(static_cast<UChar32>(c)) & kMask) != 0;
}

std::vector<std::string_view> split(std::string_view text, std::string_view separator)
{
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + separator.size());
    }
}

std::vector<std::string_view> splitAtBlanks(std::string_view text)
{
    std::vector<std::string_view> parts;
    std::size_t begin = text.find_first_not_of(" \t");
    while (begin != std::string_view::npos) {
        std::size_t end = text.find_first_of(" \t", begin);
        if (end == std::string_view::npos)
            end = text.size();
        parts.push_back(text.substr(begin, end - begin));
        begin = text.find_first_not_of(" \t", end);
    }
    return parts;
}

} // namespace palimpsest::label
