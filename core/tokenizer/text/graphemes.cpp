// Written out because ICU's break iterator adds a rule for Indic conjuncts that the unicode-segmentation
// crate of Hugging Face tokenizers does not have, and because it is much slower on short texts.

#include "tokenizer/text/graphemes.h"

#include <unicode/uchar.h>

#include "tokenizer/text/utf8.h"

namespace palimpsest::tokenizer {

namespace {

int breakClass(char32_t c)
{
    if (c >= 0x20U && c < 0x7FU)
        return U_GCB_OTHER;
    return u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_GRAPHEME_CLUSTER_BREAK);
}

bool isPictographic(char32_t c)
{
    return c >= 0xA9U && u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_EXTENDED_PICTOGRAPHIC) != 0;
}

bool isBreakingControl(int kind)
{
    return kind == U_GCB_CONTROL || kind == U_GCB_CR || kind == U_GCB_LF;
}

/// Rules GB6 to GB8: syllables of Hangul stay together.
bool joinsHangul(int left, int right)
{
    switch (left) {
    case U_GCB_L:
        return right == U_GCB_L || right == U_GCB_V || right == U_GCB_LV || right == U_GCB_LVT;
    case U_GCB_LV:
    case U_GCB_V:
        return right == U_GCB_V || right == U_GCB_T;
    case U_GCB_LVT:
    case U_GCB_T:
        return right == U_GCB_T;
    default:
        return false;
    }
}

/// What of the cluster so far decides whether it goes on.
struct State {
    int last = U_GCB_OTHER;
    bool pictographic = false; ///< a pictograph, then only Extend
    bool pictographicJoiner = false; ///< the same, then ZWJ: rule GB11
    bool oddFlags = false; ///< an odd number of regional indicators at the end: rules GB12, GB13
};

bool continues(const State& state, int kind, char32_t c)
{
    if (state.last == U_GCB_CR)
        return kind == U_GCB_LF;
    if (isBreakingControl(state.last) || isBreakingControl(kind))
        return false;
    if (kind == U_GCB_EXTEND || kind == U_GCB_ZWJ || kind == U_GCB_SPACING_MARK
        || state.last == U_GCB_PREPEND)
        return true;
    if (joinsHangul(state.last, kind))
        return true;
    if (kind == U_GCB_REGIONAL_INDICATOR)
        return state.oddFlags;
    return state.pictographicJoiner && isPictographic(c);
}

void advance(State& state, int kind, char32_t c)
{
    const bool extends = kind == U_GCB_EXTEND;
    state.pictographicJoiner = state.pictographic && kind == U_GCB_ZWJ;
    state.pictographic
        = (state.pictographic && extends) || (!extends && kind != U_GCB_ZWJ && isPictographic(c));
    state.oddFlags = kind == U_GCB_REGIONAL_INDICATOR && !state.oddFlags;
    state.last = kind;
}

} // namespace

std::size_t graphemeEnd(std::string_view text, std::size_t begin)
{
    std::size_t at = begin;
    State state;
    char32_t c = nextCodePoint(text, at);
    advance(state, breakClass(c), c);
    while (at < text.size()) {
        std::size_t next = at;
        c = nextCodePoint(text, next);
        const int kind = breakClass(c);
        if (!continues(state, kind, c))
            break;
        advance(state, kind, c);
        at = next;
    }
    return at;
}

} // namespace palimpsest::tokenizer
