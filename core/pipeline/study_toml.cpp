// Studies as TOML files: what people write and read. The only file that sees toml++ and its exceptions.

#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include <toml++/toml.h>

#include "base/mapped_file.h"
#include "hub/model_source.h"
#include "pipeline/settings.h"
#include "pipeline/study.h"

namespace palimpsest::pipeline {

using base::Error;
using base::ErrorCode;

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLargestStudyFile = std::size_t{1} << 20U;

Error atLine(const fs::path& file, toml::source_index line, ErrorCode code, const std::string& sentence)
{
    return {code, file.string() + ", line " + std::to_string(line) + ": " + sentence};
}

std::string_view expectedType(SettingKind kind)
{
    switch (kind) {
    case SettingKind::Path:
    case SettingKind::Text:
        return "a text in quotation marks";
    case SettingKind::Column:
        return "a name in quotation marks or a number";
    case SettingKind::Count:
        return "a whole number";
    case SettingKind::Limit:
        return "a whole number or \"unlimited\"";
    case SettingKind::Fraction:
        return "a number";
    case SettingKind::Layers:
        return "a text such as \"0,3,5-6\" or a list of numbers";
    }
    return "a value";
}

std::optional<std::string> numberText(const toml::node& node)
{
    if (const auto* integer = node.as_integer())
        return std::to_string(integer->get());
    return std::nullopt;
}

std::optional<std::string> fractionText(const toml::node& node)
{
    const auto* number = node.as_floating_point();
    if (number == nullptr)
        return numberText(node);
    std::array<char, 32> buffer{};
    const auto [end, code] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number->get());
    return code == std::errc() ? std::optional(std::string(buffer.data(), end)) : std::nullopt;
}

std::optional<std::string> layersText(const toml::node& node)
{
    const auto* list = node.as_array();
    if (list == nullptr)
        return numberText(node);
    std::string text;
    for (const toml::node& element : *list) {
        const auto number = numberText(element);
        if (!number)
            return std::nullopt;
        text += (text.empty() ? "" : ",") + *number;
    }
    return text;
}

/// What Setting::parse takes; nothing for a value of another type.
std::optional<std::string> settingText(const toml::node& node, SettingKind kind)
{
    const bool takesText = kind != SettingKind::Count && kind != SettingKind::Fraction;
    if (const auto* text = node.as_string())
        return takesText ? std::optional(text->get()) : std::nullopt;
    switch (kind) {
    case SettingKind::Path:
    case SettingKind::Text:
        return std::nullopt;
    case SettingKind::Column:
    case SettingKind::Count:
    case SettingKind::Limit:
        return numberText(node);
    case SettingKind::Fraction:
        return fractionText(node);
    case SettingKind::Layers:
        return layersText(node);
    }
    return std::nullopt;
}

base::Status applySetting(
    Study& study, const fs::path& file, std::string_view key, const toml::node& node, toml::source_index line)
{
    const Setting* setting = findSetting(key);
    if (setting == nullptr) {
        return atLine(file, line, ErrorCode::Malformed,
            "there is no setting " + std::string(key) + "; there are " + settingNames());
    }
    const auto text = settingText(node, setting->kind);
    if (!text) {
        return atLine(file, line, ErrorCode::Malformed,
            std::string(key) + " must be " + std::string(expectedType(setting->kind)));
    }
    if (const auto status = setting->parse(study, *text); !status)
        return atLine(file, line, ErrorCode::InvalidArgument, status.error().message);
    return {};
}

base::Result<toml::table> parseToml(const std::string& text, const fs::path& file)
{
    try {
        return toml::parse(text, file.string());
    } catch (const toml::parse_error& error) {
        return atLine(
            file, error.source().begin.line, ErrorCode::Malformed, std::string(error.description()));
    } catch (const std::exception& error) {
        return Error{ErrorCode::Malformed, file.string() + " is not a TOML file: " + error.what()};
    }
}

/// A basic string of TOML 1.0.
std::string tomlString(std::string_view text)
{
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string result = "\"";
    for (const char character : text) {
        const auto code = static_cast<unsigned char>(character);
        if (character == '"' || character == '\\')
            result += {'\\', character};
        else if (code < 0x20 || code == 0x7f)
            result += {'\\', 'u', '0', '0', kDigits[code >> 4U], kDigits[code & 15U]};
        else
            result += character;
    }
    return result + "\"";
}

bool isBare(const Setting& setting, std::string_view text)
{
    return setting.kind == SettingKind::Count || setting.kind == SettingKind::Fraction
        || (setting.kind == SettingKind::Limit
            && text.find_first_not_of("0123456789") == std::string_view::npos);
}

} // namespace

base::Result<Study> readStudy(const fs::path& tomlFile)
{
    PALIMPSEST_TRY(text, base::readFile(tomlFile, kLargestStudyFile));
    PALIMPSEST_TRY(table, parseToml(text, tomlFile));
    Study study;
    for (const auto& [key, node] : table)
        PALIMPSEST_CHECK(applySetting(study, tomlFile, key.str(), node, key.source().begin.line));
    for (const Setting& setting : settings()) {
        if (setting.required && !table.contains(setting.key)) {
            return Error{ErrorCode::Malformed,
                tomlFile.string() + " does not say " + std::string(setting.key) + ", the "
                    + std::string(setting.comment) + "; add it"};
        }
    }
    // An absolute path replaces the folder in front of it.
    const auto besideFile
        = [&](const fs::path& path) { return (tomlFile.parent_path() / path).lexically_normal(); };
    for (fs::path* model : {&study.base, &study.fineTuned}) {
        const fs::path folder = besideFile(*model);
        std::error_code ignored;
        if (fs::is_directory(folder, ignored) || !hub::isModelId(model->string()))
            *model = folder;
    }
    study.corpus = besideFile(study.corpus);
    return study;
}

std::string studyToml(const Study& study)
{
    std::string text = "# A study of Palimpsest: palimpsest run THIS-FILE -o PROJECT\n";
    for (const Setting& setting : settings()) {
        const std::string value = setting.format(study);
        text += std::string(setting.key) + " = " + (isBare(setting, value) ? value : tomlString(value))
            + " # " + std::string(setting.comment) + "\n";
    }
    return text;
}

} // namespace palimpsest::pipeline
