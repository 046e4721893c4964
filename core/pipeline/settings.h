#pragma once
// The settings of a study under their names: one list for study files, project values and checks; private to
// this module. Thread: values.

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "pipeline/study.h"

namespace palimpsest::pipeline {

/// Which TOML values a setting takes.
enum class SettingKind : std::uint8_t {
    Path, ///< a string; relative to the study file's folder
    Text, ///< a string
    Column, ///< a string or a whole number
    Count, ///< a whole number
    Limit, ///< a whole number or "unlimited"
    Fraction, ///< a number
    Layers, ///< a string as parseLayers takes it, a whole number, or a list of them
};

struct Setting {
    std::string_view key;
    SettingKind kind;
    bool required; ///< in a study file; the others have defaults
    std::string_view comment; ///< for people who edit the file
    std::string (*format)(const Study&);
    /// Fails with InvalidArgument: "k is 0; it must be …". The study is unchanged then.
    base::Status (*parse)(Study&, std::string_view text);
    bool isNewer = false; ///< projects of the first versions do not have it; its default is what they did
};

/// In the order in which a person would write them.
[[nodiscard]] std::span<const Setting> settings();

/// Null where there is no such setting.
[[nodiscard]] const Setting* findSetting(std::string_view key);

/// "a, b and c" of all keys.
[[nodiscard]] std::string settingNames();

/// The same study with its paths absolute and its layers ascending. Fails with InvalidArgument for a setting
/// that is out of range.
[[nodiscard]] base::Result<Study> checkedStudy(const Study& study);

/// "last", "first", "mean".
[[nodiscard]] std::string_view poolingName(activation::Pooling pooling);
/// "auto", "text", "tsv", "csv".
[[nodiscard]] std::string_view fileKindName(corpus::FileKind kind);
/// "cut", "window".
[[nodiscard]] std::string_view longSentencesName(LongSentences choice);
/// "float32", "float16", "bfloat16".
[[nodiscard]] std::string_view precisionName(model::Precision precision);
/// "float32", "float16".
[[nodiscard]] std::string_view storeName(tensorfile::ElementType store);

} // namespace palimpsest::pipeline
