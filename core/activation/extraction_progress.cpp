#include "activation/extraction_progress.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace palimpsest::activation {

namespace {

/// 0 says "not done", so no checksum may be 0.
std::uint64_t asMark(std::uint64_t checksum)
{
    return std::max<std::uint64_t>(checksum, 1);
}

} // namespace

base::Result<ExtractionProgress> ExtractionProgress::open(
    const std::filesystem::path& path, const base::Fingerprint& extraction, std::size_t batches)
{
    ExtractionProgress progress;
    const std::size_t size = sizeof extraction + batches * sizeof(std::uint64_t);
    PALIMPSEST_TRY(output, base::MappedOutput::resume(path, size));
    progress.m_output = std::move(output);
    const auto bytes = progress.m_output.bytes();
    if (std::memcmp(bytes.data(), &extraction, sizeof extraction) != 0) {
        std::fill(bytes.begin(), bytes.end(), std::byte{0});
        std::memcpy(bytes.data(), &extraction, sizeof extraction);
    }
    progress.m_marks = reinterpret_cast<std::uint64_t*>(bytes.data() + sizeof extraction);
    return progress;
}

bool ExtractionProgress::isDone(std::size_t batch, std::uint64_t checksum) const
{
    return m_marks != nullptr && m_marks[batch] == asMark(checksum);
}

bool ExtractionProgress::isMarked(std::size_t batch) const
{
    return m_marks != nullptr && m_marks[batch] != 0;
}

void ExtractionProgress::mark(std::size_t batch, std::uint64_t checksum)
{
    if (m_marks != nullptr)
        m_marks[batch] = asMark(checksum);
}

} // namespace palimpsest::activation
