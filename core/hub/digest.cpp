#include "hub/digest.h"

#include <algorithm>
#include <array>
#include <memory>

#include <openssl/evp.h>

#include "base/mapped_file.h"

namespace palimpsest::hub {

base::Result<std::string> digestFile(
    const std::filesystem::path& path, DigestKind kind, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(file, base::MappedFile::open(path));
    const auto bytes = file.bytes();
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> state(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    const EVP_MD* method = kind == DigestKind::Sha256 ? EVP_sha256() : EVP_sha1();
    const base::Error failed{base::ErrorCode::Internal, "libcrypto computes no checksum of " + path.string()};
    if (state == nullptr || EVP_DigestInit_ex(state.get(), method, nullptr) != 1)
        return failed;
    if (kind == DigestKind::GitBlob) {
        const std::string header = "blob " + std::to_string(bytes.size());
        if (EVP_DigestUpdate(state.get(), header.c_str(), header.size() + 1) != 1)
            return failed;
    }
    constexpr std::size_t kStep = std::size_t{8} << 20U; // some 10 ms
    for (std::size_t begin = 0; begin < bytes.size(); begin += kStep) {
        if (ctx.stopRequested())
            return base::cancelled();
        if (EVP_DigestUpdate(state.get(), bytes.data() + begin, std::min(kStep, bytes.size() - begin)) != 1)
            return failed;
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (EVP_DigestFinal_ex(state.get(), digest.data(), &size) != 1)
        return failed;
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
        constexpr const char* kDigits = "0123456789abcdef";
        text += kDigits[digest[i] >> 4U];
        text += kDigits[digest[i] & 15U];
    }
    return text;
}

} // namespace palimpsest::hub
