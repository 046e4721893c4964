#pragma once
// A small but real project file for tests of the window: sentences of two classes, three layers, linkages
// made by our own Ward on seeded vectors. Fine-tuning leaves layer 0 nearly alone and sorts layer 2 by class.
// Thread: reentrant.

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace palimpsest::testing {

struct SampleOptions {
    std::size_t k = 24;
    double theta = 0.9;
    /// Layers to write; the study in the file always asks for 0, 1 and 2, so fewer make an unfinished
    /// project.
    std::vector<int> layers = {0, 1, 2};
    /// Folders that the study names; they need not exist.
    std::filesystem::path base = "base-model";
    std::filesystem::path fineTuned = "fine-tuned-model";
    std::filesystem::path corpus = "reviews.tsv";
};

/// Writes the project; the same options give the same content. 40 sentences, classes "negative" and
/// "positive".
[[nodiscard]] base::Status writeSampleProject(
    const std::filesystem::path& path, const SampleOptions& options = {});

/// Writes the activations that its linkages were made of into the cache beside the project.
[[nodiscard]] base::Status writeSampleActivations(const std::filesystem::path& path);

/// The sentences as a table with the header "sentence<TAB>label".
[[nodiscard]] std::string sampleTable();

} // namespace palimpsest::testing
