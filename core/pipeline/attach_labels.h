#pragma once
// Attaches human-defined labels to a project: from a source, a file, or a tagger.
// Thread: call from a worker.

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"

namespace palimpsest::pipeline {

struct LabelRequest {
    /// Id of a source (label/label_source.h), path of a label file, "tagger:" and the folder of a checkpoint,
    /// or "joint" for the labels of two attached sets that hold together.
    std::string source;
    /// Of the source; a tagger takes "name", "joint" takes "first" and "second" (names of sets).
    std::map<std::string, std::string, std::less<>> options;
    bool asConceptX = false; ///< ConceptX's rules where its scripts have a generator of this kind
    std::string device = "auto"; ///< for taggers
};

struct AttachedLabels {
    std::string name; ///< of the label set
    std::size_t rows = 0;
    std::size_t labelled = 0; ///< rows with a label that does not say none
    std::size_t labels = 0; ///< different labels
};

/// A label set as it would be attached.
struct LabelPreview {
    AttachedLabels summary;
    /// Most frequent labels with their rows, ties by first appearance; those that say none are left out.
    std::vector<std::pair<std::string, std::size_t>> frequent;
    std::string replaces; ///< name of the set that would be replaced; empty: none
};

/// Labels the occurrences of the project and stores the set; one of the same name is replaced, nothing else
/// is touched, also when this fails. Fails as ProjectFile::open, makeSource, LabelSource::label and
/// openTagger do.
[[nodiscard]] base::Result<AttachedLabels> attachLabels(
    const std::filesystem::path& projectPath, const LabelRequest& request, const base::JobContext& ctx);

/// Does all of attachLabels but the last step: nothing is stored. `limit` is the number of frequent labels.
/// Fails likewise.
[[nodiscard]] base::Result<LabelPreview> previewLabels(const std::filesystem::path& projectPath,
    const LabelRequest& request, std::size_t limit, const base::JobContext& ctx);

} // namespace palimpsest::pipeline
