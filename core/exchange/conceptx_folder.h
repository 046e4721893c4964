#pragma once
// Folders of ConceptX (F5–F10) and TransformersConceptNet (F12) into a project and out of it.
// Thread: call from a worker.

#include <filesystem>
#include <string>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"
#include "project/project_file.h"

namespace palimpsest::exchange {

struct ImportReport {
    std::size_t sentences = 0;
    std::size_t occurrences = 0;
    std::vector<std::size_t> cuts; ///< K of each cluster file, ascending
    std::vector<std::string> labelSets;
};

/// Reads `folder` — `sentences.json` (or one `*-sentences.json`; also in the parent, as
/// TransformersConceptNet has it), `clusters-*.txt`, `labels_*.json` (also one folder deeper),
/// `annotations.json` — into layer `layer` of `side` of the project, which is made when missing. A project
/// with other occurrences, or with a layer of its own run in this place, is refused. All of it is stored or
/// nothing. Fails with NotFound, Malformed, ShapeMismatch or Unsupported; the sentence names file and line.
[[nodiscard]] base::Result<ImportReport> importConceptX(const std::filesystem::path& folder,
    const std::filesystem::path& project, project::Side side, int layer, const base::JobContext& ctx);

/// Writes `sentences.json`, `clusters-K.txt` and the attached label sets into `folder`, which is made when
/// missing; imported files leave byte for byte as they came, under their own names. `k` = 0: every imported
/// clustering of the layer, else the project's K. Returns the names of the files written. Fails with NotFound
/// (no such layer), WriteFailed or DiskFull.
[[nodiscard]] base::Result<std::vector<std::string>> exportConceptX(const project::ProjectFile& file,
    project::Side side, int layer, std::size_t k, const std::filesystem::path& folder,
    const base::JobContext& ctx);

/// A folder of TransformersConceptNet: `sentences.json` and `layerL` folders as importConceptX takes them.
/// All layers go into one project; the cuts reported are those of the last layer. Fails as importConceptX
/// does, and with NotFound where there is no `layerL`.
[[nodiscard]] base::Result<ImportReport> importConceptNet(const std::filesystem::path& folder,
    const std::filesystem::path& project, project::Side side, const base::JobContext& ctx);

/// Writes such a folder with every layer of `side`; `k` as in exportConceptX.
[[nodiscard]] base::Result<std::vector<std::string>> exportConceptNet(const project::ProjectFile& file,
    project::Side side, std::size_t k, const std::filesystem::path& folder, const base::JobContext& ctx);

/// The same without the label sets. Fails likewise.
[[nodiscard]] base::Result<std::vector<std::string>> exportClusters(const project::ProjectFile& file,
    project::Side side, int layer, std::size_t k, const std::filesystem::path& folder);

/// The label file of a set: its own bytes where it came from one, else made from the table, with NO_UNK for
/// words without a label. Fails as LabelStore::read does.
[[nodiscard]] base::Result<std::string> labelFileOf(
    const project::ProjectFile& file, const corpus::TokenTable& tokens, const std::string& setName);

/// `sentences.json` of a corpus.
[[nodiscard]] std::string sentencesJson(const corpus::Corpus& corpus);

} // namespace palimpsest::exchange
