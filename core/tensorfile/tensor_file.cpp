#include "tensorfile/tensor_file.h"

#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <utility>

namespace palimpsest::tensorfile {

namespace {

struct TypeFacts {
    ElementType type;
    std::size_t size;
    std::string_view name;
};

constexpr std::array kTypes = {
    TypeFacts{ElementType::F64, 8, "F64"},
    TypeFacts{ElementType::F32, 4, "F32"},
    TypeFacts{ElementType::F16, 2, "F16"},
    TypeFacts{ElementType::BF16, 2, "BF16"},
    TypeFacts{ElementType::I64, 8, "I64"},
    TypeFacts{ElementType::I32, 4, "I32"},
    TypeFacts{ElementType::I16, 2, "I16"},
    TypeFacts{ElementType::I8, 1, "I8"},
    TypeFacts{ElementType::U64, 8, "U64"},
    TypeFacts{ElementType::U32, 4, "U32"},
    TypeFacts{ElementType::U16, 2, "U16"},
    TypeFacts{ElementType::U8, 1, "U8"},
    TypeFacts{ElementType::Bool, 1, "BOOL"},
};

const TypeFacts& factsOf(ElementType type)
{
    return kTypes[static_cast<std::size_t>(type)];
}

float fromHalf(std::uint16_t half)
{
    const std::uint32_t sign = (half & 0x8000U) << 16U;
    const std::uint32_t exponent = (half >> 10U) & 31U;
    const std::uint32_t mantissa = half & 0x3ffU;
    if (exponent == 31)
        return std::bit_cast<float>(sign | 0x7f800000U | mantissa << 13U);
    if (exponent != 0)
        return std::bit_cast<float>(sign | (exponent + 112U) << 23U | mantissa << 13U);
    // A subnormal half is mantissa · 2⁻²⁴, which float32 holds exactly.
    const float magnitude = static_cast<float>(mantissa) * 0x1p-24F;
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(magnitude) | sign);
}

float fromBrainFloat(std::uint16_t value)
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(value) << 16U);
}

// memcpy per element: views need not be aligned, and compilers make a plain load of it.
template <typename Stored, typename Convert>
void convertEach(std::span<const std::byte> bytes, std::span<float> out, Convert convert)
{
    const std::size_t count = std::min(out.size(), bytes.size() / sizeof(Stored));
    for (std::size_t i = 0; i < count; ++i) {
        Stored stored;
        std::memcpy(&stored, bytes.data() + i * sizeof(Stored), sizeof(Stored));
        out[i] = convert(stored);
    }
}

template <typename Number>
void castEach(std::span<const std::byte> bytes, std::span<float> out)
{
    convertEach<Number>(bytes, out, [](Number number) { return static_cast<float>(number); });
}

} // namespace

std::size_t elementSize(ElementType type)
{
    return factsOf(type).size;
}

std::string_view elementTypeName(ElementType type)
{
    return factsOf(type).name;
}

std::optional<ElementType> elementTypeFromName(std::string_view name)
{
    for (const TypeFacts& facts : kTypes) {
        if (facts.name == name)
            return facts.type;
    }
    return std::nullopt;
}

std::optional<std::size_t> tensorByteCount(ElementType type, std::span<const std::size_t> shape)
{
    std::size_t count = elementSize(type);
    bool empty = false;
    for (const std::size_t extent : shape) {
        if (extent == 0)
            empty = true;
        else if (count > std::numeric_limits<std::size_t>::max() / extent)
            return std::nullopt;
        else
            count *= extent;
    }
    return empty ? 0 : count;
}

std::string shapeText(std::span<const std::size_t> shape)
{
    std::string text = "[";
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        if (axis > 0)
            text += ", ";
        text += std::to_string(shape[axis]);
    }
    return text + "]";
}

void convertToFloat(const TensorView& tensor, std::span<float> out)
{
    const auto bytes = tensor.bytes;
    switch (tensor.type) {
    case ElementType::F32:
        if (!bytes.empty())
            std::memcpy(out.data(), bytes.data(), std::min(bytes.size(), out.size_bytes()));
        return;
    case ElementType::F64:
        return castEach<double>(bytes, out);
    case ElementType::F16:
        return convertEach<std::uint16_t>(bytes, out, fromHalf);
    case ElementType::BF16:
        return convertEach<std::uint16_t>(bytes, out, fromBrainFloat);
    case ElementType::I64:
        return castEach<std::int64_t>(bytes, out);
    case ElementType::I32:
        return castEach<std::int32_t>(bytes, out);
    case ElementType::I16:
        return castEach<std::int16_t>(bytes, out);
    case ElementType::I8:
        return castEach<std::int8_t>(bytes, out);
    case ElementType::U64:
        return castEach<std::uint64_t>(bytes, out);
    case ElementType::U32:
        return castEach<std::uint32_t>(bytes, out);
    case ElementType::U16:
        return castEach<std::uint16_t>(bytes, out);
    case ElementType::U8:
        return castEach<std::uint8_t>(bytes, out);
    case ElementType::Bool:
        return convertEach<std::uint8_t>(bytes, out, [](std::uint8_t b) { return b != 0 ? 1.0F : 0.0F; });
    }
}

} // namespace palimpsest::tensorfile
