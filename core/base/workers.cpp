#include "base/workers.h"

#include <algorithm>
#include <exception>
#include <system_error>

namespace palimpsest::base {

Workers::Workers(std::size_t count, const std::function<void()>& setup)
{
    try {
        for (std::size_t worker = 0; worker < std::max<std::size_t>(count, 1); ++worker)
            m_threads.emplace_back([this, worker, &setup] { loop(worker, setup); });
    } catch (const std::system_error&) {
        // The system gives no more threads; fewer do the same work.
        if (m_threads.empty())
            throw;
    }
    std::unique_lock lock(m_mutex);
    m_done.wait(lock, [this] { return m_busy == m_threads.size(); });
    m_busy = 0;
    if (m_error) {
        lock.unlock();
        stop();
        std::rethrow_exception(m_error);
    }
}

Workers::~Workers()
{
    stop();
}

std::size_t Workers::countFor(std::size_t wanted)
{
    const std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
    return std::min(wanted > 0 ? wanted : processors, kMost);
}

void Workers::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_quit = true;
    }
    m_wake.notify_all();
    for (std::thread& thread : m_threads)
        thread.join();
}

void Workers::run(std::size_t tasks, const std::function<void(std::size_t index, std::size_t worker)>& task)
{
    if (tasks == 0)
        return;
    std::unique_lock lock(m_mutex);
    m_task = &task;
    m_tasks = tasks;
    m_next = 0;
    m_busy = m_threads.size();
    m_error = nullptr;
    ++m_generation;
    m_wake.notify_all();
    m_done.wait(lock, [this] { return m_busy == 0; });
    m_task = nullptr;
    if (m_error)
        std::rethrow_exception(m_error);
}

void Workers::forRanges(
    std::size_t items, std::size_t grain, const std::function<void(std::size_t, std::size_t)>& body)
{
    if (items <= grain) {
        body(0, items);
        return;
    }
    // Several ranges a worker, so that uneven rows even out.
    const std::size_t ranges = std::min((items + grain - 1) / grain, 8 * count());
    run(ranges,
        [&](std::size_t index, std::size_t) { body(items * index / ranges, items * (index + 1) / ranges); });
}

void Workers::loop(std::size_t worker, const std::function<void()>& setup)
{
    std::exception_ptr error;
    try {
        if (setup)
            setup();
    } catch (...) {
        error = std::current_exception();
    }
    std::unique_lock lock(m_mutex);
    if (error)
        m_error = error;
    std::size_t seen = m_generation;
    ++m_busy;
    m_done.notify_all();
    while (true) {
        m_wake.wait(lock, [&] { return m_quit || m_generation != seen; });
        if (m_quit)
            return;
        seen = m_generation;
        lock.unlock();
        drain(worker);
        lock.lock();
        if (--m_busy == 0)
            m_done.notify_all();
    }
}

void Workers::drain(std::size_t worker)
{
    while (true) {
        std::size_t index = 0;
        {
            const std::lock_guard lock(m_mutex);
            if (m_next >= m_tasks || m_error)
                return;
            index = m_next++;
        }
        try {
            (*m_task)(index, worker);
        } catch (...) {
            const std::lock_guard lock(m_mutex);
            if (!m_error)
                m_error = std::current_exception();
        }
    }
}

} // namespace palimpsest::base
