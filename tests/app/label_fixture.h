#pragma once
// Label sets for the sample project: word classes from an own list, and casing.
// Thread: reentrant.

#include <filesystem>
#include <fstream>
#include <string>

#include "pipeline/attach_labels.h"

namespace palimpsest::testing {

/// Every content word of the sample sentences with its class; "the", "and" and "." have none.
inline std::string wordClassLines()
{
    std::string lines;
    const auto add = [&lines](const char* label, std::initializer_list<const char*> words) {
        for (const char* word : words)
            lines += std::string(word) + '\t' + label + '\n';
    };
    add("noun", {"film", "movie", "story", "plot", "cast", "script", "director", "ending"});
    add("verb", {"is", "was", "feels", "seems", "remains"});
    add("adverb", {"truly", "often", "quite", "very", "never", "almost"});
    add("praise", {"wonderful", "moving", "charming", "clever", "warm", "delightful"});
    add("blame", {"dull", "awful", "clumsy", "boring", "flat", "tedious"});
    return lines;
}

/// Attaches "Classes" (5 labels, 6 of 8 words of a sentence but for "the", "and" and ".") and "Casing".
inline base::Status attachSampleLabels(const std::filesystem::path& project)
{
    const std::filesystem::path file = project.parent_path() / "classes.tsv";
    std::ofstream(file) << wordClassLines();
    pipeline::LabelRequest classes;
    classes.source = "words";
    classes.options = {{"file", file.string()}, {"name", "Classes"}};
    PALIMPSEST_CHECK(pipeline::attachLabels(project, classes, {}));
    pipeline::LabelRequest casing;
    casing.source = "casing";
    PALIMPSEST_CHECK(pipeline::attachLabels(project, casing, {}));
    return {};
}

} // namespace palimpsest::testing
