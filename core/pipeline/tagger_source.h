#pragma once
// A token classifier run over the corpus as a source of labels: POS, chunks, names, CCG supertags, ….
// Thread: immutable after openTagger(); label() belongs on a worker, one at a time, since it uses all cores.

#include <filesystem>
#include <memory>
#include <string>

#include "base/job_context.h"
#include "base/result.h"
#include "label/label_source.h"

namespace palimpsest::pipeline {

/// `folder` holds a checkpoint with a head for words; each word gets the label of its first subword, and
/// words without a subword get none. `setName` may be empty: the folder's name. The source's label() shows
/// progress by sentences and stops between batches. Fails as Model::open and Tokenizer::open do, and with
/// Unsupported where the head is for sentences.
[[nodiscard]] base::Result<std::unique_ptr<label::LabelSource>> openTagger(
    const std::filesystem::path& folder, const std::string& device, std::string setName);

} // namespace palimpsest::pipeline
