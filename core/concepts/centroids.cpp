#include "concepts/centroids.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace palimpsest::concepts {

namespace {

double squaredDistance(std::span<const float> a, std::span<const float> b)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double difference = static_cast<double>(a[i]) - static_cast<double>(b[i]);
        sum += difference * difference;
    }
    return sum;
}

} // namespace

base::Result<Centroids> Centroids::make(const ConceptSet& concepts, base::MatrixView rows)
{
    if (rows.rows != concepts.tokens().size()) {
        return base::Error{base::ErrorCode::ShapeMismatch,
            "There are " + std::to_string(rows.rows) + " vectors for "
                + std::to_string(concepts.tokens().size()) + " occurrences; run the study again"};
    }
    Centroids result;
    result.m_columns = rows.cols;
    std::vector<double> all(rows.cols, 0.0);
    for (std::size_t i = 0; i < concepts.conceptCount(); ++i) {
        const auto members = concepts.members(base::toId<base::ClusterId>(i));
        std::vector<double> sum(rows.cols, 0.0);
        for (const base::TokenId member : members) {
            const auto row = rows.row(base::toIndex(member));
            for (std::size_t column = 0; column < rows.cols; ++column)
                sum[column] += static_cast<double>(row[column]);
        }
        for (std::size_t column = 0; column < rows.cols; ++column) {
            all[column] += sum[column];
            result.m_values.push_back(static_cast<float>(sum[column] / static_cast<double>(members.size())));
        }
        std::vector<float> distances;
        const auto centroid = std::span(result.m_values).last(rows.cols);
        for (const base::TokenId member : members)
            distances.push_back(
                static_cast<float>(std::sqrt(squaredDistance(rows.row(base::toIndex(member)), centroid))));
        std::sort(distances.begin(), distances.end());
        result.m_distances.push_back(std::move(distances));
    }
    for (const double value : all)
        result.m_centre.push_back(static_cast<float>(value / static_cast<double>(rows.rows)));
    return result;
}

NearestConcept Centroids::nearest(std::span<const float> vector) const
{
    double first = std::numeric_limits<double>::infinity();
    double second = first;
    NearestConcept result;
    for (std::size_t i = 0; i < count(); ++i) {
        const auto id = base::toId<base::ClusterId>(i);
        const double squared = squaredDistance(vector, of(id));
        if (squared < first) {
            second = first;
            first = squared;
            result.id = id;
        } else {
            second = std::min(second, squared);
        }
    }
    result.distance = std::sqrt(first);
    result.confidence = second > 0.0 ? 1.0 - result.distance / std::sqrt(second) : 0.0;
    const auto& members = m_distances[base::toIndex(result.id)];
    const auto farther = members.end()
        - std::lower_bound(members.begin(), members.end(), static_cast<float>(result.distance));
    result.typicality = static_cast<double>(farther) / static_cast<double>(members.size());
    return result;
}

} // namespace palimpsest::concepts
