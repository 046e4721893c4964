#include "pipeline/map_layers.h"

#include <algorithm>
#include <string>
#include <utility>

#include "pipeline/activation_files.h"
#include "pipeline/prepared_study.h"
#include "project/project_file.h"
#include "projection/principal_components.h"
#include "projection/procrustes.h"
#include "projection/umap.h"

namespace palimpsest::pipeline {

using base::Error;
using base::ErrorCode;
using base::JobContext;
using project::MapMethod;
using project::ProjectFile;
using project::Side;

namespace {

/// With `where` before what is being done.
JobContext named(const JobContext& ctx, double from, double to, const std::string& where)
{
    const JobContext part = ctx.part(from, to);
    return {ctx.stopToken(),
        [part, where](double fraction, std::string_view activity) {
            part.progress(fraction, where + ": " + std::string(activity));
        },
        [part](std::string warning) { part.warn(std::move(warning)); }};
}

base::Result<std::vector<float>> principalPlaces(base::MatrixView rows, const JobContext& ctx)
{
    ctx.progress(0.0, "Finding principal components");
    PALIMPSEST_TRY(components, projection::principalComponents(rows, 2, ctx));
    return projection::projectRows(rows, components, ctx);
}

base::Result<std::vector<int>> layersOf(const ProjectFile& file)
{
    PALIMPSEST_TRY(entries, file.linkages());
    std::vector<int> base, fineTuned, both;
    for (const project::LinkageEntry& entry : entries)
        (entry.side == Side::Base ? base : fineTuned).push_back(entry.layer);
    std::set_intersection(
        base.begin(), base.end(), fineTuned.begin(), fineTuned.end(), std::back_inserter(both));
    if (both.empty()) {
        return Error{ErrorCode::NotFound,
            file.path().string() + " has no layer that is finished in both models; run the study first"};
    }
    return both;
}

base::Result<std::vector<int>> wantedLayers(const ProjectFile& file, std::vector<int> asked)
{
    PALIMPSEST_TRY(there, layersOf(file));
    if (asked.empty())
        return there;
    std::sort(asked.begin(), asked.end());
    asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
    for (const int layer : asked) {
        if (!std::binary_search(there.begin(), there.end(), layer)) {
            return Error{ErrorCode::NotFound,
                file.path().string() + " has no layer " + std::to_string(layer) + "; its layers are "
                    + formatLayers(there)};
        }
    }
    return asked;
}

base::Status mapLayer(
    const std::filesystem::path& path, std::size_t rows, int layer, MapMethod method, const JobContext& ctx)
{
    PALIMPSEST_TRY(base, openActivations(path, Side::Base, layer, rows));
    PALIMPSEST_TRY(fineTuned, openActivations(path, Side::FineTuned, layer, rows));
    PALIMPSEST_TRY(places, mapActivations(base.view(), fineTuned.view(), method, ctx));
    PALIMPSEST_TRY(file, ProjectFile::open(path, ProjectFile::Mode::ReadWrite));
    return project::MapStore(file).write(layer, method, places);
}

} // namespace

base::Result<project::MapPlaces> mapActivations(
    base::MatrixView base, base::MatrixView fineTuned, MapMethod method, const JobContext& ctx)
{
    const JobContext first = named(ctx, 0.0, 0.5, std::string(sideTitle(Side::Base)));
    const JobContext second = named(ctx, 0.5, 1.0, std::string(sideTitle(Side::FineTuned)));
    project::MapPlaces places;
    if (method == MapMethod::Pca) {
        PALIMPSEST_TRY(a, principalPlaces(base, first));
        PALIMPSEST_TRY(b, principalPlaces(fineTuned, second));
        places = {std::move(a), std::move(b)};
        projection::rotateOnto(places.fineTuned, places.base);
    } else {
        PALIMPSEST_TRY(a, projection::umap(base, {}, {}, first));
        PALIMPSEST_TRY(b, projection::umap(fineTuned, {}, a, second));
        places = {std::move(a), std::move(b)};
    }
    return places;
}

base::Result<MapReport> mapLayers(
    const std::filesystem::path& projectPath, const MapRequest& request, const JobContext& ctx)
{
    MapReport report;
    std::vector<int> missing;
    std::size_t rows = 0;
    { // closed before the work, which may take minutes, begins
        PALIMPSEST_TRY(file, ProjectFile::open(projectPath, ProjectFile::Mode::ReadOnly));
        PALIMPSEST_TRY(layers, wantedLayers(file, request.layers));
        PALIMPSEST_TRY(tokens, file.readTokens());
        rows = tokens->size();
        PALIMPSEST_TRY(entries, project::MapStore(file).list());
        for (const int layer : layers) {
            const bool there
                = std::any_of(entries.begin(), entries.end(), [&](const project::MapEntry& entry) {
                      return entry.layer == layer && entry.method == request.method;
                  });
            (there && !request.again ? report.reused : missing).push_back(layer);
        }
    }
    for (const int layer : missing) {
        const auto share = 1.0 / static_cast<double>(missing.size());
        const double from = share * static_cast<double>(report.computed.size());
        const JobContext part
            = named(ctx, from, std::min(from + share, 1.0), "Layer " + std::to_string(layer));
        PALIMPSEST_CHECK(mapLayer(projectPath, rows, layer, request.method, part));
        report.computed.push_back(layer);
    }
    ctx.progress(1.0, "The map is there");
    return report;
}

} // namespace palimpsest::pipeline
