#include "jobs/progress_throttle.h"

#include <algorithm>
#include <utility>

namespace palimpsest::jobs {

namespace {

// Burst and rate together are the 30 calls that any one second may hold.
constexpr double kBurst = 5.0;
constexpr double kCallsPerSecond = 25.0;

} // namespace

ProgressThrottle::ProgressThrottle(base::JobContext::ProgressSink sink)
    : m_sink(std::move(sink))
    , m_last(Clock::now())
    , m_credit(kBurst)
{
}

void ProgressThrottle::report(double fraction, std::string_view activity, Clock::time_point now)
{
    if (!m_sink)
        return;
    const double seconds = std::chrono::duration<double>(now - m_last).count();
    m_last = now;
    m_credit = std::min(kBurst, m_credit + std::max(0.0, seconds) * kCallsPerSecond);
    // The first complete call is taken for the last one, which always passes.
    const bool last = fraction >= 1.0 && !m_complete;
    m_complete = m_complete || last;
    if (m_credit < 1.0 && !last) {
        m_held = true;
        m_heldFraction = fraction;
        m_heldActivity = activity;
        return;
    }
    m_credit = std::max(0.0, m_credit - 1.0);
    m_held = false;
    m_sink(fraction, activity);
}

void ProgressThrottle::flush()
{
    if (std::exchange(m_held, false))
        m_sink(m_heldFraction, m_heldActivity);
}

} // namespace palimpsest::jobs
