#include "golden_lines.h"

#include <fstream>
#include <sstream>
#include <string_view>

namespace palimpsest::testing {

namespace {

using nlohmann::json;
using tokenizer::Encoding;
using tokenizer::Tokenizer;

std::string difference(const json& golden, const char* what, const json& expected, const json& actual)
{
    if (expected == actual)
        return {};
    std::ostringstream text;
    text << "line " << golden["id"].dump() << " (" << golden.value("category", "") << ") " << what
         << "\n text     " << golden["text"].dump() << "\n expected " << expected.dump() << "\n actual   "
         << actual.dump();
    return text.str();
}

json wordIds(const Encoding& encoding)
{
    json ids = json::array();
    for (const std::int32_t id : encoding.wordIds)
        ids.push_back(id < 0 ? json() : json(id));
    return ids;
}

} // namespace

std::vector<json> readJsonLines(const std::filesystem::path& path)
{
    std::vector<json> lines;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);)
        lines.push_back(json::parse(line));
    return lines;
}

std::string rawDifference(const Tokenizer& tokenizer, const json& golden)
{
    const Encoding encoding = tokenizer.encode(golden["text"].get<std::string>());
    if (auto text = difference(golden, "ids", golden["ids"], encoding.ids); !text.empty())
        return text;
    if (golden.contains("tokens")) {
        json tokens = json::array();
        for (const std::int32_t id : encoding.ids)
            tokens.push_back(tokenizer.token(id));
        if (auto text = difference(golden, "tokens", golden["tokens"], tokens); !text.empty())
            return text;
    }
    return difference(golden, "offsets", golden["offsets"], encoding.offsets);
}

std::string wordsDifference(const Tokenizer& tokenizer, const json& golden, const char* key)
{
    if (!golden.contains(key))
        return {};
    const json& expected = golden[key];
    const auto words = expected["words"].get<std::vector<std::string>>();
    const std::vector<std::string_view> views(words.begin(), words.end());
    const Encoding encoding = tokenizer.encodeWords(views);
    const std::string name = key;
    if (auto text = difference(golden, (name + " ids").c_str(), expected["ids"], encoding.ids); !text.empty())
        return text;
    if (auto text = difference(golden, (name + " word_ids").c_str(), expected["word_ids"], wordIds(encoding));
        !text.empty())
        return text;
    return difference(golden, (name + " offsets").c_str(), expected["offsets"], encoding.offsets);
}

} // namespace palimpsest::testing
