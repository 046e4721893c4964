#pragma once
// Which pieces of an encoded sentence belong to which word, by NeuroX's rule.
// Thread: reentrant.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tokenizer/tokenizer.h"

namespace palimpsest::tokenizer {

/// An encoded sentence and the word of each piece.
struct WordPieces {
    std::vector<std::int32_t> ids; ///< special tokens included
    /// Same length as `ids`; index of the word, -1 for special tokens (also for those written in the text,
    /// but never for the unknown token). Not decreasing apart from the -1.
    std::vector<std::int32_t> wordOfPiece;
    std::size_t wordCount = 0; ///< words given
    std::size_t specialsBefore = 0; ///< special tokens that the tokenizer put before the text
    std::size_t specialsAfter = 0; ///< special tokens that the tokenizer put after the text
    /// Words that got no piece (zero-width characters, special-token text, …) or were cut off; ascending.
    std::vector<std::uint32_t> wordsWithoutPiece;
    std::vector<std::int32_t> types{}; ///< segment of each piece; empty: all 0
    std::size_t secondBegin = 0; ///< of a pair: where the second text's pieces begin; 0: no pair
    std::size_t specialsBetween = 0; ///< of a pair: special tokens in front of the second text
};

/// Encodes the words as one string joined by single spaces. A piece belongs to the word that holds its last
/// character; a piece that is only a space mark belongs to the next word.
[[nodiscard]] WordPieces encodeSentence(const Tokenizer& tokenizer, std::span<const std::string_view> words);

/// Two texts read together, each encoded as encodeSentence does, with special tokens and segments as the
/// post-processor of Hugging Face's tokenizer puts them. Words of `second` are numbered after those of
/// `first`.
[[nodiscard]] WordPieces encodePair(const Tokenizer& tokenizer, std::span<const std::string_view> first,
    std::span<const std::string_view> second);

/// Cuts to at most `maxPieces` ids, special tokens included, as Hugging Face truncates: pieces are dropped
/// from the end of the text, the special tokens after it stay. The first word that is not complete any more
/// and all later ones lose their pieces to -1 and go to `wordsWithoutPiece` (NeuroX drops the same words,
/// silently); what is left of that word stays in `ids`, because the model sees it. Of a pair the longer text
/// is cut first
/// (`longest_first`). Unchanged where everything fits.
[[nodiscard]] WordPieces cutTo(WordPieces pieces, std::size_t maxPieces);

/// A sentence in overlapping pieces. Each word belongs to one window.
struct Windows {
    /// In the order of the text; `wordOfPiece` names only the words that belong to the window, which follow
    /// each other, and `wordsWithoutPiece` is empty. Windows that no word belongs to are left out.
    std::vector<WordPieces> windows;
    std::vector<std::uint32_t> firstWords; ///< of each window
    std::vector<std::uint32_t>
        wordsWithoutPiece; ///< of the sentence, and words longer than a window; ascending
};

/// Splits into windows of at most `maxPieces` ids, special tokens included, each beginning half a window
/// after the one before. A word belongs to the window that has it whole with most context, which is the
/// smaller of the pieces before and behind it (the rule of "max context" in BERT's run_squad.py, Devlin et
/// al. 2019), or for `causal` models those before it; between equals, the earlier one. One window where
/// everything fits.
[[nodiscard]] Windows splitIntoWindows(const WordPieces& pieces, std::size_t maxPieces, bool causal);

} // namespace palimpsest::tokenizer
