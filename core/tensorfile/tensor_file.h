#pragma once
// What every tensor file has in common: element types and views of tensors in somebody else's memory.
// Thread: values.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace palimpsest::tensorfile {

enum class ElementType : std::uint8_t { F64, F32, F16, BF16, I64, I32, I16, I8, U64, U32, U16, U8, Bool };

/// Bytes of one element, 1 to 8.
[[nodiscard]] std::size_t elementSize(ElementType type);

/// Name in a safetensors header, for example "F32".
[[nodiscard]] std::string_view elementTypeName(ElementType type);

/// Inverse of elementTypeName; nothing for other names.
[[nodiscard]] std::optional<ElementType> elementTypeFromName(std::string_view name);

/// A row-major tensor that lives in a file's memory and is valid as long as the file object.
/// `bytes` has exactly elementSize · product(shape) bytes. It need not be aligned to its element size.
struct TensorView {
    ElementType type = ElementType::F32;
    std::vector<std::size_t> shape;
    std::span<const std::byte> bytes;

    /// 1 for a scalar (empty shape).
    [[nodiscard]] std::size_t elementCount() const { return bytes.size() / elementSize(type); }
};

/// Bytes of a tensor, or nothing where the product overflows std::size_t.
[[nodiscard]] std::optional<std::size_t> tensorByteCount(
    ElementType type, std::span<const std::size_t> shape);

/// "[3, 4]".
[[nodiscard]] std::string shapeText(std::span<const std::size_t> shape);

/// Writes the elements of `tensor` as float32, rounded to nearest where float32 is narrower.
/// `out` holds tensor.elementCount() values. Every element type is taken; Bool gives 0 and 1.
void convertToFloat(const TensorView& tensor, std::span<float> out);

} // namespace palimpsest::tensorfile
