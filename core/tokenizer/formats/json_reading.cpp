#include "tokenizer/formats/json_reading.h"

#include "base/mapped_file.h"

namespace palimpsest::tokenizer {

using nlohmann::json;

base::Result<json> readJsonFile(const std::filesystem::path& path)
{
    PALIMPSEST_TRY(text, base::readFile(path, kLargestTokenizerFile));
    try {
        return json::parse(text);
    } catch (const json::parse_error& error) {
        return base::Error{base::ErrorCode::Malformed,
            path.string() + " is not valid JSON: reading stopped at byte " + std::to_string(error.byte)
                + "; download the file again"};
    } catch (const std::exception& error) {
        return base::Error{base::ErrorCode::Malformed, path.string() + " could not be read: " + error.what()};
    }
}

const json& member(const json& object, const char* key)
{
    static const json kNull;
    if (!object.is_object())
        return kNull;
    const auto found = object.find(key);
    return found == object.end() ? kNull : *found;
}

base::Result<bool> boolField(const json& object, const char* key, bool fallback, const std::string& file)
{
    const json& value = member(object, key);
    if (value.is_null())
        return fallback;
    if (!value.is_boolean())
        return malformed(file, std::string("\"") + key + "\" has to be true or false");
    return value.get<bool>();
}

base::Result<std::int64_t> intField(
    const json& object, const char* key, std::int64_t fallback, const std::string& file)
{
    const json& value = member(object, key);
    if (value.is_null())
        return fallback;
    if (!value.is_number_integer() || (value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX))
        return malformed(file, std::string("\"") + key + "\" has to be a whole number");
    return value.get<std::int64_t>();
}

base::Result<std::string> stringField(
    const json& object, const char* key, std::string_view fallback, const std::string& file)
{
    const json& value = member(object, key);
    if (value.is_null())
        return std::string(fallback);
    if (!value.is_string())
        return malformed(file, std::string("\"") + key + "\" has to be a text");
    return value.get<std::string>();
}

base::Result<std::string> componentType(
    const json& description, const char* component, const std::string& file)
{
    const json& type = member(description, "type");
    if (!type.is_string())
        return malformed(file, std::string("the ") + component + " has no \"type\"");
    return type.get<std::string>();
}

base::Error malformed(const std::string& file, const std::string& what)
{
    return {base::ErrorCode::Malformed, file + ": " + what};
}

base::Error unsupportedComponent(
    const std::string& file, const char* component, const std::string& type, std::string_view supported)
{
    return {base::ErrorCode::Unsupported,
        file + ": " + component + " \"" + type.substr(0, 80) + "\" is not supported; supported are "
            + std::string(supported)};
}

} // namespace palimpsest::tokenizer
