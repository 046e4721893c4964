#include "bridge/unfinished_study.h"

#include <set>

#include "model/model_config.h"
#include "project/project_file.h"

namespace palimpsest::app {

namespace {

// A study without a list of layers asks for all of the model; when the model has moved away, for those seen.
std::set<int> wantedLayers(const pipeline::Study& study, const std::set<int>& seen)
{
    if (!study.layers.empty())
        return {study.layers.begin(), study.layers.end()};
    const auto config = model::readModelConfig(study.base);
    if (!config)
        return seen;
    std::set<int> layers;
    for (int layer = 0; layer <= static_cast<int>(config.value().layerCount); ++layer)
        layers.insert(layer);
    return layers;
}

} // namespace

std::optional<pipeline::Study> unfinishedStudy(const std::filesystem::path& project)
{
    auto file = project::ProjectFile::open(project, project::ProjectFile::Mode::ReadOnly);
    if (!file)
        return std::nullopt;
    const auto values = file.value().values();
    const auto linkages = file.value().linkages();
    if (!values || !linkages)
        return std::nullopt;
    const auto study = pipeline::studyFromValues(values.value());
    if (!study)
        return std::nullopt;

    std::set<std::pair<project::Side, int>> present;
    std::set<int> seen;
    for (const auto& entry : linkages.value()) {
        present.emplace(entry.side, entry.layer);
        seen.insert(entry.layer);
    }
    if (seen.empty())
        return study.value();
    for (const int layer : wantedLayers(study.value(), seen)) {
        if (!present.contains({project::Side::Base, layer})
            || !present.contains({project::Side::FineTuned, layer}))
            return study.value();
    }
    return std::nullopt;
}

} // namespace palimpsest::app
