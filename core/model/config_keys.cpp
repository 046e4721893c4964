#include "model/config_keys.h"

#include <cmath>
#include <utility>

#include "model/model_config.h"

namespace palimpsest::model {

using nlohmann::json;

ConfigKeys::ConfigKeys(json object, std::string file)
    : m_object(object.is_object() ? std::move(object) : json::object())
    , m_file(std::move(file))
{
}

const json* ConfigKeys::find(Names keys) const
{
    for (const char* key : keys) {
        const auto found = m_object.find(key);
        if (found != m_object.end() && !found->is_null())
            return &*found;
    }
    return nullptr;
}

std::size_t ConfigKeys::size(
    Names keys, std::size_t least, std::size_t most, std::optional<std::size_t> fallback)
{
    const json* value = find(keys);
    if (value == nullptr && fallback)
        return *fallback;
    const std::string name = *keys.begin();
    if (value == nullptr)
        return refuse("does not say \"" + name + "\"");
    if (!value->is_number_integer())
        return refuse("does not give a whole number as \"" + name + "\"");
    const bool negative = !value->is_number_unsigned() && value->get<std::int64_t>() < 0;
    const auto number = value->get<std::uint64_t>();
    if (negative || number < least || number > most) {
        return refuse("gives a number as \"" + name + "\" that is not between " + std::to_string(least)
            + " and " + std::to_string(most));
    }
    return static_cast<std::size_t>(number);
}

std::int64_t ConfigKeys::integer(const char* key, std::int64_t fallback)
{
    const json* value = find({key});
    if (value == nullptr)
        return fallback;
    const bool fits = value->is_number_integer()
        && (!value->is_number_unsigned() || value->get<std::uint64_t>() <= (std::uint64_t{1} << 62U));
    if (!fits) {
        refuse(std::string("does not give a whole number as \"") + key + "\"");
        return fallback;
    }
    return value->get<std::int64_t>();
}

double ConfigKeys::number(Names keys, double fallback)
{
    const json* value = find(keys);
    if (value == nullptr)
        return fallback;
    const double result = value->is_number() ? value->get<double>() : -1.0;
    if (!(result >= 0.0) || !std::isfinite(result)) {
        refuse(std::string("does not give a number from 0 up as \"") + *keys.begin() + "\"");
        return fallback;
    }
    return result;
}

bool ConfigKeys::flag(const char* key, bool fallback)
{
    const json* value = find({key});
    if (value == nullptr)
        return fallback;
    if (!value->is_boolean()) {
        refuse(std::string("does not give true or false as \"") + key + "\"");
        return fallback;
    }
    return value->get<bool>();
}

std::string ConfigKeys::text(Names keys, const std::string& fallback)
{
    const json* value = find(keys);
    if (value == nullptr)
        return fallback;
    if (!value->is_string()) {
        refuse(std::string("does not give a text as \"") + *keys.begin() + "\"");
        return fallback;
    }
    return value->get<std::string>();
}

std::vector<std::string> ConfigKeys::texts(const char* key)
{
    const json* value = find({key});
    std::vector<std::string> all;
    if (value == nullptr)
        return all;
    if (value->is_string()) {
        std::string part;
        for (const char character : value->get<std::string>() + "|") {
            if (character == '|')
                all.push_back(std::exchange(part, {}));
            else if (character != ' ')
                part.push_back(character);
        }
        return all;
    }
    for (const json& element : *value) {
        if (element.is_string())
            all.push_back(element.get<std::string>());
        else
            refuse(std::string("does not give a list of texts as \"") + key + "\"");
    }
    return all;
}

ConfigKeys ConfigKeys::inner(Names keys) const
{
    const json* value = find(keys);
    return {value != nullptr ? *value : json::object(), m_file};
}

std::size_t ConfigKeys::refuse(const std::string& problem)
{
    if (!m_error) {
        m_error = base::Error{
            base::ErrorCode::Malformed, m_file + " " + problem + "; take the file from the original model"};
    }
    return 1;
}

ConfigKeys rareKeys(const ModelConfig& config)
{
    return {json::parse(config.json, nullptr, false), "config.json of the model"};
}

} // namespace palimpsest::model
