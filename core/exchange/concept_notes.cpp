#include "exchange/concept_notes.h"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "base/utf8.h"

namespace palimpsest::exchange {

namespace {

constexpr std::size_t kLongName = 80; ///< bytes that a list shows

/// One line: runs of white space and control characters become single spaces.
std::string oneLine(std::string_view text)
{
    std::string line;
    for (const char c : text) {
        const bool blank = static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
        if (!blank)
            line.push_back(c);
        else if (!line.empty() && line.back() != ' ')
            line.push_back(' ');
    }
    while (!line.empty() && line.back() == ' ')
        line.pop_back();
    return line;
}

std::string cutAtCharacter(std::string_view text, std::size_t most)
{
    const std::string_view part = text.substr(0, most);
    return std::string(part.substr(0, base::validUtf8Prefix(part)));
}

std::string nameOf(const std::string& line)
{
    if (line.size() <= kLongName)
        return line;
    std::string name = cutAtCharacter(line, kLongName);
    if (const std::size_t space = name.rfind(' '); space != std::string::npos && space > kLongName / 2)
        name.resize(space);
    return name + "…";
}

} // namespace

base::Result<std::vector<project::Annotation>> readConceptNotes(std::string_view content,
    const std::string& fileName, const concepts::CutNodes& nodes, std::span<const std::uint32_t> numbers,
    const project::Annotation& place)
{
    const auto json = nlohmann::json::parse(content, nullptr, false);
    const bool sound = json.is_object()
        && std::all_of(json.begin(), json.end(), [](const auto& value) { return value.is_string(); });
    if (!sound) {
        return base::Error{base::ErrorCode::Malformed,
            fileName + R"( is no JSON object of texts like {"c523": "Action verbs."}; correct or remove it)"};
    }
    std::vector<project::Annotation> annotations;
    for (std::size_t index = 0; index < numbers.size(); ++index) {
        const auto found = json.find("c" + std::to_string(numbers[index]));
        if (found == json.end())
            continue;
        const auto& text = found->get_ref<const std::string&>();
        const std::string line = oneLine(text);
        if (line.empty())
            continue;
        project::Annotation& annotation = annotations.emplace_back(place);
        annotation.key.node = nodes.nodeOf(base::toId<base::ClusterId>(index));
        annotation.size = nodes.sizeOf(annotation.key.node);
        annotation.name = nameOf(line);
        if (annotation.name != line)
            annotation.note = cutAtCharacter(text, project::kLongestNote);
    }
    std::ranges::sort(annotations, {}, &project::Annotation::key);
    return annotations;
}

} // namespace palimpsest::exchange
