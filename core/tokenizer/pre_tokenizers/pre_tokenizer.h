#pragma once
// The step that cuts normalised text into pre-tokens, and the text it works on.
// Thread: pre-tokenizers are immutable; the text belongs to the caller.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/result.h"
#include "tokenizer/text/aligned_text.h"

namespace palimpsest::tokenizer {

/// The bytes [begin, end) of PreTokenized::buffer.
struct Split {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::int32_t addedToken = -1; ///< its id, for an added token found in the text: not cut any further
};

struct PreTokenized {
    AlignedText buffer;
    std::vector<Split> splits; ///< in the order of the text; none is empty
    std::vector<Split> nextSplits; ///< room for the next step, kept to save allocations
    AlignedText nextBuffer;
    AlignedText piece;

    void clear();
    [[nodiscard]] std::string_view text(const Split& split) const
    {
        return std::string_view(buffer.text).substr(split.begin, split.end - split.begin);
    }

    /// Cuts every split but added tokens: `cut(text, emit)` calls emit(begin, end) for the parts to keep.
    template <typename Cut>
    void cutEach(Cut cut)
    {
        nextSplits.clear();
        for (const Split& split : splits) {
            if (split.addedToken >= 0) {
                nextSplits.push_back(split);
                continue;
            }
            cut(text(split), [&](std::size_t begin, std::size_t end) {
                if (begin < end)
                    nextSplits.push_back({split.begin + static_cast<std::uint32_t>(begin),
                        split.begin + static_cast<std::uint32_t>(end), -1});
            });
        }
        splits.swap(nextSplits);
    }

    /// Rewrites every split but added tokens: `rewrite(AlignedText&)`.
    template <typename Rewrite>
    void rewriteEach(Rewrite rewrite)
    {
        nextSplits.clear();
        nextBuffer.clear();
        for (const Split& split : splits) {
            const auto begin = static_cast<std::uint32_t>(nextBuffer.text.size());
            const std::span<const Span> spans(buffer.spans.data() + split.begin, split.end - split.begin);
            if (split.addedToken >= 0) {
                nextBuffer.append(text(split), spans);
            } else {
                piece.clear();
                piece.append(text(split), spans);
                rewrite(piece);
                nextBuffer.append(piece.text, piece.spans);
            }
            const auto end = static_cast<std::uint32_t>(nextBuffer.text.size());
            if (begin < end)
                nextSplits.push_back({begin, end, split.addedToken});
        }
        splits.swap(nextSplits);
        std::swap(buffer, nextBuffer);
    }
};

class PreTokenizer {
public:
    virtual ~PreTokenizer() = default;
    virtual void apply(PreTokenized& text) const = 0;
};

/// Null stands for "one pre-token".
using PreTokenizerPtr = std::unique_ptr<const PreTokenizer>;

/// What becomes of the separator that a splitting rule finds.
enum class SeparatorRule : std::uint8_t { Removed, Isolated, MergedWithPrevious, MergedWithNext, Contiguous };

enum class PrependScheme : std::uint8_t { Always, First, Never };

struct ByteLevelOptions {
    bool addPrefixSpace = true;
    bool useRegex = true; ///< GPT-2's splitting rule
    bool mapBytes = true; ///< false: the model takes raw bytes (BpeOptions::rawBytes)
};

[[nodiscard]] PreTokenizerPtr makeBertPreTokenizer();
[[nodiscard]] PreTokenizerPtr makeWhitespaceSplit();
/// `\w+|[^\w\s]+`, the rest removed.
[[nodiscard]] PreTokenizerPtr makeWhitespace();
[[nodiscard]] PreTokenizerPtr makePunctuation(SeparatorRule rule);
[[nodiscard]] PreTokenizerPtr makeDigits(bool individual);
[[nodiscard]] PreTokenizerPtr makeCharDelimiterSplit(char32_t delimiter);
[[nodiscard]] PreTokenizerPtr makeUnicodeScripts();
[[nodiscard]] PreTokenizerPtr makeByteLevel(const ByteLevelOptions& options);
[[nodiscard]] PreTokenizerPtr makeMetaspace(char32_t replacement, PrependScheme scheme, bool split);
/// Separators are the occurrences of `needle`; `invert`: what lies between them is the separator.
[[nodiscard]] PreTokenizerPtr makeSplitText(std::string needle, SeparatorRule rule, bool invert);
/// The same for a regular expression. Fails with Malformed if it is not one.
[[nodiscard]] base::Result<PreTokenizerPtr> makeSplitPattern(
    const std::string& pattern, SeparatorRule rule, bool invert);
[[nodiscard]] PreTokenizerPtr makeSequence(std::vector<PreTokenizerPtr> parts);

/// What the rest of the tokenizer has to know about a pre-tokenizer.
struct PreTokenizerAndFacts {
    PreTokenizerPtr preTokenizer;
    bool rawBytes = false; ///< the last step is ByteLevel and left its mapping to the model
};

/// Builds the component described by a `pre_tokenizer` object of tokenizer.json (null gives null).
/// `modelTakesBytes`: the model can work on raw bytes. Fails with Malformed or Unsupported.
[[nodiscard]] base::Result<PreTokenizerAndFacts> readPreTokenizer(
    const nlohmann::json& description, bool modelTakesBytes, const std::string& file);

} // namespace palimpsest::tokenizer
