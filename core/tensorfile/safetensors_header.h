#pragma once
// The JSON header of a .safetensors file, parsed as a stream: what it may hold is known, so nothing else is
// built. Thread: reentrant.

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "tensorfile/tensor_file.h"

namespace palimpsest::tensorfile {

struct SafetensorsEntry {
    ElementType type = ElementType::F32;
    std::vector<std::size_t> shape;
    std::size_t begin = 0; ///< from the start of the data
    std::size_t end = 0;
};

struct SafetensorsHeader {
    std::map<std::string, SafetensorsEntry> tensors;
    std::map<std::string, std::string> metadata;
};

/// `dataSize` bytes follow the header; tensors must fill them without overlap or hole, as the reference
/// implementation demands. `fileName` is for the message. Fails with Malformed or Unsupported.
[[nodiscard]] base::Result<SafetensorsHeader> parseSafetensorsHeader(
    std::string_view json, std::size_t dataSize, const std::string& fileName);

} // namespace palimpsest::tensorfile
