#pragma once
// 128-bit fingerprints (XXH3) of options, inputs and files; they decide which stages are still valid.
// Not cryptographic: they detect change, not malice.
// Thread: a builder belongs to one thread; fingerprints are values.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace palimpsest::base {

struct Fingerprint {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    /// 32 lower-case hexadecimal digits.
    [[nodiscard]] std::string hex() const;
    auto operator<=>(const Fingerprint&) const = default;
};

/// Collects fields; each is framed by its length, so ("ab","c") and ("a","bc") differ.
class FingerprintBuilder {
public:
    FingerprintBuilder();
    ~FingerprintBuilder();
    FingerprintBuilder(const FingerprintBuilder&) = delete;
    FingerprintBuilder& operator=(const FingerprintBuilder&) = delete;

    FingerprintBuilder& add(std::string_view text);
    FingerprintBuilder& add(std::int64_t number);
    FingerprintBuilder& add(double number);
    FingerprintBuilder& add(std::span<const std::byte> bytes);
    FingerprintBuilder& add(const Fingerprint& other);
    [[nodiscard]] Fingerprint finish() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Fingerprint of a file's content. Fails with NotFound or Unreadable.
[[nodiscard]] Result<Fingerprint> fingerprintFile(const std::filesystem::path& path);

} // namespace palimpsest::base
