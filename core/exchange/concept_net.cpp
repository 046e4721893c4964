// Folders of TransformersConceptNet: one folder of clusters a layer.

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include "exchange/conceptx_folder.h"

namespace palimpsest::exchange {

using base::Error;
using base::ErrorCode;

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kLayer = "layer";

std::vector<std::pair<int, fs::path>> layersIn(const fs::path& folder)
{
    std::vector<std::pair<int, fs::path>> layers;
    std::error_code code;
    for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
        const std::string name = entry->path().filename().string();
        int layer = 0;
        if (!name.starts_with(kLayer))
            continue;
        const char* first = name.data() + kLayer.size();
        const auto [last, error] = std::from_chars(first, name.data() + name.size(), layer);
        if (error == std::errc() && last == name.data() + name.size() && layer >= 0)
            layers.emplace_back(layer, entry->path());
    }
    std::sort(layers.begin(), layers.end());
    return layers;
}

} // namespace

base::Result<ImportReport> importConceptNet(
    const fs::path& folder, const fs::path& project, project::Side side, const base::JobContext& ctx)
{
    const auto layers = layersIn(folder);
    if (layers.empty()) {
        return Error{ErrorCode::NotFound,
            folder.string() + " has no folders layer0, layer1, …; give the folder of one model"};
    }
    ImportReport report;
    for (std::size_t l = 0; l < layers.size(); ++l) {
        const auto count = static_cast<double>(layers.size());
        PALIMPSEST_TRY(one,
            importConceptX(layers[l].second, project, side, layers[l].first,
                ctx.part(static_cast<double>(l) / count, static_cast<double>(l + 1) / count)));
        report = std::move(one);
    }
    return report;
}

base::Result<std::vector<std::string>> exportConceptNet(const project::ProjectFile& file, project::Side side,
    std::size_t k, const fs::path& folder, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(entries, file.linkages());
    std::vector<std::string> names;
    for (const project::LinkageEntry& entry : entries) {
        if (entry.side != side)
            continue;
        if (ctx.stopRequested())
            return base::cancelled();
        const std::string layer = std::string(kLayer) + std::to_string(entry.layer);
        PALIMPSEST_TRY(files, exportClusters(file, side, entry.layer, k, folder / layer));
        // The sentences of all layers are the same and stand once, above the layers.
        std::error_code code;
        fs::rename(folder / layer / "sentences.json", folder / "sentences.json", code);
        for (const std::string& name : files)
            names.push_back(name == "sentences.json" ? name : layer + "/" + name);
    }
    if (names.empty()) {
        return Error{ErrorCode::NotFound,
            file.path().string() + " has no layer of the " + std::string(project::sideName(side))
                + " model; run the study or import one"};
    }
    return names;
}

} // namespace palimpsest::exchange
