#pragma once
// Numbers as people read them: one place for signs, separators and units.
// Thread: reentrant.

#include <QString>

#include <cstdint>

#include "base/interval.h"

namespace palimpsest::app {

/// 0.793 → "79 %" with a no-break space; shares above 0 that would round to 0 give "<1 %".
[[nodiscard]] QString percentText(double share);
/// Of shares: "86–97 %" with a no-break space.
[[nodiscard]] QString intervalText(const base::Interval& interval);
/// 24100 → "24,100"
[[nodiscard]] QString countText(std::uint64_t count);
/// 3 → "3 s", 200 → "3 min 20 s", 4000 → "1 h 7 min"
[[nodiscard]] QString durationText(double seconds);
/// 1536000000 → "1.5 GB"
[[nodiscard]] QString bytesText(std::uint64_t bytes);

} // namespace palimpsest::app
