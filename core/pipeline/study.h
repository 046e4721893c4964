#pragma once
// What the user chose: a plain value, a TOML file for people, and a set of values in the project file.
// Thread: values.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "activation/extraction.h"
#include "base/result.h"
#include "corpus/reader.h"
#include "corpus/token_table.h"
#include "model/model.h"
#include "pipeline/encoded_corpus.h"
#include "tensorfile/tensor_file.h"

namespace palimpsest::pipeline {

struct Study {
    std::filesystem::path base; ///< pre-trained checkpoint: its folder (in a file also an id, see readStudy)
    std::filesystem::path fineTuned; ///< fine-tuned checkpoint, likewise
    std::filesystem::path corpus;
    corpus::ReadOptions reading;
    corpus::FrequencyFilter frequency;
    std::vector<int> layers; ///< ascending; empty: all of the model
    activation::Pooling pooling = activation::Pooling::Last;
    std::uint32_t k = 600; ///< concepts per layer; lowered to the number of occurrences
    double theta = 0.9; ///< in (0, 1]
    std::string device = "auto"; ///< auto, cpu, cuda, cuda:N
    LongSentences longSentences = LongSentences::Cut;
    model::Precision precision = model::Precision::Float32; ///< what the models compute with
    tensorfile::ElementType store = tensorfile::ElementType::F32; ///< of activations on disk: F32 or F16
};

/// "0,3,5-6" → {0,3,5,6}. Fails with InvalidArgument.
[[nodiscard]] base::Result<std::vector<int>> parseLayers(std::string_view text);
[[nodiscard]] std::string formatLayers(const std::vector<int>& layers);

/// Reads a study; relative paths are relative to the file's folder. A model that is no folder there but could
/// be an id of Hugging Face stays as it is written, for hub::findModel. Unknown keys, wrong types and values
/// out of range are errors that name the line. Fails with NotFound, Malformed or InvalidArgument.
[[nodiscard]] base::Result<Study> readStudy(const std::filesystem::path& tomlFile);
/// The same study as TOML text.
[[nodiscard]] std::string studyToml(const Study& study);
/// Parameters as plain values for the project file and `info`: {"base", …}, {"k", "600"}, …
[[nodiscard]] std::vector<std::pair<std::string, std::string>> studyValues(const Study& study);
/// Inverse of studyValues for resuming a project's study; settings that older projects do not have get their
/// defaults. Fails with Malformed when another value is missing or one is wrong.
[[nodiscard]] base::Result<Study> studyFromValues(
    const std::vector<std::pair<std::string, std::string>>& values);

} // namespace palimpsest::pipeline
