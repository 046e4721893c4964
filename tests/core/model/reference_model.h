#pragma once
// A folder of reference/models, or of goldens/ beside this file, with what transformers computed from it
// (expected.safetensors, made as the README.md of either says), and the comparison of our numbers with those.
// Free of LibTorch, so tests compile fast. Thread: one.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/model.h"
#include "tensorfile/safetensors.h"

namespace palimpsest::testing {

/// The folder goldens/ beside this file.
[[nodiscard]] std::filesystem::path goldenDir();

class ReferenceModel {
public:
    /// Folder `name` of reference/models.
    [[nodiscard]] static base::Result<ReferenceModel> open(const std::string& name);
    /// Folder `name` of goldens/.
    [[nodiscard]] static base::Result<ReferenceModel> openGolden(const std::string& name);

    [[nodiscard]] const model::Model& model() const { return *m_model; }
    [[nodiscard]] std::size_t sentenceCount() const { return m_sentences.size(); }

    /// Largest absolute difference over all hidden states that the reference has, with all our sentences in
    /// one batch, or each alone. Infinity where the reference has no such tensor.
    [[nodiscard]] double stateDifference(bool together) const;
    /// Hidden states that stateDifference(together) compares.
    [[nodiscard]] std::size_t statesCompared(bool together) const;
    /// The same for pooler_output and logits.
    [[nodiscard]] double poolerDifference(bool together) const;
    [[nodiscard]] double logitDifference(bool together) const;

private:
    [[nodiscard]] static base::Result<ReferenceModel> openFolder(const std::filesystem::path& folder);
    [[nodiscard]] const tensorfile::TensorView* expected(bool together, const std::string& what) const;

    std::shared_ptr<const model::Model> m_model;
    std::vector<std::vector<std::int32_t>> m_sentences;
    tensorfile::SafetensorsFile m_expected;
};

} // namespace palimpsest::testing
