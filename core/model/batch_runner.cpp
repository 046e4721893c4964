#include "model/batch_runner.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include "base/blas_threads.h"
#include "base/workers.h"
#include "model/torch_guard.h"

namespace palimpsest::model {

namespace {

class BatchRun {
public:
    BatchRun(const base::JobContext& ctx, const BatchCalls& calls)
        : m_ctx(ctx)
        , m_calls(calls)
    {
    }

    void one(std::size_t index)
    {
        // Lower batches still end: all of them have started, so the lowest failure is the same every time.
        if (index > m_failed.load())
            return;
        const base::Status status = guardTorch([&]() -> base::Status {
            const c10::InferenceMode noGradients(!m_calls.gradients);
            return m_ctx.stopRequested() ? base::cancelled() : m_calls.run(index);
        });
        const std::lock_guard lock(m_mutex);
        if (!status) {
            if (index < m_failed.load()) {
                m_failed.store(index);
                m_status = status;
            }
        } else if (m_status && !m_ctx.stopRequested()) {
            m_calls.finished(index);
        }
    }

    [[nodiscard]] const base::Status& status() const { return m_status; }

private:
    const base::JobContext& m_ctx;
    const BatchCalls& m_calls;
    std::mutex m_mutex;
    std::atomic<std::size_t> m_failed = std::numeric_limits<std::size_t>::max();
    base::Status m_status;
};

// Two processors do more with two batches than with two halves of each operation: only products are large
// enough to split, and threads that wait for their half of each spin meanwhile.
void runSideBySide(std::size_t count, std::size_t workers, BatchRun& run)
{
    const base::SingleThreadedBlas blas;
    // LibTorch keeps a number of threads per calling thread, and a default which a thread takes over when it
    // first asks. So each worker asks, then takes 1 for itself; that has also become the default, which is
    // put back when all have done so.
    const int torchThreads = at::get_num_threads();
    base::Workers threads(std::min(base::Workers::countFor(workers), count), [] {
        (void)at::get_num_threads();
        at::set_num_threads(1);
    });
    at::set_num_threads(torchThreads);
    threads.run(count, [&](std::size_t index, std::size_t) { run.one(index); });
}

} // namespace

base::Status runBatches(const Model& model, std::size_t count, std::size_t workers,
    const base::JobContext& ctx, const BatchCalls& calls)
{
    if (count == 0)
        return {};
    return guardTorch([&]() -> base::Status {
        BatchRun run(ctx, calls);
        if (at::Device(model.device()).is_cpu()) {
            runSideBySide(count, workers, run);
        } else {
            for (std::size_t index = 0; index < count; ++index)
                run.one(index);
        }
        return run.status();
    });
}

} // namespace palimpsest::model
