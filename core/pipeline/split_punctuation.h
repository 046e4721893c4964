#pragma once
// A word tokenization simple enough to state in three lines, for raw English sentences.
// Thread: reentrant.

#include <string>
#include <string_view>

namespace palimpsest::pipeline {

/// `text` with one space between words, where
/// - marks at the beginning and the end of a word are words of their own, a run of one mark a single word:
///   `("very... odd")` becomes `( " very ... odd " )`; marks inside a word stay (`9/11`, `J.R.R`);
/// - the English endings n't, 's, 're, 've, 'll, 'd and 'm, in any case, are words of their own:
///   `It's` becomes `It 's`, `don't` becomes `do n't`.
/// Marks are the punctuation of ASCII and U+2010 to U+203F. Spaces are U+0020 and U+0009.
[[nodiscard]] std::string splitPunctuation(std::string_view text);

} // namespace palimpsest::pipeline
