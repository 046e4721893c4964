#pragma once
// The layout of a project file, and how older ones become the present one; private to this module.
// Thread: as Database.

#include <cstdint>
#include <filesystem>

#include "base/result.h"
#include "project/sqlite.h"

namespace palimpsest::project {

inline constexpr std::int64_t kApplicationId = 0x504C4D50; ///< "PLMP"
inline constexpr std::int64_t kLayoutVersion = 6;

/// Looks at a file's first bytes without SQLite, so that whatever is refused stays untouched.
/// Fails with NotFound, Unreadable or Malformed.
[[nodiscard]] base::Status checkHeader(const std::filesystem::path& file);

/// The layout of an opened file. Fails with NewerVersion, or Malformed for numbers that never existed.
[[nodiscard]] base::Result<std::int64_t> layoutVersion(Database& database, const std::filesystem::path& file);

/// Brings layout `version` (0: an empty file) to kLayoutVersion in one transaction.
[[nodiscard]] base::Status upgrade(Database& database, std::int64_t version);

} // namespace palimpsest::project
