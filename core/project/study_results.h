#pragma once
// What a finished (or half-finished) study holds, for browsing: opened fast, linkages read when first asked
// for. Thread: safe from several threads; results are shared and immutable.

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "align/layer_comparison.h"
#include "base/job_context.h"
#include "project/project_file.h"

namespace palimpsest::project {

class StudyResults {
public:
    /// Reads the token table and the list of linkages. Fails as ProjectFile::open, with Malformed for damaged
    /// content, and with NotFound when no layer has both linkages yet ("run it first").
    [[nodiscard]] static base::Result<std::shared_ptr<const StudyResults>> open(
        const std::filesystem::path& path);

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] const std::shared_ptr<const corpus::TokenTable>& tokens() const { return m_tokens; }
    /// Layers that both models have, ascending; never empty.
    [[nodiscard]] const std::vector<int>& layers() const { return m_layers; }
    /// Run parameters ("k", "theta", "pooling", "base", …) as they stand in the file; empty when absent.
    [[nodiscard]] std::string parameter(std::string_view name) const;
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& values() const { return m_values; }
    [[nodiscard]] const std::vector<std::string>& warnings() const { return m_warnings; }
    [[nodiscard]] std::size_t defaultK() const; ///< the run's K, clamped to the rows
    [[nodiscard]] double defaultTheta() const; ///< the run's θ

    /// Fails with NotFound naming the layers that are there.
    [[nodiscard]] base::Result<std::shared_ptr<const cluster::Linkage>> linkage(Side side, int layer) const;

    /// Stage key of that linkage: names the tree that annotations are made on. Fails as linkage().
    [[nodiscard]] base::Result<base::Fingerprint> treeKey(Side side, int layer) const;

    /// Concepts of two layers compared; pass the same layer twice for the usual view.
    [[nodiscard]] base::Result<std::shared_ptr<const align::LayerComparison>> compare(int layerA, int layerB,
        std::size_t k, double theta, align::Measure measure = align::Measure::Occurrence) const;

    /// All layers summarised, ascending. Polls ctx once per layer.
    [[nodiscard]] base::Result<std::vector<align::LayerSummary>> summaries(
        std::size_t k, double theta, const base::JobContext& ctx) const;

private:
    StudyResults() = default;
    [[nodiscard]] base::Status read(const ProjectFile& file);
    std::filesystem::path m_path;
    std::shared_ptr<const corpus::TokenTable> m_tokens;
    std::vector<int> m_layers;
    std::vector<std::pair<std::string, std::string>> m_values;
    std::vector<std::string> m_warnings;
    mutable std::mutex m_mutex; ///< guards m_file and m_linkages
    mutable std::unique_ptr<ProjectFile> m_file;
    mutable std::vector<std::pair<std::pair<Side, int>, std::shared_ptr<const cluster::Linkage>>> m_linkages;
};

} // namespace palimpsest::project
