#pragma once
// The threads of one clustering run, each multiplying its own tile.
// Thread: one owner calls run(); tasks run on the workers.

#include <cstddef>

#include "base/blas_threads.h"
#include "base/workers.h"

namespace palimpsest::cluster {

/// base::Workers whose LibTorch calls stay on the worker that makes them.
class Workers : public base::Workers {
public:
    /// May throw std::system_error (no thread to be had).
    explicit Workers(std::size_t count);

private:
    Workers(std::size_t count, int torchThreads);

    base::SingleThreadedBlas m_blas;
};

} // namespace palimpsest::cluster
