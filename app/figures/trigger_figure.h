#pragma once
// Flip rates of trigger words beside their controls, as bars with intervals: for window, files and report.
// Thread: reentrant.

#include <QString>

#include <vector>

#include "figures/figure.h"

namespace palimpsest::app {

struct TriggerBars {
    static constexpr std::size_t kMostWords = 15; ///< of the first kind, the best ones

    struct Bar {
        QString name; ///< a word as it may be shown, or what the mean is of
        double rate = 0.0; ///< share of the sentences that flip
        double low = 0.0, high = 0.0; ///< 95 % interval; both NaN: not known
        bool mean = false; ///< of all triggers of a kind
    };
    QString target;
    int layer = 0;
    qlonglong sentences = 0; ///< that were tried
    std::vector<Bar> bars; ///< words best first, then means
};

/// Empty where there are no bars. Name, title, caption and parameters are filled in.
[[nodiscard]] Figure triggerFigure(const TriggerBars& bars);

} // namespace palimpsest::app
