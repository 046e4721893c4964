#pragma once
// WordNet 3.x database files (wndb(5), morphy(7)); private to core/label.
// Thread: immutable after open(); reentrant.

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/mapped_file.h"
#include "base/result.h"

namespace palimpsest::label {

enum class PartOfSpeech : std::uint8_t { Noun, Verb, Adjective, Adverb };
inline constexpr std::size_t kPartOfSpeechCount = 4;

struct Synset {
    PartOfSpeech pos = PartOfSpeech::Noun;
    std::uint32_t offset = 0; ///< byte in the data file
    std::uint32_t lexicographerFile = 0; ///< index for lexicographerClass()
    std::string firstWord; ///< as written, underscores for spaces
    std::vector<std::uint32_t> hypernyms; ///< offsets of the same part of speech, instances included
};

class WordNet {
public:
    /// Maps index.*, data.* and *.exc of `folder`. Fails with NotFound or Unreadable.
    [[nodiscard]] static base::Result<WordNet> open(const std::filesystem::path& folder);

    /// Base forms of a lower-case word that WordNet has: the word itself first, then what morphy finds (the
    /// exception list, else the rules of detachment in their order).
    [[nodiscard]] std::vector<std::string> baseForms(std::string_view word, PartOfSpeech pos) const;
    /// Offsets of the senses of a base form, most frequent first; empty where there is none.
    [[nodiscard]] std::vector<std::uint32_t> senses(std::string_view lemma, PartOfSpeech pos) const;
    /// Fails with Malformed where there is no synset at this offset.
    [[nodiscard]] base::Result<Synset> synset(PartOfSpeech pos, std::uint32_t offset) const;
    /// From the root down to the synset itself, always by the first hypernym. Fails with Malformed.
    [[nodiscard]] base::Result<std::vector<Synset>> hypernymPath(const Synset& synset) const;
    /// "animal.n.01": the synset's first word, part of speech and number among the word's senses.
    [[nodiscard]] std::string synsetName(const Synset& synset) const;

private:
    [[nodiscard]] std::string_view exceptions(std::string_view word, PartOfSpeech pos) const;

    std::array<base::MappedFile, kPartOfSpeechCount> m_index, m_data, m_exceptions;
    std::filesystem::path m_folder;
};

/// "noun.animal", "verb.motion" (lexnames(5)); empty for a number that does not exist.
[[nodiscard]] std::string_view lexicographerClass(std::uint32_t number);

} // namespace palimpsest::label
