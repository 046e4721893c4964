#pragma once
// Reading and writing of .safetensors files (github.com/huggingface/safetensors, "Format").
// Thread: a file object may be read from any thread; a writer belongs to one thread, though disjoint parts
// of its tensors may be filled from several.

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/mapped_file.h"
#include "base/result.h"
#include "tensorfile/tensor_file.h"

namespace palimpsest::tensorfile {

/// A mapped file; tensors are views into it, nothing is copied. Views survive a move of the object.
class SafetensorsFile {
public:
    /// Fails with NotFound, Unreadable, Malformed (also: overlapping tensors, holes, duplicate names) or
    /// Unsupported (an element type that is not in ElementType; the message names the tensor).
    [[nodiscard]] static base::Result<SafetensorsFile> open(const std::filesystem::path& path);

    /// Names of all tensors in byte order.
    [[nodiscard]] const std::vector<std::string>& names() const { return m_names; }

    /// Null where there is no such tensor.
    [[nodiscard]] const TensorView* find(std::string_view name) const;

    /// The strings under "__metadata__"; empty where there are none.
    [[nodiscard]] const std::map<std::string, std::string>& metadata() const { return m_metadata; }

    [[nodiscard]] const std::filesystem::path& path() const { return m_file.path(); }
    [[nodiscard]] std::span<const std::byte> bytes() const { return m_file.bytes(); }

private:
    base::MappedFile m_file;
    std::vector<std::string> m_names;
    std::map<std::string, TensorView, std::less<>> m_tensors;
    std::map<std::string, std::string> m_metadata;
};

struct TensorSpec {
    std::string name;
    ElementType type = ElementType::F32;
    std::vector<std::size_t> shape;
};

/// Writes a file through memory. The data starts at a multiple of 8 bytes and tensors are laid out by falling
/// element size, then by name, so that each is aligned to its elements. Same input, same bytes.
class SafetensorsWriter {
public:
    /// Reserves the whole file on disk. Fails with DiskFull, NotFound (no such folder), WriteFailed,
    /// TooLarge (sizes overflow) or InvalidArgument (a name twice, or "__metadata__").
    [[nodiscard]] static base::Result<SafetensorsWriter> create(const std::filesystem::path& path,
        std::vector<TensorSpec> tensors, const std::map<std::string, std::string>& metadata = {});

    /// The same, going on with what an earlier writer of the same file left by keepPart() or by being killed:
    /// tensors hold what it wrote, or zeros. Whoever resumes has to know which values are of use.
    [[nodiscard]] static base::Result<SafetensorsWriter> resume(
        const std::filesystem::path& path, std::vector<TensorSpec> tensors);

    /// The memory of one tensor, zero at first. Empty for an unknown name and after commit().
    [[nodiscard]] std::span<std::byte> tensor(std::string_view name);

    /// The same as float32 values. Empty unless the tensor is F32.
    [[nodiscard]] std::span<float> floats(std::string_view name);

    /// Without commit(), `<path>.part` is left for resume().
    void keepPart() { m_output.keepPart(); }

    /// Makes the file appear under its name. Without it and without keepPart(), nothing is left behind.
    [[nodiscard]] base::Status commit();

private:
    static base::Result<SafetensorsWriter> open(const std::filesystem::path& path,
        std::vector<TensorSpec> tensors, const std::map<std::string, std::string>& metadata, bool resumes);

    struct Place {
        ElementType type = ElementType::F32;
        std::size_t offset = 0;
        std::size_t size = 0;
    };

    base::MappedOutput m_output;
    std::map<std::string, Place, std::less<>> m_places;
};

} // namespace palimpsest::tensorfile
