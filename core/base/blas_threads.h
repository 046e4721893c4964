#pragma once
// Keeps OpenBLAS from splitting products over threads of its own while threads of ours do the work.
// Thread: may be made and destroyed on any thread.

namespace palimpsest::base {

/// While at least one of these lives, OpenBLAS multiplies on the thread that calls it. Otherwise its one pool
/// serves the whole process: products of several threads wait for each other, and the pool spins in between.
/// No effect where another library multiplies (MKL follows LibTorch's number of threads).
class SingleThreadedBlas {
public:
    SingleThreadedBlas();
    ~SingleThreadedBlas();
    SingleThreadedBlas(const SingleThreadedBlas&) = delete;
    SingleThreadedBlas& operator=(const SingleThreadedBlas&) = delete;
};

} // namespace palimpsest::base
