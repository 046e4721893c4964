#include "base/mapped_pages.h"

#include <cstdint>

#include <sys/mman.h>
#include <unistd.h>

namespace palimpsest::base {

void releasePages(std::span<const std::byte> mapped)
{
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto begin = reinterpret_cast<std::uintptr_t>(mapped.data()) / page * page;
    const auto end = reinterpret_cast<std::uintptr_t>(mapped.data()) + mapped.size();
    // Of a shared mapping of a file only the pages' places in this process are given up, also at the ends.
    if (!mapped.empty())
        (void)::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
}

} // namespace palimpsest::base
