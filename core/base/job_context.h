#pragma once
// What a long computation gets from its caller: a stop request to poll, a place for progress, a place for
// warnings. Algorithms take it last and know nothing of threads or windows.
// Thread: one JobContext belongs to one running job; its sinks are called on that job's thread, or on threads
// that it waits for, never two at once.

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"

namespace palimpsest::base {

class JobContext {
public:
    /// `fraction` of the whole job in 0..1, and what is being done ("layer 3 of 7, 1,200 of 9,000 words").
    using ProgressSink = std::function<void(double fraction, std::string_view activity)>;
    /// One sentence about something that was left out or done differently, to be shown with the result.
    using WarningSink = std::function<void(std::string warning)>;

    /// Never stops and reports nowhere.
    JobContext() = default;
    JobContext(std::stop_token stop, ProgressSink progress, WarningSink warning);

    /// Poll at least every 50 ms of work; return cancelled() when true.
    [[nodiscard]] bool stopRequested() const { return m_stop.stop_requested(); }
    [[nodiscard]] const std::stop_token& stopToken() const { return m_stop; }

    void progress(double fraction, std::string_view activity) const;
    void warn(std::string warning) const;

    /// A context for a part of the job: its 0..1 becomes `from`..`to` here; stop and warnings are shared.
    [[nodiscard]] JobContext part(double from, double to) const;

private:
    std::stop_token m_stop;
    ProgressSink m_progress;
    WarningSink m_warning;
    double m_from = 0.0;
    double m_to = 1.0;
};

/// The Error of a job that was stopped on request.
[[nodiscard]] Error cancelled();

} // namespace palimpsest::base
