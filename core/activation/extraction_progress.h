#pragma once
// Which batches of an extraction are done, in a small mapped file; private to this module.
// Thread: one builder; slots of different batches may be used from different threads.

#include <cstddef>
#include <cstdint>
#include <filesystem>

#include "base/fingerprint.h"
#include "base/mapped_file.h"
#include "base/result.h"

namespace palimpsest::activation {

/// A checksum per batch, 0 while it is not done. The file counts only for the extraction whose fingerprint it
/// begins with. Marks outlive a killed process; after a loss of power, a batch whose rows did not reach the
/// disk is found out by its checksum.
class ExtractionProgress {
public:
    /// Notes nothing.
    ExtractionProgress() = default;

    /// Goes on with `<path>.part` if it belongs to `extraction`, else begins anew. Fails as MappedOutput
    /// does.
    [[nodiscard]] static base::Result<ExtractionProgress> open(
        const std::filesystem::path& path, const base::Fingerprint& extraction, std::size_t batches);

    [[nodiscard]] bool isKept() const { return m_marks != nullptr; }
    /// True where the batch was noted with this checksum.
    [[nodiscard]] bool isDone(std::size_t batch, std::uint64_t checksum) const;
    /// True where the batch was noted at all: its checksum is worth computing.
    [[nodiscard]] bool isMarked(std::size_t batch) const;
    void mark(std::size_t batch, std::uint64_t checksum);

    /// Leaves the file for the next run; otherwise it goes with this object.
    void keep() { m_output.keepPart(); }

private:
    base::MappedOutput m_output;
    std::uint64_t* m_marks = nullptr; ///< of batch 0
};

} // namespace palimpsest::activation
