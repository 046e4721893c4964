#pragma once
// What a map of a layer shows beside the places: colours, names and a legend.
// Thread: reentrant; made by workers, shared and immutable.

#include <QString>

#include <map>
#include <memory>
#include <vector>

#include "base/job_context.h"
#include "figures/scatter_points.h"
#include "models/concept_access.h"

namespace palimpsest::app {

/// What the colour of an occurrence says.
enum class MapColoring { Status, Class, Branch, Concept, Search };

struct MapPictureRequest {
    ScatterData points;
    Comparison comparison;
    std::shared_ptr<const cluster::Linkage> linkage; ///< of the side
    Selection::Side side = Selection::Base; ///< whose concepts are coloured and named
    MapColoring coloring = MapColoring::Status;
    QString search; ///< part of a word, for MapColoring::Search
    bool dark = false;
    bool masked = false; ///< of the names' words
    std::map<int, QString> given; ///< names that people gave, by concept of the side, as shown

    bool operator==(const MapPictureRequest&) const = default;
};

struct MapLegendEntry {
    QRgb color = 0;
    QString text;
};

struct MapPicture {
    MapPictureRequest request;
    ScatterColors colors;
    ScatterNames names; ///< of concepts, largest first, at the mean of their occurrences
    std::vector<MapLegendEntry> legend; ///< for branches; statuses and classes have tags of their own
    std::size_t found = 0; ///< occurrences of words that hold `search`
};

/// O(occurrences). Fails with Cancelled.
[[nodiscard]] base::Result<std::shared_ptr<const MapPicture>> makeMapPicture(
    const MapPictureRequest& request, const base::JobContext& ctx);

} // namespace palimpsest::app
