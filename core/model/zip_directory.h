#pragma once
// The entries of a zip archive that are stored without compression, as views. Only what torch.save writes:
// no compression, no encryption, no split archives; zip64 is understood.
// Thread: reentrant; views live as long as the bytes.

#include <cstddef>
#include <map>
#include <span>
#include <string>

#include "base/result.h"

namespace palimpsest::model {

/// True where `bytes` start like a zip archive.
[[nodiscard]] bool looksLikeZip(std::span<const std::byte> bytes);

/// Name → content. `fileName` is for messages. Fails with Malformed or Unsupported (a compressed or encrypted
/// entry). Checksums are not compared.
[[nodiscard]] base::Result<std::map<std::string, std::span<const std::byte>, std::less<>>> readZipDirectory(
    std::span<const std::byte> bytes, const std::string& fileName);

} // namespace palimpsest::model
