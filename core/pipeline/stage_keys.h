#pragma once
// Fingerprints that decide whether a stage's result is still valid; private to this module. The device, K and
// θ are in none of them: they do not change what a stage computes. Thread: reentrant.

#include <filesystem>
#include <string>

#include "base/fingerprint.h"
#include "pipeline/prepared_study.h"

namespace palimpsest::pipeline {

/// Corpus and token table: content and reading of the file, the filter, both tokenizers and lengths.
[[nodiscard]] base::Fingerprint tokensKey(const PreparedStudy& study);
/// All layers of one model: the tokens, configuration and weights, the pooling.
[[nodiscard]] base::Fingerprint activationsKey(const PreparedStudy& study, project::Side side);
/// One layer: its activations.
[[nodiscard]] base::Fingerprint linkageKey(const PreparedStudy& study, project::Side side, int layer);

/// Name of the folder of one model's activations: "base-" and the key.
[[nodiscard]] std::string activationFolderName(const PreparedStudy& study, project::Side side);
/// True for names that activationFolderName gives for `side`, whatever the study.
[[nodiscard]] bool isActivationFolderName(const std::string& name, project::Side side);

} // namespace palimpsest::pipeline
