#include "project/study_results.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace palimpsest::project {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::size_t kDefaultK = 600;
constexpr double kDefaultTheta = 0.9;

/// A number as the pipeline writes it, else `fallback`: an odd value must not keep a project from opening.
template <typename Number>
Number parseOr(const std::string& text, Number fallback)
{
    Number number{};
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    return code == std::errc() && end == text.data() + text.size() ? number : fallback;
}

std::vector<int> layersOf(const std::vector<LinkageEntry>& entries, Side side)
{
    std::vector<int> layers;
    for (const LinkageEntry& entry : entries) {
        if (entry.side == side)
            layers.push_back(entry.layer);
    }
    return layers;
}

std::string join(const std::vector<int>& layers)
{
    std::string text;
    for (const int layer : layers)
        text += (text.empty() ? "" : ", ") + std::to_string(layer);
    return text;
}

} // namespace

base::Result<std::shared_ptr<const StudyResults>> StudyResults::open(const std::filesystem::path& path)
{
    PALIMPSEST_TRY(file, ProjectFile::open(path, ProjectFile::Mode::ReadOnly));
    const std::shared_ptr<StudyResults> results(new StudyResults);
    results->m_path = path;
    PALIMPSEST_CHECK(file.consistently([&] { return results->read(file); }));
    results->m_file = std::make_unique<ProjectFile>(std::move(file));
    return std::shared_ptr<const StudyResults>(results);
}

base::Status StudyResults::read(const ProjectFile& file)
{
    PALIMPSEST_TRY(entries, file.linkages());
    // Both lists ascend, since linkages() is sorted.
    const std::vector<int> baseLayers = layersOf(entries, Side::Base);
    const std::vector<int> fineTunedLayers = layersOf(entries, Side::FineTuned);
    std::set_intersection(baseLayers.begin(), baseLayers.end(), fineTunedLayers.begin(),
        fineTunedLayers.end(), std::back_inserter(m_layers));
    if (m_layers.empty()) {
        return Error{ErrorCode::NotFound,
            m_path.string() + " has no layer that is finished in both models; run the study first"};
    }
    PALIMPSEST_TRY(tokens, file.readTokens());
    for (const LinkageEntry& entry : entries) {
        if (entry.leafCount != tokens->size()) {
            return Error{ErrorCode::Malformed,
                m_path.string() + " is damaged (the linkage of layer " + std::to_string(entry.layer) + " has "
                    + std::to_string(entry.leafCount) + " leaves for " + std::to_string(tokens->size())
                    + " rows); restore a copy or run the study into a new file"};
        }
    }
    PALIMPSEST_TRY(values, file.values());
    PALIMPSEST_TRY(warnings, file.warnings());
    m_tokens = std::move(tokens);
    m_values = std::move(values);
    m_warnings = std::move(warnings);
    return {};
}

std::string StudyResults::parameter(std::string_view name) const
{
    const auto found = std::lower_bound(m_values.begin(), m_values.end(), name,
        [](const auto& value, std::string_view key) { return value.first < key; });
    return found != m_values.end() && found->first == name ? found->second : std::string();
}

std::size_t StudyResults::defaultK() const
{
    return std::clamp<std::size_t>(parseOr(parameter("k"), kDefaultK), 1, m_tokens->size());
}

double StudyResults::defaultTheta() const
{
    const double theta = parseOr(parameter("theta"), kDefaultTheta);
    return theta > 0.0 && theta <= 1.0 ? theta : kDefaultTheta;
}

base::Result<std::shared_ptr<const cluster::Linkage>> StudyResults::linkage(Side side, int layer) const
{
    if (!std::binary_search(m_layers.begin(), m_layers.end(), layer)) {
        return Error{ErrorCode::NotFound,
            m_path.string() + " has no layer " + std::to_string(layer) + "; it has layers " + join(m_layers)};
    }
    const std::pair key(side, layer);
    const std::lock_guard lock(m_mutex);
    for (const auto& [known, linkage] : m_linkages) {
        if (known == key)
            return linkage;
    }
    PALIMPSEST_TRY(read, m_file->readLinkage(side, layer));
    if (read.leafCount() != m_tokens->size()) {
        return Error{ErrorCode::Malformed,
            m_path.string() + " was run on another corpus since it was opened; open it again"};
    }
    auto linkage = std::make_shared<const cluster::Linkage>(std::move(read));
    m_linkages.emplace_back(key, linkage);
    return std::shared_ptr<const cluster::Linkage>(linkage);
}

base::Result<base::Fingerprint> StudyResults::treeKey(Side side, int layer) const
{
    const std::lock_guard lock(m_mutex);
    PALIMPSEST_TRY(key, m_file->stageKey(linkageStage(side, layer)));
    if (!key) {
        return Error{ErrorCode::NotFound,
            m_path.string() + " has no layer " + std::to_string(layer) + "; it has layers " + join(m_layers)};
    }
    return *key;
}

base::Result<std::shared_ptr<const align::LayerComparison>> StudyResults::compare(
    int layerA, int layerB, std::size_t k, double theta, align::Measure measure) const
{
    PALIMPSEST_TRY(a, linkage(Side::Base, layerA));
    PALIMPSEST_TRY(b, linkage(Side::FineTuned, layerB));
    return align::compareLayers(m_tokens, layerA, *a, layerB, *b, k, theta, measure);
}

base::Result<std::vector<align::LayerSummary>> StudyResults::summaries(
    std::size_t k, double theta, const base::JobContext& ctx) const
{
    std::vector<align::LayerSummary> summaries;
    summaries.reserve(m_layers.size());
    for (const int layer : m_layers) {
        if (ctx.stopRequested())
            return base::cancelled();
        ctx.progress(static_cast<double>(summaries.size()) / static_cast<double>(m_layers.size()),
            "Comparing layer " + std::to_string(layer));
        PALIMPSEST_TRY(comparison, compare(layer, layer, k, theta));
        summaries.push_back(align::summarize(*comparison));
    }
    ctx.progress(1.0, "Comparing layers");
    return summaries;
}

} // namespace palimpsest::project
