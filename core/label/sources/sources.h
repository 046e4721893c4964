#pragma once
// The descriptors that the files of this folder define, one or more a file; private to core/label.
// Thread: constants.

#include "label/label_source.h"

namespace palimpsest::label {

extern const SourceDescriptor kCasing;
extern const SourceDescriptor kNumeric;
extern const SourceDescriptor kWordLength;
extern const SourceDescriptor kPrefixes;
extern const SourceDescriptor kSuffixes;
extern const SourceDescriptor kCharacterNgrams;
extern const SourceDescriptor kSubwords;
extern const SourceDescriptor kFirstWord;
extern const SourceDescriptor kLastWord;
extern const SourceDescriptor kLabelJson;
extern const SourceDescriptor kConllu;
extern const SourceDescriptor kColumns;
extern const SourceDescriptor kWordNet;
extern const SourceDescriptor kLiwc;
extern const SourceDescriptor kLexicon;
extern const SourceDescriptor kWordList;
extern const SourceDescriptor kPatterns;

} // namespace palimpsest::label
