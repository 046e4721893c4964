#pragma once
// Labels of a file laid over the occurrences of a corpus, sentence by sentence and word by word; private to
// core/label. Thread: values; functions are reentrant.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"
#include "corpus/token_table.h"
#include "label/label_table.h"

namespace palimpsest::label {

struct LabelledWord {
    std::optional<std::string_view> form; ///< the word, where the file has it
    std::vector<std::string_view> labels;
};

struct LabelledSentence {
    std::size_t line = 0; ///< where it begins in the file, from 1
    std::vector<LabelledWord> words;
};

struct LabelFile {
    std::string path; ///< for messages
    std::string lineName; ///< what `line` counts: "line" or "entry"
    std::vector<LabelledSentence> sentences;
};

/// Every sentence of the corpus must be there with as many words, and with the same words where the file has
/// them. A file that still holds the sentences which reading the corpus dropped (empty or too long) fits by
/// the numbers of their lines. Fails with ShapeMismatch, naming the first line that differs, or Cancelled.
[[nodiscard]] base::Result<std::shared_ptr<const LabelTable>> labelByPlace(const std::string& setName,
    const LabelFile& file, const corpus::TokenTable& tokens, const base::JobContext& ctx);

/// ConceptX's name of a label set: of the file name split at "_" the second part without its last five
/// characters; the whole stem where there is no "_".
[[nodiscard]] std::string conceptXSetName(std::string_view fileName);

} // namespace palimpsest::label
