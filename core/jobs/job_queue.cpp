#include "jobs/job_queue.h"

#include <algorithm>
#include <deque>
#include <stop_token>
#include <thread>
#include <utility>

#include "jobs/progress_throttle.h"

namespace palimpsest::jobs {

struct JobQueue::Job {
    JobId id{};
    Work work;
    base::JobContext::ProgressSink progress;
    base::JobContext::WarningSink warning;
    std::stop_source stop;
};

struct JobQueue::Lane {
    bool newestFirst = false;
    std::deque<std::unique_ptr<Job>> waiting; ///< the next one is in front
    std::vector<Job*> running;
    std::vector<std::thread> threads;
};

namespace {

void runJob(const JobQueue::Work& work, base::JobContext::ProgressSink progress,
    base::JobContext::WarningSink warning, std::stop_token stop)
{
    ProgressThrottle throttle(std::move(progress));
    const base::JobContext ctx(
        std::move(stop),
        [&throttle](double fraction, std::string_view activity) {
            throttle.report(fraction, activity, ProgressThrottle::Clock::now());
        },
        std::move(warning));
    work(ctx);
    throttle.flush();
}

} // namespace

JobQueue::JobQueue(std::size_t lightWorkers)
{
    for (const Weight weight : {Weight::Heavy, Weight::Light}) {
        Lane& lane = *m_lanes.emplace_back(std::make_unique<Lane>());
        lane.newestFirst = weight == Weight::Light;
        const std::size_t threads = lane.newestFirst ? std::max<std::size_t>(1, lightWorkers) : 1;
        for (std::size_t i = 0; i < threads; ++i)
            lane.threads.emplace_back([this, &lane] { runLane(lane); });
    }
}

JobQueue::~JobQueue()
{
    std::vector<std::stop_source> running;
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
        for (const auto& lane : m_lanes) {
            for (const auto& job : lane->waiting)
                job->stop.request_stop();
            for (const Job* job : lane->running)
                running.push_back(job->stop);
        }
    }
    m_changed.notify_all();
    for (std::stop_source& stop : running)
        stop.request_stop();
    for (const auto& lane : m_lanes) {
        for (std::thread& thread : lane->threads)
            thread.join();
    }
}

JobId JobQueue::submit(
    Weight weight, Work work, base::JobContext::ProgressSink progress, base::JobContext::WarningSink warning)
{
    auto job = std::make_unique<Job>();
    job->work = std::move(work);
    job->progress = std::move(progress);
    job->warning = std::move(warning);
    JobId id{};
    {
        const std::lock_guard lock(m_mutex);
        id = JobId(m_nextId++);
        job->id = id;
        // A running job may submit another one while the queue ends.
        if (m_ending)
            job->stop.request_stop();
        Lane& lane = *m_lanes[static_cast<std::size_t>(weight)];
        if (lane.newestFirst)
            lane.waiting.push_front(std::move(job));
        else
            lane.waiting.push_back(std::move(job));
    }
    m_changed.notify_all();
    return id;
}

void JobQueue::cancel(JobId id)
{
    // A running job may have stop callbacks: they must not be called under the lock.
    std::stop_source running(std::nostopstate);
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& lane : m_lanes) {
            for (const Job* job : lane->running) {
                if (job->id == id)
                    running = job->stop;
            }
            const auto found = std::find_if(lane->waiting.begin(), lane->waiting.end(),
                [id](const std::unique_ptr<Job>& job) { return job->id == id; });
            if (found == lane->waiting.end())
                continue;
            (*found)->stop.request_stop();
            std::rotate(lane->waiting.begin(), found, found + 1);
        }
    }
    running.request_stop();
}

void JobQueue::waitUntilIdle()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] {
        return std::all_of(m_lanes.begin(), m_lanes.end(),
            [](const auto& lane) { return lane->waiting.empty() && lane->running.empty(); });
    });
}

void JobQueue::runLane(Lane& lane)
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this, &lane] { return m_ending || !lane.waiting.empty(); });
        if (lane.waiting.empty())
            return;
        std::unique_ptr<Job> job = std::move(lane.waiting.front());
        lane.waiting.pop_front();
        lane.running.push_back(job.get());
        lock.unlock();

        runJob(job->work, std::move(job->progress), std::move(job->warning), job->stop.get_token());
        // What the work captured is released before the job counts as ended.
        job->work = nullptr;

        lock.lock();
        lane.running.erase(std::find(lane.running.begin(), lane.running.end(), job.get()));
        m_changed.notify_all();
    }
}

} // namespace palimpsest::jobs
