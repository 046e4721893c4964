#include "cluster/workers.h"

#include <ATen/Parallel.h>

namespace palimpsest::cluster {

// LibTorch keeps a number of threads per calling thread, and a default which a thread takes over when it
// first asks. So each worker asks, then takes 1 for itself; that has also become the default, which is put
// back when all have done so.
Workers::Workers(std::size_t count, int torchThreads)
    : base::Workers(count, [] {
        (void)at::get_num_threads();
        at::set_num_threads(1);
    })
{
    at::set_num_threads(torchThreads);
}

Workers::Workers(std::size_t count)
    : Workers(count, at::get_num_threads())
{
}

} // namespace palimpsest::cluster
