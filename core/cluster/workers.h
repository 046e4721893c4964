#pragma once
// Threads of one clustering run that sleep while there is nothing to do. OpenMP's own team would spin between
// the thousands of short steps, which costs a busy machine more than the steps themselves.
// Thread: one owner calls run(); tasks run on the workers.

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace palimpsest::cluster {

class Workers {
public:
    /// `count` >= 1 threads; LibTorch calls made from their tasks stay on the calling thread.
    explicit Workers(std::size_t count);
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    [[nodiscard]] std::size_t count() const { return m_threads.size(); }

    /// Calls task(index, worker) for every index in 0..tasks-1 in no fixed order, worker in 0..count()-1;
    /// returns when all are done. An exception of a task is thrown again here after the others have ended.
    void run(std::size_t tasks, const std::function<void(std::size_t index, std::size_t worker)>& task);

    /// Splits 0..items-1 into even ranges and calls body(begin, end); small work stays on this thread.
    void forRanges(
        std::size_t items, std::size_t grain, const std::function<void(std::size_t, std::size_t)>& body);

private:
    void loop(std::size_t worker);
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

} // namespace palimpsest::cluster
