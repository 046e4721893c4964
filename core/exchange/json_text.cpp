#include "exchange/json_text.h"

#include <nlohmann/json.hpp>

namespace palimpsest::exchange {

using base::Error;
using base::ErrorCode;

std::string jsonString(std::string_view utf8, bool ascii)
{
    return nlohmann::json(std::string(utf8)).dump(-1, ' ', ascii, nlohmann::json::error_handler_t::replace);
}

std::string jsonStrings(const std::vector<std::string>& strings, bool ascii)
{
    std::string text = "[";
    for (const std::string& string : strings)
        text += (text.size() > 1 ? ", " : "") + jsonString(string, ascii);
    return text + "]";
}

base::Result<std::vector<std::string>> parseJsonStrings(
    std::string_view text, const std::filesystem::path& path)
{
    const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_array()) {
        return Error{ErrorCode::Malformed,
            path.string() + " must be a JSON array of strings, one a sentence; it is not"};
    }
    std::vector<std::string> strings;
    strings.reserve(json.size());
    for (const auto& item : json) {
        if (!item.is_string()) {
            return Error{ErrorCode::Malformed,
                path.string() + ": entry " + std::to_string(strings.size() + 1)
                    + " of the array is no string; every sentence is one"};
        }
        strings.push_back(item.get_ref<const std::string&>());
    }
    return strings;
}

} // namespace palimpsest::exchange
