#include "projection/umap.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "projection/fuzzy_graph.h"
#include "projection/nearest_rows.h"
#include "projection/principal_components.h"

namespace palimpsest::projection {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::size_t kReduced = 50;
/// The curve 1 / (1 + a·d^2b) that umap-learn's find_ab_params fits to minimum distance 0.1 and spread 1.
constexpr float kA = 1.5769434603113077F;
constexpr float kB = 0.8950608779109733F;
constexpr float kLargestStep = 4.0F;
constexpr float kSide = 10.0F; // of the start, from the middle
constexpr float kJitter = 1e-4F; // tells equal rows apart
constexpr std::size_t kPoll = 1U << 14U; // edges between two polls
constexpr double kSearchShare = 0.4; // of the bar

/// Small, fast and the same everywhere: SplitMix64 (Steele, Lea and Flood 2014).
class Draws {
public:
    explicit Draws(std::uint64_t seed)
        : m_state(seed)
    {
    }
    std::uint64_t next()
    {
        std::uint64_t mixed = (m_state += 0x9e3779b97f4a7c15ULL);
        mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
        return mixed ^ (mixed >> 31U);
    }
    /// In 0..count-1; the bias is below count / 2^32.
    std::size_t below(std::size_t count) { return ((next() >> 32U) * count) >> 32U; }
    float signedUnit() { return static_cast<float>(static_cast<double>(next() >> 11U) * 0x1p-52 - 1.0); }

private:
    std::uint64_t m_state;
};

float clipped(float step)
{
    return std::clamp(step, -kLargestStep, kLargestStep);
}

/// Which edges are drawn in which epoch: the strongest in each, the others in proportion.
struct Schedule {
    std::vector<std::uint32_t> from, to;
    std::vector<float> every, next, everyNegative, nextNegative;

    Schedule(const FuzzyGraph& graph, const UmapOptions& options, std::size_t epochs)
    {
        float strongest = 0.0F;
        for (const float weight : graph.weights)
            strongest = std::max(strongest, weight);
        const float weakest = strongest / static_cast<float>(epochs);
        for (std::size_t edge = 0; edge < graph.weights.size(); ++edge) {
            if (graph.weights[edge] < weakest)
                continue;
            from.push_back(graph.from[edge]);
            to.push_back(graph.to[edge]);
            every.push_back(strongest / graph.weights[edge]);
            everyNegative.push_back(
                every.back() / static_cast<float>(std::max<std::size_t>(options.negatives, 1)));
        }
        next = every;
        nextNegative = everyNegative;
    }
};

class Layout {
public:
    Layout(std::vector<float>& places, std::span<const float> anchor, const UmapOptions& options)
        : m_places(places)
        , m_anchor(anchor)
        , m_pull(static_cast<float>(options.pull))
        , m_negatives(options.negatives > 0)
        , m_draws(options.seed)
    {
    }

    base::Status run(Schedule& schedule, std::size_t epochs, const base::JobContext& ctx)
    {
        for (std::size_t epoch = 1; epoch <= epochs; ++epoch) {
            m_rate = 1.0F - static_cast<float>(epoch - 1) / static_cast<float>(epochs);
            ctx.progress(static_cast<double>(epoch) / static_cast<double>(epochs),
                "Laying out, round " + std::to_string(epoch) + " of " + std::to_string(epochs));
            const auto now = static_cast<float>(epoch);
            for (std::size_t edge = 0; edge < schedule.from.size(); ++edge) {
                if (edge % kPoll == 0 && ctx.stopRequested())
                    return base::cancelled();
                if (schedule.next[edge] <= now)
                    draw(schedule, edge, now);
            }
        }
        return {};
    }

private:
    void draw(Schedule& schedule, std::size_t edge, float now)
    {
        float* mine = m_places.data() + 2 * std::size_t{schedule.from[edge]};
        attract(mine, m_places.data() + 2 * std::size_t{schedule.to[edge]});
        if (!m_anchor.empty())
            hold(mine, m_anchor.data() + 2 * std::size_t{schedule.from[edge]});
        schedule.next[edge] += schedule.every[edge];
        if (!m_negatives)
            return;
        const auto due = static_cast<int>((now - schedule.nextNegative[edge]) / schedule.everyNegative[edge]);
        for (int i = 0; i < due; ++i)
            repel(mine, m_places.data() + 2 * m_draws.below(m_places.size() / 2));
        schedule.nextNegative[edge] += static_cast<float>(due) * schedule.everyNegative[edge];
    }

    void attract(float* mine, float* other) const
    {
        const float dx = mine[0] - other[0], dy = mine[1] - other[1];
        const float squared = dx * dx + dy * dy;
        if (squared <= 0.0F)
            return;
        const float power = std::pow(squared, kB);
        const float strength = -2.0F * kA * kB * power / (squared * (kA * power + 1.0F));
        const float stepX = clipped(strength * dx) * m_rate, stepY = clipped(strength * dy) * m_rate;
        mine[0] += stepX;
        mine[1] += stepY;
        other[0] -= stepX;
        other[1] -= stepY;
    }

    void repel(float* mine, const float* other) const
    {
        const float dx = mine[0] - other[0], dy = mine[1] - other[1];
        const float squared = dx * dx + dy * dy;
        if (squared <= 0.0F) // itself, or a row of equal place
            return;
        const float strength = 2.0F * kB / ((0.001F + squared) * (kA * std::pow(squared, kB) + 1.0F));
        mine[0] += clipped(strength * dx) * m_rate;
        mine[1] += clipped(strength * dy) * m_rate;
    }

    void hold(float* mine, const float* anchor) const
    {
        mine[0] -= clipped(m_pull * (mine[0] - anchor[0])) * m_rate;
        mine[1] -= clipped(m_pull * (mine[1] - anchor[1])) * m_rate;
    }

    std::vector<float>& m_places;
    std::span<const float> m_anchor;
    float m_pull;
    bool m_negatives;
    Draws m_draws;
    float m_rate = 1.0F;
};

std::vector<float> startOf(
    std::span<const float> scores, std::size_t columns, std::span<const float> anchor, std::uint64_t seed)
{
    if (!anchor.empty())
        return {anchor.begin(), anchor.end()};
    std::vector<float> places;
    float largest = 0.0F;
    for (std::size_t i = 0; i + columns <= scores.size(); i += columns) {
        places.push_back(scores[i]);
        places.push_back(columns > 1 ? scores[i + 1] : 0.0F);
        largest = std::max({largest, std::abs(places[places.size() - 2]), std::abs(places.back())});
    }
    const float factor = largest > 0.0F ? kSide / largest : 0.0F;
    Draws draws(seed ^ 0x5bd1e995U);
    for (float& place : places)
        place = place * factor + kJitter * draws.signedUnit();
    return places;
}

} // namespace

base::Result<std::vector<float>> umap(base::MatrixView rows, const UmapOptions& options,
    std::span<const float> anchor, const base::JobContext& ctx)
{
    if (!anchor.empty() && anchor.size() != 2 * rows.rows) {
        return Error{ErrorCode::ShapeMismatch,
            "The anchor has " + std::to_string(anchor.size() / 2) + " places for " + std::to_string(rows.rows)
                + " occurrences"};
    }
    ctx.progress(0.0, "Finding principal components");
    const std::size_t columns = std::min(rows.cols, kReduced);
    PALIMPSEST_TRY(components, principalComponents(rows, columns, ctx));
    PALIMPSEST_TRY(scores, projectRows(rows, components, ctx));
    std::vector<float> places = startOf(scores, columns, anchor, options.seed);
    if (rows.rows < 2)
        return places;
    const std::size_t neighbours = std::max<std::size_t>(std::min(options.neighbours, rows.rows), 2);
    PALIMPSEST_TRY(nearest,
        nearestRows({scores.data(), rows.rows, columns}, neighbours - 1, ctx.part(0.05, kSearchShare)));
    const std::size_t epochs = options.epochs > 0 ? options.epochs : rows.rows <= 10'000 ? 500 : 200;
    Schedule schedule(fuzzyGraph(nearest), options, epochs);
    Layout layout(places, anchor, options);
    PALIMPSEST_CHECK(layout.run(schedule, epochs, ctx.part(kSearchShare, 1.0)));
    return places;
}

} // namespace palimpsest::projection
