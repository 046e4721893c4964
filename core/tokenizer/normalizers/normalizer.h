#pragma once
// The first step of a tokenizer: rewrites the text while keeping track of where it came from.
// Thread: normalizers are immutable; the text belongs to the caller.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/result.h"
#include "tokenizer/text/aligned_text.h"

namespace palimpsest::tokenizer {

class Normalizer {
public:
    virtual ~Normalizer() = default;
    virtual void apply(AlignedText& text) const = 0;
};

/// Null stands for "leaves the text as it is".
using NormalizerPtr = std::unique_ptr<const Normalizer>;

/// What BertNormalizer is told in tokenizer.json or, for the classic files, in tokenizer_config.json.
struct BertNormalizerOptions {
    bool cleanText = true;
    bool handleChineseChars = true;
    bool stripAccents = true;
    bool lowercase = true;
};

enum class UnicodeForm : std::uint8_t { Nfc, Nfd, Nfkc, Nfkd };

[[nodiscard]] NormalizerPtr makeBertNormalizer(const BertNormalizerOptions& options);
[[nodiscard]] NormalizerPtr makeUnicodeForm(UnicodeForm form);
[[nodiscard]] NormalizerPtr makeLowercase();
/// Drops all marks (Mn, Mc, Me).
[[nodiscard]] NormalizerPtr makeStripAccents();
[[nodiscard]] NormalizerPtr makeStrip(bool left, bool right);
[[nodiscard]] NormalizerPtr makePrepend(std::string prefix);
[[nodiscard]] NormalizerPtr makeNmt();
/// Bytes as the printable characters of byte-level BPE.
[[nodiscard]] NormalizerPtr makeByteLevelNormalizer();
[[nodiscard]] NormalizerPtr makeSequence(std::vector<NormalizerPtr> parts);
/// Every occurrence of `needle` becomes `content`; an empty needle changes nothing.
[[nodiscard]] NormalizerPtr makeReplaceText(std::string needle, std::string content);
/// Every match of a regular expression becomes `content`. Fails with Malformed if the pattern is not one.
[[nodiscard]] base::Result<NormalizerPtr> makeReplacePattern(const std::string& pattern, std::string content);
/// SentencePiece's compiled map: uint32 size of the trie, a darts-clone double array, NUL-terminated texts.
/// Fails with Malformed.
[[nodiscard]] base::Result<NormalizerPtr> makePrecompiled(std::string charsmap);

/// Builds the component described by a `normalizer` object of tokenizer.json (null gives null).
/// `file` is named in messages. Fails with Malformed or Unsupported.
[[nodiscard]] base::Result<NormalizerPtr> readNormalizer(
    const nlohmann::json& description, const std::string& file);

} // namespace palimpsest::tokenizer
