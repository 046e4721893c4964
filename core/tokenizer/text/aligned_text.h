#pragma once
// Text under normalisation that still knows which code points of the original each of its bytes came from.
// The rules of alignment are those of `NormalizedString` in Hugging Face tokenizers 0.19.1.
// Thread: reentrant; an object belongs to one thread.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tokenizer/text/utf8.h"

namespace palimpsest::tokenizer {

/// [begin, end) in code points of the original text.
struct Span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    bool operator==(const Span&) const = default;
};

/// One code point of the result of a transformation and how it relates to the code points before.
struct Change {
    char32_t c = 0;
    /// 0: replaces the next old code point. > 0: inserted, aligned with what came before. -n: replaces the
    /// next old code point, and the n after it are dropped.
    std::int32_t change = 0;
};

struct AlignedText {
    std::string text; ///< valid UTF-8
    std::vector<Span> spans; ///< one per byte of `text`

    void clear();
    void append(char32_t c, Span span);
    void append(std::string_view part, std::span<const Span> partSpans);

    /// Starts afresh with `original`, whose first code point is number `firstCodePoint`.
    void assign(std::string_view original, std::uint32_t firstCodePoint);

    /// Replaces everything by `changes`; the first `dropped` old code points have no successor.
    void transform(std::span<const Change> changes, std::size_t dropped = 0);

    /// Puts `prefix` in front, aligned with the first code point. An empty text stays empty.
    void prepend(std::string_view prefix);

    /// Removes the code points for which `remove` says so.
    template <typename Predicate>
    void removeIf(Predicate remove)
    {
        std::size_t out = 0;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t begin = at;
            const char32_t c = nextCodePoint(text, at);
            if (remove(c))
                continue;
            for (std::size_t i = begin; i < at; ++i, ++out) {
                text[out] = text[i];
                spans[out] = spans[i];
            }
        }
        text.resize(out);
        spans.resize(out);
    }
};

/// From the begin of the first to the end of the last span; {0, 0} if there is none.
[[nodiscard]] inline Span covering(std::span<const Span> spans)
{
    return spans.empty() ? Span{} : Span{spans.front().begin, spans.back().end};
}

} // namespace palimpsest::tokenizer
