#pragma once
// A study whose folders and files were looked at: configurations, tokenizers, layers; private to this module.
// Thread: immutable after prepareStudy().

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/fingerprint.h"
#include "base/result.h"
#include "model/model_config.h"
#include "pipeline/study.h"
#include "project/project_file.h"
#include "tokenizer/tokenizer.h"

namespace palimpsest::pipeline {

/// One half of the pair.
struct PreparedModel {
    std::filesystem::path folder;
    model::ModelConfig config;
    std::shared_ptr<const tokenizer::Tokenizer> tokenizer;
    base::Fingerprint fingerprint; ///< of configuration and weights
    std::size_t maxPieces = 0; ///< longest sentence that model and tokenizer take
};

struct PreparedStudy {
    Study study; ///< checked; paths are absolute
    std::array<PreparedModel, 2> models; ///< by project::Side
    std::vector<int> layers; ///< those to analyse, ascending, never empty
    base::Fingerprint corpusFingerprint; ///< of the file's content

    [[nodiscard]] const PreparedModel& model(project::Side side) const
    {
        return models[static_cast<std::size_t>(side)];
    }
};

inline constexpr std::array kSides{project::Side::Base, project::Side::FineTuned};

/// "Base model", "Fine-tuned model": how sentences begin.
[[nodiscard]] std::string_view sideTitle(project::Side side);

/// Fails with InvalidArgument (a setting out of range), NotFound (folder, file or layer), ShapeMismatch
/// (models of different shape; the sentence names both), or as readModelConfig and Tokenizer::open do.
[[nodiscard]] base::Result<PreparedStudy> prepareStudy(const Study& study);

/// "24,100".
[[nodiscard]] std::string countText(std::size_t number);

} // namespace palimpsest::pipeline
