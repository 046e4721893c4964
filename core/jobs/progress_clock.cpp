#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "jobs/job_queue.h"

namespace palimpsest::jobs {

namespace {

constexpr double kUnknown = -1.0;
constexpr double kSilentSeconds = 2.0;
/// Time in which an estimate forgets two thirds of what it was.
constexpr double kMemorySeconds = 3.0;

double steadySeconds()
{
    const auto sinceStart = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double>(sinceStart).count();
}

} // namespace

ProgressClock::ProgressClock()
    : ProgressClock(steadySeconds)
{
}

ProgressClock::ProgressClock(Now now)
    : m_now(std::move(now))
    , m_start(m_now())
    , m_last(m_start)
    , m_smoothed(kUnknown)
{
}

double ProgressClock::secondsLeft(double fraction)
{
    const double now = m_now();
    const double step = now - std::exchange(m_last, now);
    const double elapsed = now - m_start;
    if (!(fraction > 0.0) || elapsed < kSilentSeconds)
        return kUnknown;
    if (fraction >= 1.0)
        return 0.0;
    const double estimate = elapsed * (1.0 - fraction) / fraction;
    if (m_smoothed < 0.0) {
        m_smoothed = estimate;
        return m_smoothed;
    }
    // Time that has passed is time less to wait; only the surprise is smoothed, and by time rather than by
    // calls, so that a job which reports often is not jumpier than another.
    const double expected = std::max(0.0, m_smoothed - step);
    m_smoothed = expected + (estimate - expected) * (1.0 - std::exp(-step / kMemorySeconds));
    return m_smoothed;
}

} // namespace palimpsest::jobs
