#pragma once
// The owner of the worker threads: one heavy job at a time (LibTorch uses all cores itself), light jobs
// beside it. Thread: all members may be called from any thread; sinks are called on the worker's thread.

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
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

    /// `lightWorkers` threads for light jobs, one for heavy ones.
    explicit JobQueue(std::size_t lightWorkers = 1);
    /// Asks all jobs to stop and joins.
    ~JobQueue();
    JobQueue(const JobQueue&) = delete;
    JobQueue& operator=(const JobQueue&) = delete;

    /// Progress is passed on at most 30 times a second (the last call of a job always); warnings always.
    JobId submit(Weight weight, Work work, base::JobContext::ProgressSink progress,
        base::JobContext::WarningSink warning);
    /// Running: its stop token is set. Waiting: it is run with the token set, so that its owner hears of the
    /// end.
    void cancel(JobId id);
    /// Blocks until no job is waiting or running (for tests and for the end of a program).
    void waitUntilIdle();

private:
    struct Job;
    struct Lane;
    void runLane(Lane& lane, const std::stop_token& stop);
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<std::unique_ptr<Lane>> m_lanes;
    std::uint64_t m_nextId = 1;
};

/// Time left from the progress of a job: seconds so far · (1 - fraction) / fraction, smoothed; negative while
/// unknown (the first two seconds, or a fraction of zero).
class ProgressClock {
public:
    ProgressClock();
    /// Seconds left at `fraction` now.
    [[nodiscard]] double secondsLeft(double fraction);

private:
    double m_start = 0.0;
    double m_smoothed = -1.0;
};

} // namespace palimpsest::jobs
