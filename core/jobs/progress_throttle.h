#pragma once
// Holds back progress that comes faster than a person can read; private to core/jobs.
// Thread: belongs to the one thread that runs the job.

#include <chrono>
#include <string>
#include <string_view>

#include "base/job_context.h"

namespace palimpsest::jobs {

/// Lets at most 30 calls a second through. A few may follow each other at once, because two stages often
/// change within a moment and the second one may then be silent for a minute.
class ProgressThrottle {
public:
    using Clock = std::chrono::steady_clock;

    explicit ProgressThrottle(base::JobContext::ProgressSink sink);

    void report(double fraction, std::string_view activity, Clock::time_point now);
    /// Passes the last call on if it was held back.
    void flush();

private:
    base::JobContext::ProgressSink m_sink;
    Clock::time_point m_last;
    double m_credit;
    bool m_complete = false; ///< a fraction of 1 was passed on
    bool m_held = false;
    double m_heldFraction = 0.0;
    std::string m_heldActivity;
};

} // namespace palimpsest::jobs
