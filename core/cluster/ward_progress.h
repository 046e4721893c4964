#pragma once
// How far a Ward run is in time, so that elapsed · (1 - fraction) / fraction is the time left.
// Thread: one owner.

#include <cstddef>
#include <functional>

namespace palimpsest::cluster {

/// Merges are no measure of time: most of them come early and cheap, the searches between them cost the
/// time. The time left is therefore extrapolated: during the first search from its own pace, during the
/// merges from the pace so far over the clusters that are gone.
class WardProgress {
public:
    using Clock = std::function<double()>; ///< seconds from any start, never falling

    /// `points` >= 2 different rows. Time counts from here.
    explicit WardProgress(std::size_t points, Clock clock = {});

    /// The first search starts with `share` (0..1) of it done by a run before.
    void startSearching(double share);
    /// Fraction after `share` of the first search. Fractions never fall.
    [[nodiscard]] double searched(double share);
    /// Merging starts, or goes on where a run before stopped, with `alive` clusters.
    void startMerging(std::size_t alive);
    /// Fraction with `alive` clusters left; 1 for one.
    [[nodiscard]] double merged(std::size_t alive);

private:
    [[nodiscard]] double rise(double left);

    double m_points;
    Clock m_clock;
    double m_start;
    double m_mergingStart;
    double m_firstLeft; ///< of the merging when it started here
    double m_firstShare = 1.0; ///< of the first search when it started here
    double m_searchStart = 0.0;
    double m_guess = 0.0; ///< seconds of all merging; 0: no first search was seen
    double m_fraction = 0.0;
};

} // namespace palimpsest::cluster
