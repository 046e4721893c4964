#pragma once
// English prefixes and suffixes that words are labelled with unless a list is given; private to core/label.
// Thread: constants.

#include <string_view>

namespace palimpsest::label {

/// One a line, # starts a comment: the format of a list that a person writes.
extern const std::string_view kEnglishPrefixes;
extern const std::string_view kEnglishSuffixes;

} // namespace palimpsest::label
