#pragma once
// A Hugging Face tokenizer, read from the files of a model folder and applied without Python.
// Thread: immutable after open(); one object may be used by any number of threads at once.

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/fingerprint.h"
#include "base/result.h"

namespace palimpsest::tokenizer {

/// What one text becomes. The three vectors have the same length.
struct Encoding {
    std::vector<std::int32_t> ids;
    /// encodeWords(): index of the given word. encode(): index of the pre-token, as `word_ids()` of the fast
    /// tokenizers has it. -1 for the special tokens that the post-processor adds.
    std::vector<std::int32_t> wordIds;
    /// [begin, end) in Unicode code points of the text (encodeWords(): of the word); {0, 0} for added
    /// specials.
    std::vector<std::array<std::uint32_t, 2>> offsets;
};

struct PairForm;

class Tokenizer {
public:
    /// Reads `tokenizer.json`, else the classic files (`vocab.txt`, `vocab.json` + `merges.txt`,
    /// `spiece.model`, `sentencepiece.bpe.model`, `tokenizer.model`), and `tokenizer_config.json` where there
    /// is one. Truncation and padding stored in `tokenizer.json` are not applied. Fails with NotFound (the
    /// message lists the files looked for), Malformed, Unsupported (names the component and those supported)
    /// or TooLarge.
    [[nodiscard]] static base::Result<std::shared_ptr<const Tokenizer>> open(
        const std::filesystem::path& modelDir);

    ~Tokenizer();
    Tokenizer(const Tokenizer&) = delete;
    Tokenizer& operator=(const Tokenizer&) = delete;

    /// With special tokens, without truncation or padding. Bytes that are not UTF-8 count as U+FFFD.
    /// Equal to tokenizers 0.19.1, offsets included.
    [[nodiscard]] Encoding encode(std::string_view utf8) const;

    /// Each word is encoded on its own and the pieces are joined (`is_split_into_words=True`).
    /// A word may be empty or give no piece.
    [[nodiscard]] Encoding encodeWords(std::span<const std::string_view> words) const;

    /// The vocabulary entry of an id, empty for an id that has none. Lives as long as the tokenizer.
    [[nodiscard]] std::string_view token(std::int32_t id) const;
    /// The id of a vocabulary entry or added token, spelled exactly.
    [[nodiscard]] std::optional<std::int32_t> id(std::string_view token) const;

    /// One more than the largest id, added tokens included.
    [[nodiscard]] std::size_t vocabularySize() const;

    /// The padding token's id; where there is none, the end token's, else 0 (padding is masked anyway).
    [[nodiscard]] std::int32_t padId() const;
    [[nodiscard]] std::optional<std::int32_t> clsId() const;
    [[nodiscard]] std::optional<std::int32_t> sepId() const;
    [[nodiscard]] std::optional<std::int32_t> unkId() const;
    [[nodiscard]] std::optional<std::int32_t> maskId() const;
    /// What surrounds two texts that are read together (post_processors/post_processor.h; encodePair uses it).
    [[nodiscard]] const PairForm& pairForm() const;

    /// True for the ids of `all_special_tokens` (unknown token included).
    [[nodiscard]] bool isSpecial(std::int32_t id) const;

    /// `model_max_length` of tokenizer_config.json in pieces, special tokens included; SIZE_MAX where it is
    /// missing or absurd (transformers writes 1e30 for "no limit").
    [[nodiscard]] std::size_t maxLength() const;

    /// Of everything that decides the output of encode(): equal fingerprints give equal encodings.
    [[nodiscard]] base::Fingerprint fingerprint() const;

private:
    struct Impl;
    explicit Tokenizer(std::unique_ptr<const Impl> impl);

    std::unique_ptr<const Impl> m_impl;
};

} // namespace palimpsest::tokenizer
