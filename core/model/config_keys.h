#pragma once
// Reads keys of config.json under the names that the families of models gave them, and keeps the first
// problem, so that readers are lists of names; private to this module. Thread: one.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/result.h"

namespace palimpsest::model {

// Far above any published model; they keep sizes that are computed from a hostile file from overflowing.
inline constexpr std::size_t kMostLayers = 4096;
inline constexpr std::size_t kLargestSize = 1U << 24U;

/// Where several keys are given, the first that is there counts; null counts as absent. A value of another
/// type or out of range gives the fallback (1 without one) and sets error().
class ConfigKeys {
public:
    using Names = std::initializer_list<const char*>;

    /// `file` begins the sentences of errors.
    ConfigKeys(nlohmann::json object, std::string file);

    /// Without a fallback, one of the keys must be there.
    std::size_t size(
        Names keys, std::size_t least, std::size_t most, std::optional<std::size_t> fallback = std::nullopt);
    /// Any whole number, such as the -1 that means "none".
    std::int64_t integer(const char* key, std::int64_t fallback);
    /// A finite number from 0 up.
    double number(Names keys, double fallback);
    bool flag(const char* key, bool fallback);
    std::string text(Names keys, const std::string& fallback);
    /// A list of texts, or one text with "|" between them; empty where there is none.
    std::vector<std::string> texts(const char* key);
    /// The keys of an object inside; none where there is no such object.
    [[nodiscard]] ConfigKeys inner(Names keys) const;

    /// True also for null.
    [[nodiscard]] bool mentions(const char* key) const { return m_object.contains(key); }
    [[nodiscard]] const nlohmann::json& object() const { return m_object; }

    /// Keeps "`file` `problem`; …" as Malformed unless there is an error already. Returns 1, a size that is
    /// safe to go on with.
    std::size_t refuse(const std::string& problem);
    [[nodiscard]] const std::optional<base::Error>& error() const { return m_error; }

private:
    [[nodiscard]] const nlohmann::json* find(Names keys) const;

    nlohmann::json m_object;
    std::string m_file;
    std::optional<base::Error> m_error;
};

struct ModelConfig;

/// The keys of config.json, for those that only one architecture has.
[[nodiscard]] ConfigKeys rareKeys(const ModelConfig& config);

} // namespace palimpsest::model
