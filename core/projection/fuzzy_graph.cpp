#include "projection/fuzzy_graph.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

namespace palimpsest::projection {

namespace {

constexpr int kSteps = 64; // of the bisection, its tolerance and its floor: as in umap-learn
constexpr double kTolerance = 1e-5;
constexpr double kSmallestShare = 1e-3;

struct Edge {
    std::uint32_t to = 0;
    float weight = 0.0F;
};

/// Rows of edges, one after the other.
struct Rows {
    std::vector<std::size_t> start;
    std::vector<Edge> edges;
    [[nodiscard]] std::span<const Edge> row(std::size_t index) const
    {
        return {edges.data() + start[index], start[index + 1] - start[index]};
    }
};

double nearestOther(std::span<const float> distances)
{
    for (const float distance : distances) {
        if (distance > 0.0F)
            return static_cast<double>(distance);
    }
    return 0.0;
}

double meanOf(std::span<const float> distances)
{
    return std::accumulate(distances.begin(), distances.end(), 0.0) / static_cast<double>(distances.size());
}

/// The width for which the weights of a row sum up to `target`.
double widthOf(std::span<const float> distances, double nearest, double target)
{
    double low = 0.0, width = 1.0;
    double high = std::numeric_limits<double>::infinity();
    for (int step = 0; step < kSteps; ++step) {
        double sum = 0.0;
        for (const float distance : distances) {
            const double beyond = static_cast<double>(distance) - nearest;
            sum += beyond > 0.0 ? std::exp(-beyond / width) : 1.0;
        }
        if (std::abs(sum - target) < kTolerance)
            break;
        if (sum > target) {
            high = width;
            width = (low + high) / 2.0;
        } else {
            low = width;
            width = std::isinf(high) ? width * 2.0 : (low + high) / 2.0;
        }
    }
    return width;
}

Rows directed(const NearestRows& nearest)
{
    const std::size_t rows = nearest.ids.size() / nearest.count;
    const double target = std::log2(static_cast<double>(nearest.count + 1));
    const double overall = meanOf(nearest.distances);
    Rows graph;
    graph.edges.reserve(nearest.ids.size());
    for (std::size_t row = 0; row < rows; ++row) {
        graph.start.push_back(graph.edges.size());
        const std::span distances(nearest.distances.data() + row * nearest.count, nearest.count);
        const double closest = nearestOther(distances);
        const double floor = kSmallestShare * (closest > 0.0 ? meanOf(distances) : overall);
        const double width = std::max(widthOf(distances, closest, target), floor);
        for (std::size_t i = 0; i < nearest.count; ++i) {
            const double beyond = static_cast<double>(distances[i]) - closest;
            const double weight = beyond <= 0.0 || width <= 0.0 ? 1.0 : std::exp(-beyond / width);
            graph.edges.push_back({nearest.ids[row * nearest.count + i], static_cast<float>(weight)});
        }
        const auto begin = graph.edges.end() - static_cast<std::ptrdiff_t>(nearest.count);
        std::sort(begin, graph.edges.end(), [](const Edge& a, const Edge& b) { return a.to < b.to; });
    }
    graph.start.push_back(graph.edges.size());
    return graph;
}

Rows transposed(const Rows& graph)
{
    Rows other;
    other.start.assign(graph.start.size(), 0);
    other.edges.resize(graph.edges.size());
    for (const Edge& edge : graph.edges)
        ++other.start[edge.to + 1];
    std::partial_sum(other.start.begin(), other.start.end(), other.start.begin());
    std::vector<std::size_t> next(other.start.begin(), other.start.end() - 1);
    for (std::size_t row = 0; row + 1 < graph.start.size(); ++row) {
        for (const Edge& edge : graph.row(row))
            other.edges[next[edge.to]++] = {static_cast<std::uint32_t>(row), edge.weight};
    }
    return other;
}

} // namespace

FuzzyGraph fuzzyGraph(const NearestRows& nearest)
{
    FuzzyGraph graph;
    if (nearest.count == 0)
        return graph;
    const Rows ahead = directed(nearest);
    const Rows back = transposed(ahead);
    const auto add = [&graph](std::size_t row, std::uint32_t to, float weight) {
        if (weight > 0.0F) {
            graph.from.push_back(static_cast<std::uint32_t>(row));
            graph.to.push_back(to);
            graph.weights.push_back(weight);
        }
    };
    for (std::size_t row = 0; row + 1 < ahead.start.size(); ++row) {
        const auto a = ahead.row(row);
        const auto b = back.row(row);
        std::size_t i = 0, j = 0;
        while (i < a.size() || j < b.size()) {
            if (j == b.size() || (i < a.size() && a[i].to < b[j].to)) {
                add(row, a[i].to, a[i].weight);
                ++i;
            } else if (i == a.size() || b[j].to < a[i].to) {
                add(row, b[j].to, b[j].weight);
                ++j;
            } else {
                add(row, a[i].to, a[i].weight + b[j].weight - a[i].weight * b[j].weight);
                ++i;
                ++j;
            }
        }
    }
    return graph;
}

} // namespace palimpsest::projection
