#pragma once
// Gives pages of a file that is written through memory back to the system while the writing goes on.
// Thread: reentrant; other threads may write beside it.

#include <cstddef>
#include <span>

namespace palimpsest::base {

/// Lets the pages of a part of MappedOutput::bytes() leave this process's memory. What was written stays in
/// the system's cache and comes back when it is touched. For no other memory: elsewhere it would be lost.
void releasePages(std::span<const std::byte> mapped);

} // namespace palimpsest::base
