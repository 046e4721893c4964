#pragma once
// The owner of the worker threads: one heavy job at a time (LibTorch uses all cores itself), light jobs
// beside it. Thread: all members may be called from any thread; sinks are called on the worker's thread.

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "base/job_context.h"

namespace palimpsest::jobs {

enum class JobId : std::uint64_t {};

enum class Weight : std::uint8_t {
    Heavy, ///< minutes, all cores: queued one after the other
    Light, ///< answers to a slider: run beside heavy work, newest first
};

class JobQueue {
public:
    /// Gets a context whose stop token is this job's. Must not throw.
    using Work = std::function<void(const base::JobContext& ctx)>;

    /// `lightWorkers` threads (at least one) for light jobs, one for heavy ones.
    explicit JobQueue(std::size_t lightWorkers = 1);
    /// Asks all jobs to stop and joins. Waiting jobs are run with the token set, as by cancel().
    ~JobQueue();
    JobQueue(const JobQueue&) = delete;
    JobQueue& operator=(const JobQueue&) = delete;

    /// Progress is passed on at most 30 times a second (the last call of a job always); warnings always.
    /// A held-back last progress is passed on right after `work` has returned, so a job that reports 1.0
    /// before it announces its result is heard in that order.
    JobId submit(Weight weight, Work work, base::JobContext::ProgressSink progress,
        base::JobContext::WarningSink warning);
    /// Running: its stop token is set. Waiting: it is run next, with the token set, so that its owner hears
    /// of the end. A job that has ended or never was: nothing happens.
    void cancel(JobId id);
    /// Blocks until no job is waiting or running (for tests and for the end of a program). Not from a job.
    void waitUntilIdle();

private:
    struct Job;
    struct Lane;
    void runLane(Lane& lane);

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<std::unique_ptr<Lane>> m_lanes; ///< one per Weight
    std::uint64_t m_nextId = 1;
    bool m_ending = false;
};

/// Time left from the progress of a job: seconds so far · (1 - fraction) / fraction, smoothed; negative while
/// unknown (the first two seconds, or a fraction of zero).
class ProgressClock {
public:
    /// Seconds since any fixed moment.
    using Now = std::function<double()>;

    /// Starts now, by the steady clock of the system.
    ProgressClock();
    explicit ProgressClock(Now now);

    /// Seconds left at `fraction` now.
    [[nodiscard]] double secondsLeft(double fraction);

private:
    Now m_now;
    double m_start = 0.0;
    double m_last = 0.0;
    double m_smoothed = -1.0;
};

} // namespace palimpsest::jobs
