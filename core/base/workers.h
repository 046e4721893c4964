#pragma once
// Threads that sleep while there is nothing to do. OpenMP's own team would spin between short steps, which
// costs a busy machine more than the steps themselves.
// Thread: one owner calls run(); tasks run on the workers.

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace palimpsest::base {

class Workers {
public:
    /// Starts `count` threads (at least 1; fewer where the system gives no more) and returns when `setup` has
    /// run once on each of them, for what a library keeps per thread. An exception of `setup` is thrown again
    /// here.
    explicit Workers(std::size_t count, const std::function<void()>& setup = {});
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// `wanted`, or for 0 the processors this process may use; at most `kMost`.
    [[nodiscard]] static std::size_t countFor(std::size_t wanted);
    /// More threads at a time than this OpenBLAS may have no buffers for.
    static constexpr std::size_t kMost = 64;

    [[nodiscard]] std::size_t count() const { return m_threads.size(); }

    /// Calls task(index, worker) for every index in 0..tasks-1, worker in 0..count()-1; a free worker takes
    /// the smallest index that is left. Returns when all are done. After an exception no further task starts;
    /// the first one is thrown again here when the others have ended.
    void run(std::size_t tasks, const std::function<void(std::size_t index, std::size_t worker)>& task);

    /// Splits 0..items-1 into even ranges and calls body(begin, end); small work stays on this thread.
    void forRanges(
        std::size_t items, std::size_t grain, const std::function<void(std::size_t, std::size_t)>& body);

private:
    void loop(std::size_t worker, const std::function<void()>& setup);
    void stop();
    void drain(std::size_t worker);

    std::vector<std::thread> m_threads;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_done;
    const std::function<void(std::size_t, std::size_t)>* m_task = nullptr;
    std::size_t m_tasks = 0;
    std::size_t m_next = 0;
    std::size_t m_busy = 0;
    std::size_t m_generation = 0;
    std::exception_ptr m_error;
    bool m_quit = false;
};

} // namespace palimpsest::base
