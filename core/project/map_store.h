#pragma once
// Where the occurrences stand in a map of a layer: two pictures, base and fine-tuned, in one frame.
// Thread: as the ProjectFile, which must outlive the store.

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/fingerprint.h"
#include "base/result.h"
#include "project/project_file.h"

namespace palimpsest::project {

enum class MapMethod : std::uint8_t { Pca, Umap };

/// "pca", "umap": as on the command line and in files.
[[nodiscard]] std::string_view mapMethodName(MapMethod method);

/// x, y of every row of the token table.
struct MapPlaces {
    std::vector<float> base;
    std::vector<float> fineTuned;
};

/// A map in the file that belongs to the layer as it is now.
struct MapEntry {
    int layer = 0;
    MapMethod method = MapMethod::Pca;
};

class MapStore {
public:
    /// The write function needs a file opened for writing.
    explicit MapStore(const ProjectFile& file)
        : m_file(file)
    {
    }

    /// Replaces the map of this layer and method. Fails with ShapeMismatch where the places are not those of
    /// the project's occurrences, NotFound where the layer has not been clustered in both models.
    [[nodiscard]] base::Status write(int layer, MapMethod method, const MapPlaces& places);
    /// Nothing where there is none, or where the layer was computed anew since. Fails with Malformed
    /// (damaged).
    [[nodiscard]] base::Result<std::shared_ptr<const MapPlaces>> read(int layer, MapMethod method) const;
    /// By layer, then method.
    [[nodiscard]] base::Result<std::vector<MapEntry>> list() const;

private:
    /// Of the layer's two linkages, which stand for the activations; nothing where one is missing.
    [[nodiscard]] base::Result<std::optional<base::Fingerprint>> keyOf(int layer, MapMethod method) const;
    const ProjectFile& m_file;
};

} // namespace palimpsest::project
