#include "base/fingerprint.h"

#include <array>
#include <bit>
#include <cstring>

#include "base/mapped_file.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace palimpsest::base {

std::string Fingerprint::hex() const
{
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text(32, '0');
    for (int nibble = 0; nibble < 16; ++nibble) {
        text[static_cast<std::size_t>(nibble)] = kDigits[(high >> (60 - 4 * nibble)) & 15U];
        text[static_cast<std::size_t>(nibble + 16)] = kDigits[(low >> (60 - 4 * nibble)) & 15U];
    }
    return text;
}

struct FingerprintBuilder::State {
    XXH3_state_t hash;
};

FingerprintBuilder::FingerprintBuilder()
    : m_state(std::make_unique<State>())
{
    XXH3_128bits_reset(&m_state->hash);
}

FingerprintBuilder::~FingerprintBuilder() = default;

FingerprintBuilder& FingerprintBuilder::add(std::span<const std::byte> bytes)
{
    const std::uint64_t length = bytes.size();
    XXH3_128bits_update(&m_state->hash, &length, sizeof length);
    if (!bytes.empty())
        XXH3_128bits_update(&m_state->hash, bytes.data(), bytes.size());
    return *this;
}

FingerprintBuilder& FingerprintBuilder::add(std::string_view text)
{
    return add(std::as_bytes(std::span(text.data(), text.size())));
}

FingerprintBuilder& FingerprintBuilder::add(std::int64_t number)
{
    return add(std::as_bytes(std::span(&number, 1)));
}

FingerprintBuilder& FingerprintBuilder::add(double number)
{
    return add(std::bit_cast<std::int64_t>(number));
}

FingerprintBuilder& FingerprintBuilder::add(const Fingerprint& other)
{
    const std::array words{other.high, other.low};
    return add(std::as_bytes(std::span(words)));
}

Fingerprint FingerprintBuilder::finish() const
{
    const XXH128_hash_t hash = XXH3_128bits_digest(&m_state->hash);
    return {hash.high64, hash.low64};
}

Result<Fingerprint> fingerprintFile(const std::filesystem::path& path)
{
    PALIMPSEST_TRY(file, MappedFile::open(path));
    return FingerprintBuilder().add(file.bytes()).finish();
}

} // namespace palimpsest::base
