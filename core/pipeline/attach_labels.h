#pragma once
// Attaches human-defined labels to a project: from a source, a file, or a tagger.
// Thread: call from a worker.

#include <filesystem>
#include <map>
#include <string>

#include "base/job_context.h"
#include "base/result.h"

namespace palimpsest::pipeline {

struct LabelRequest {
    /// Id of a source (label/label_source.h), path of a label file, or "tagger:" and the folder of a
    /// checkpoint.
    std::string source;
    std::map<std::string, std::string, std::less<>> options; ///< of the source; a tagger takes "name"
    bool asConceptX = false; ///< ConceptX's rules where its scripts have a generator of this kind
    std::string device = "auto"; ///< for taggers
};

struct AttachedLabels {
    std::string name; ///< of the label set
    std::size_t rows = 0;
    std::size_t labelled = 0; ///< rows with a label that does not say none
    std::size_t labels = 0; ///< different labels
};

/// Labels the occurrences of the project and stores the set; one of the same name is replaced, nothing else
/// is touched, also when this fails. Fails as ProjectFile::open, makeSource, LabelSource::label and
/// openTagger do.
[[nodiscard]] base::Result<AttachedLabels> attachLabels(
    const std::filesystem::path& projectPath, const LabelRequest& request, const base::JobContext& ctx);

} // namespace palimpsest::pipeline
