#pragma once
// Where concepts lie in the space of a layer, and which one a new vector falls in.
// Thread: immutable after make().

#include <span>
#include <vector>

#include "base/ids.h"
#include "base/matrix_view.h"
#include "base/result.h"
#include "concepts/concept_set.h"

namespace palimpsest::concepts {

/// The concept whose centroid is closest to a vector (ties: the smaller id).
struct NearestConcept {
    base::ClusterId id{};
    double distance = 0.0; ///< Euclidean, to the centroid
    /// 1 - distance / distance to the second closest: 0 where two are equally close, 1 on the centroid.
    double confidence = 0.0;
    /// Share of the concept's members that are at least as far from the centroid: near 0 for a vector unlike
    /// any member.
    double typicality = 0.0;
};

class Centroids {
public:
    /// `rows` has one row per row of the concepts' tokens. O(rows · columns). Fails with ShapeMismatch.
    [[nodiscard]] static base::Result<Centroids> make(const ConceptSet& concepts, base::MatrixView rows);

    [[nodiscard]] std::size_t count() const { return m_distances.size(); }
    [[nodiscard]] std::span<const float> of(base::ClusterId id) const
    {
        return std::span(m_values).subspan(base::toIndex(id) * m_columns, m_columns);
    }
    /// The mean of all rows.
    [[nodiscard]] std::span<const float> centre() const { return m_centre; }
    /// `vector` has as many values as the rows. O(concepts · columns).
    [[nodiscard]] NearestConcept nearest(std::span<const float> vector) const;

private:
    std::size_t m_columns = 0;
    std::vector<float> m_values; ///< [concept, column]
    std::vector<float> m_centre;
    std::vector<std::vector<float>> m_distances; ///< per concept, of its members, ascending
};

} // namespace palimpsest::concepts
