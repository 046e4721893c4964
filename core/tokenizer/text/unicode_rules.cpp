#include "tokenizer/text/unicode_rules.h"

#include <algorithm>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

namespace palimpsest::tokenizer {

namespace {

UChar32 icu(char32_t c)
{
    return static_cast<UChar32>(c);
}

std::uint32_t categoryMask(char32_t c)
{
    return U_MASK(u_charType(icu(c)));
}

/// True for code points that came with Unicode 9 or later: `last` is the newest version a library's tables
/// know.
bool isNewerThan(char32_t c, std::uint8_t last)
{
    UVersionInfo age = {};
    u_charAge(icu(c), age);
    return age[0] > last;
}

/// The `unicode_categories` crate: BERT's punctuation, control characters and accents.
constexpr std::uint8_t kCategoriesVersion = 8;
/// The `unicode-normalization-alignments` crate: normalisation forms and StripAccents.
constexpr std::uint8_t kNormalizationVersion = 9;
/// The table of scripts inside tokenizers.
constexpr std::uint8_t kScriptsVersion = 9;
/// The Oniguruma library: regular expressions, byte-level splitting.
constexpr std::uint8_t kRegexVersion = 14;

bool hasCategory(char32_t c, std::uint32_t mask, std::uint8_t last)
{
    return (categoryMask(c) & mask) != 0 && !isNewerThan(c, last);
}

const icu::Normalizer2& composer(bool compatible)
{
    // ICU's instances are built once and never fail with the data compiled in.
    UErrorCode status = U_ZERO_ERROR;
    return compatible ? *icu::Normalizer2::getNFKCInstance(status)
                      : *icu::Normalizer2::getNFCInstance(status);
}

} // namespace

bool isWhitespace(char32_t c)
{
    if (c < 0x80U)
        return c == ' ' || (c >= 9 && c <= 13);
    return u_isUWhiteSpace(icu(c)) != 0;
}

bool isControl(char32_t c)
{
    if (c < 0x80U)
        return (c < 0x20U && c != '\t' && c != '\n' && c != '\r') || c == 0x7FU;
    return hasCategory(c, U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CO_MASK, kCategoriesVersion);
}

bool isPunctuation(char32_t c)
{
    if (c < 0x80U)
        return (c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) || (c >= 123 && c <= 126);
    // U+166D and U+111C9 were punctuation when the crate's tables were made.
    return hasCategory(c, U_GC_P_MASK, kCategoriesVersion) || c == 0x166DU || c == 0x111C9U;
}

bool isNonspacingMark(char32_t c)
{
    if (c < 0x300U)
        return false;
    // Characters whose category has changed since the crate's tables were made.
    if (c == 0x1734U)
        return true;
    if (c == 0x1885U || c == 0x1886U || c == 0xA9BDU || c == 0x111C9U)
        return false;
    return hasCategory(c, U_GC_MN_MASK, kCategoriesVersion);
}

bool isMark(char32_t c)
{
    if (c < 0x300U)
        return false;
    // Characters whose category has changed since the crate's tables were made.
    if (c == 0x1CF2U || c == 0x1CF3U)
        return true;
    return c != 0x111C9U && hasCategory(c, U_GC_M_MASK, kNormalizationVersion);
}

bool isLetter(char32_t c)
{
    if (c < 0x80U)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return hasCategory(c, U_GC_L_MASK, kRegexVersion);
}

bool isNumber(char32_t c)
{
    if (c < 0x80U)
        return c >= '0' && c <= '9';
    return hasCategory(c, U_GC_N_MASK, kRegexVersion);
}

bool isNumeric(char32_t c)
{
    return c < 0x80U ? isNumber(c) : (categoryMask(c) & U_GC_N_MASK) != 0;
}

bool isWordCharacter(char32_t c)
{
    if (c < 0x80U)
        return isLetter(c) || isNumber(c) || c == '_';
    return (categoryMask(c) & (U_GC_M_MASK | U_GC_ND_MASK | U_GC_PC_MASK)) != 0
        || u_isUAlphabetic(icu(c)) != 0 || c == 0x200CU || c == 0x200DU;
}

bool isChineseCharacter(char32_t c)
{
    // U+2B820 to U+2B91F are missing in the tokenizers library itself: its table says 2B920.
    return (c >= 0x4E00U && c <= 0x9FFFU) || (c >= 0x3400U && c <= 0x4DBFU)
        || (c >= 0x20000U && c <= 0x2A6DFU) || (c >= 0x2A700U && c <= 0x2B73FU)
        || (c >= 0x2B740U && c <= 0x2B81FU) || (c >= 0x2B920U && c <= 0x2CEAFU)
        || (c >= 0xF900U && c <= 0xFAFFU) || (c >= 0x2F800U && c <= 0x2FA1FU);
}

int scriptOf(char32_t c)
{
    if (c == 0x30FCU)
        return USCRIPT_HAN;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(icu(c), &status);
    if (c == ' ' || script == USCRIPT_UNKNOWN || isNewerThan(c, kScriptsVersion))
        return kNoScript;
    return script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ? USCRIPT_HAN : script;
}

std::uint8_t combiningClass(char32_t c)
{
    return c < 0x300U || isNewerThan(c, kNormalizationVersion) ? std::uint8_t{0}
                                                               : u_getCombiningClass(icu(c));
}

LowerCase lowerCase(char32_t c)
{
    if (c < 0x80U)
        return {c >= 'A' && c <= 'Z' ? c + 32U : c, 0};
    if (c == 0x130U)
        return {U'i', 0x307U};
    return {static_cast<char32_t>(u_tolower(icu(c))), 0};
}

std::size_t decompose(char32_t c, bool compatible, Decomposition& result)
{
    result[0] = c;
    if (c < 0xA0U || isNewerThan(c, kNormalizationVersion))
        return 1;
    icu::UnicodeString text;
    if (!composer(compatible).getDecomposition(icu(c), text))
        return 1;
    std::size_t count = 0;
    for (std::int32_t at = 0; at < text.length() && count < result.size(); at = text.moveIndex32(at, 1))
        result[count++] = static_cast<char32_t>(text.char32At(at));
    return count;
}

char32_t composePair(char32_t first, char32_t second)
{
    const UChar32 composed = composer(false).composePair(icu(first), icu(second));
    return composed < 0 ? U'\0' : static_cast<char32_t>(composed);
}

} // namespace palimpsest::tokenizer
