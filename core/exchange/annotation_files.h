#pragma once
// Annotations as files: for another program, another annotator, or another copy of the project.
// Thread: reentrant.

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "project/annotation.h"

namespace palimpsest::exchange {

/// An object with "format" "palimpsest-annotations", "version" 1 and "annotations"; "model" is "base" or
/// "finetuned", "tree" the stage key of the linkage in hexadecimal digits.
[[nodiscard]] std::string annotationsJson(std::span<const project::Annotation> annotations);

/// Tab-separated with a heading: annotator, model, layer, node, size, k, tree, name, tags (separated by
/// commas), rating (empty: none), note. Tabs, line ends and backslashes inside fields are written \t, \n, \r
/// and \\.
[[nodiscard]] std::string annotationsTsv(std::span<const project::Annotation> annotations);

/// Either of the two, told apart by the first character. Fails with Malformed (the sentence names the line of
/// a table, the entry of a JSON file) or Unsupported (a newer version). `name` is the file in sentences.
[[nodiscard]] base::Result<std::vector<project::Annotation>> parseAnnotations(
    const std::string& content, const std::string& name);

/// Reads and parses a file. Fails also with NotFound, Unreadable or TooLarge (above 64 MB).
[[nodiscard]] base::Result<std::vector<project::Annotation>> readAnnotations(
    const std::filesystem::path& file);

/// Writes the file whole or not at all, by its ending: .json, else a table.
[[nodiscard]] base::Status writeAnnotations(
    const std::filesystem::path& file, std::span<const project::Annotation> annotations);

} // namespace palimpsest::exchange
