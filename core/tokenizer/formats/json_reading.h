#pragma once
// Reads JSON files and their fields without exceptions; every message names the file and the field.
// Thread: reentrant.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/result.h"

namespace palimpsest::tokenizer {

/// The largest tokenizer file accepted. Those of models with 256,000 entries have about 35 MB.
inline constexpr std::size_t kLargestTokenizerFile = std::size_t{512} << 20U;

/// How deep components may be nested (Sequence in Sequence); files in use have two levels.
inline constexpr int kDeepestNesting = 8;

/// Fails with NotFound, Unreadable, TooLarge or Malformed (with the byte where reading stopped).
[[nodiscard]] base::Result<nlohmann::json> readJsonFile(const std::filesystem::path& path);

/// The value of `key`; `fallback` where the key is missing or null. Fail with Malformed for another type.
[[nodiscard]] base::Result<bool> boolField(
    const nlohmann::json& object, const char* key, bool fallback, const std::string& file);
[[nodiscard]] base::Result<std::int64_t> intField(
    const nlohmann::json& object, const char* key, std::int64_t fallback, const std::string& file);
[[nodiscard]] base::Result<std::string> stringField(
    const nlohmann::json& object, const char* key, std::string_view fallback, const std::string& file);

/// The member `key`, or a null value where `object` has none or is no object.
[[nodiscard]] const nlohmann::json& member(const nlohmann::json& object, const char* key);

/// The `type` of a component. Fails with Malformed if there is none.
[[nodiscard]] base::Result<std::string> componentType(
    const nlohmann::json& description, const char* component, const std::string& file);

[[nodiscard]] base::Error malformed(const std::string& file, const std::string& what);
/// "file: normalizer "Foo" is not supported; supported are A, B, C".
[[nodiscard]] base::Error unsupportedComponent(
    const std::string& file, const char* component, const std::string& type, std::string_view supported);

} // namespace palimpsest::tokenizer
