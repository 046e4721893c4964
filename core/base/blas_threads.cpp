#include "base/blas_threads.h"

#include <dlfcn.h>

#include <mutex>

namespace palimpsest::base {

namespace {

std::mutex g_mutex;
int g_living = 0;
int g_before = 0; ///< 0: OpenBLAS is not in this process

/// OpenBLAS comes with LibTorch, as one of several libraries that can: nothing here links to it.
template <typename Function>
Function* openBlas(const char* name)
{
    return reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, name));
}

void setThreads(int count)
{
    if (auto* set = openBlas<void(int)>("openblas_set_num_threads"))
        set(count);
}

} // namespace

SingleThreadedBlas::SingleThreadedBlas()
{
    const std::lock_guard lock(g_mutex);
    if (g_living++ > 0)
        return;
    auto* get = openBlas<int()>("openblas_get_num_threads");
    g_before = get != nullptr ? get() : 0;
    if (g_before > 1)
        setThreads(1);
}

SingleThreadedBlas::~SingleThreadedBlas()
{
    const std::lock_guard lock(g_mutex);
    if (--g_living == 0 && g_before > 1)
        setThreads(g_before);
}

} // namespace palimpsest::base
