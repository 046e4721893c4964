#include "pipeline/study.h"

#include <algorithm>
#include <charconv>

#include "pipeline/settings.h"

namespace palimpsest::pipeline {

using base::Error;
using base::ErrorCode;

namespace {

/// Far above any model; keeps "0-4000000000" from filling the memory.
constexpr int kHighestLayer = 9999;
constexpr std::string_view kAllLayers = "all";

std::string_view trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::optional<int> parseLayer(std::string_view text)
{
    text = trimmed(text);
    int layer = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), layer);
    if (code != std::errc() || end != text.data() + text.size() || layer < 0 || layer > kHighestLayer)
        return std::nullopt;
    return layer;
}

} // namespace

base::Result<std::vector<int>> parseLayers(std::string_view text)
{
    if (trimmed(text) == kAllLayers)
        return std::vector<int>();
    std::vector<int> layers;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        const std::string_view part = text.substr(begin, end - begin);
        const std::size_t dash = part.find('-');
        const auto first = parseLayer(part.substr(0, dash));
        const auto last = dash == std::string_view::npos ? first : parseLayer(part.substr(dash + 1));
        if (!first || !last || *last < *first) {
            return Error{ErrorCode::InvalidArgument,
                "layers is \"" + std::string(text)
                    + "\"; it must be all, or numbers and ascending ranges such as 0,3,5-6"};
        }
        for (int layer = *first; layer <= *last; ++layer)
            layers.push_back(layer);
        begin = end + 1;
    }
    std::sort(layers.begin(), layers.end());
    layers.erase(std::unique(layers.begin(), layers.end()), layers.end());
    return layers;
}

std::string formatLayers(const std::vector<int>& layers)
{
    if (layers.empty())
        return std::string(kAllLayers);
    std::string text;
    for (std::size_t first = 0; first < layers.size();) {
        std::size_t last = first;
        while (last + 1 < layers.size() && layers[last + 1] == layers[last] + 1)
            ++last;
        text += (text.empty() ? "" : ",") + std::to_string(layers[first]);
        if (last > first)
            text += "-" + std::to_string(layers[last]);
        first = last + 1;
    }
    return text;
}

std::vector<std::pair<std::string, std::string>> studyValues(const Study& study)
{
    std::vector<std::pair<std::string, std::string>> values;
    for (const Setting& setting : settings())
        values.emplace_back(setting.key, setting.format(study));
    return values;
}

base::Result<Study> studyFromValues(const std::vector<std::pair<std::string, std::string>>& values)
{
    Study study;
    for (const Setting& setting : settings()) {
        const auto found = std::find_if(values.begin(), values.end(),
            [&setting](const auto& value) { return value.first == setting.key; });
        if (found == values.end() && setting.isNewer)
            continue;
        if (found == values.end()) {
            return Error{ErrorCode::Malformed,
                "The project does not say its " + std::string(setting.key) + "; run the study again"};
        }
        if (const auto status = setting.parse(study, found->second); !status)
            return Error{ErrorCode::Malformed, "In the project, " + status.error().message};
    }
    return study;
}

} // namespace palimpsest::pipeline
