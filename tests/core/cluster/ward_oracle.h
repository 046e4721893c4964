#pragma once
// Plain float64 Ward clustering, straight from the definition, against which the engine is checked.
// Thread: reentrant.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "base/matrix_view.h"
#include "cluster/linkage.h"

namespace palimpsest::testing {

/// Merges the closest pair again and again: equal distances by the smaller smallest row, then the other one.
/// O(n²) memory and at least O(n²·d) time; no cleverness at all.
inline std::vector<cluster::Merge> greedyWard(base::MatrixView rows)
{
    const std::size_t n = rows.rows;
    const std::size_t d = rows.cols;
    std::vector<std::vector<double>> sum(n);
    std::vector<double> size(n, 1.0);
    std::vector<std::int32_t> id(n);
    std::vector<bool> alive(n, true);
    for (std::size_t i = 0; i < n; ++i) {
        sum[i].assign(rows.row(i).begin(), rows.row(i).end());
        id[i] = static_cast<std::int32_t>(i);
    }
    const auto distance = [&](std::size_t a, std::size_t b) {
        double total = 0.0;
        for (std::size_t j = 0; j < d; ++j) {
            const double gap = size[b] * sum[a][j] - size[a] * sum[b][j];
            total += gap * gap;
        }
        return total / (size[a] * size[b] * (size[a] + size[b]));
    };
    // nearest[i]: the nearest alive cluster with a larger index, ties to the smaller.
    std::vector<std::pair<double, std::size_t>> nearest(n);
    const auto search = [&](std::size_t i) {
        nearest[i] = {std::numeric_limits<double>::infinity(), 0};
        for (std::size_t j = i + 1; j < n; ++j)
            if (alive[j])
                nearest[i] = std::min(nearest[i], {distance(i, j), j});
    };
    for (std::size_t i = 0; i < n; ++i)
        search(i);

    std::vector<cluster::Merge> merges;
    while (merges.size() + 1 < n) {
        std::size_t low = 0;
        double best = std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < n; ++i)
            if (alive[i] && nearest[i].first < best) {
                best = nearest[i].first;
                low = i;
            }
        const std::size_t high = nearest[low].second;
        for (std::size_t j = 0; j < d; ++j)
            sum[low][j] += sum[high][j];
        size[low] += size[high];
        alive[high] = false;
        merges.push_back({std::min(id[low], id[high]), std::max(id[low], id[high]), std::sqrt(2.0 * best),
            static_cast<std::int32_t>(size[low])});
        id[low] = static_cast<std::int32_t>(n + merges.size() - 1);
        for (std::size_t i = 0; i < n; ++i) {
            if (!alive[i])
                continue;
            if (i == low || nearest[i].second == low || nearest[i].second == high)
                search(i);
            else if (i < low)
                nearest[i] = std::min(nearest[i], {distance(i, low), low});
        }
    }
    return merges;
}

/// The largest relative excess of a merge's distance over the closest pair alive at that time: 0 for a Ward
/// tree whichever way equal distances were resolved. O(n³).
inline double worstDetour(base::MatrixView rows, const std::vector<cluster::Merge>& merges)
{
    const std::size_t n = rows.rows;
    std::vector<std::vector<double>> sum(2 * n);
    std::vector<double> size(2 * n, 1.0);
    std::vector<std::size_t> alive;
    for (std::size_t i = 0; i < n; ++i) {
        sum[i].assign(rows.row(i).begin(), rows.row(i).end());
        alive.push_back(i);
    }
    std::vector<std::vector<double>> distance(2 * n, std::vector<double>(2 * n, 0.0));
    const auto measure = [&](std::size_t a, std::size_t b) {
        double total = 0.0;
        for (std::size_t j = 0; j < rows.cols; ++j) {
            const double gap = sum[a][j] / size[a] - sum[b][j] / size[b];
            total += gap * gap;
        }
        distance[a][b] = distance[b][a] = std::sqrt(2.0 * size[a] * size[b] / (size[a] + size[b]) * total);
    };
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = 0; b < a; ++b)
            measure(a, b);
    double worst = 0.0;
    for (std::size_t m = 0; m < merges.size(); ++m) {
        double closest = std::numeric_limits<double>::infinity();
        for (const std::size_t a : alive)
            for (const std::size_t b : alive)
                if (a < b)
                    closest = std::min(closest, distance[a][b]);
        const auto left = static_cast<std::size_t>(merges[m].left);
        const auto right = static_cast<std::size_t>(merges[m].right);
        const double own = distance[left][right];
        worst = std::max({worst, (own - closest) / std::max(closest, 1e-9),
            std::abs(own - merges[m].height) / std::max(own, 1e-9)});
        const std::size_t made = n + m;
        sum[made] = sum[left];
        for (std::size_t j = 0; j < rows.cols; ++j)
            sum[made][j] += sum[right][j];
        size[made] = size[left] + size[right];
        std::erase_if(alive, [&](std::size_t id) { return id == left || id == right; });
        for (const std::size_t other : alive)
            measure(made, other);
        alive.push_back(made);
    }
    return worst;
}

} // namespace palimpsest::testing
