#include "exchange/annotation_files.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/mapped_file.h"

namespace palimpsest::exchange {

using base::Error;
using base::ErrorCode;
using project::Annotation;

namespace {

constexpr std::size_t kMostBytes = 64'000'000;
constexpr std::string_view kFormat = "palimpsest-annotations";
constexpr std::string_view kHeading
    = "annotator\tmodel\tlayer\tnode\tsize\tk\ttree\tname\ttags\trating\tnote";
constexpr std::size_t kFields = 11;

/// An annotation as the texts of a table's row, in the order of kHeading.
using Fields = std::array<std::string, kFields>;

std::string joined(const std::vector<std::string>& tags)
{
    std::string text;
    for (const std::string& tag : tags)
        text += (text.empty() ? "" : ",") + tag;
    return text;
}

std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '\t':
            out += "\\t";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\\':
            out += "\\\\";
            break;
        default:
            out += c;
        }
    }
    return out;
}

std::string unescaped(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\' || at + 1 == text.size()) {
            out += text[at];
            continue;
        }
        const char c = text[++at];
        out += c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c;
    }
    return out;
}

template <typename Number>
std::optional<Number> numberOf(std::string_view text, int radix = 10)
{
    Number number{};
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number, radix);
    return code == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::optional<base::Fingerprint> treeOf(std::string_view text)
{
    if (text.size() != 32)
        return std::nullopt;
    const auto high = numberOf<std::uint64_t>(text.substr(0, 16), 16);
    const auto low = numberOf<std::uint64_t>(text.substr(16), 16);
    return high && low ? std::optional(base::Fingerprint{*high, *low}) : std::nullopt;
}

Error wrong(const std::string& where, std::string_view what)
{
    return {ErrorCode::Malformed, where + " " + std::string(what)};
}

base::Result<Annotation> fromFields(const Fields& fields, const std::string& where)
{
    const auto& [annotator, model, layer, node, size, k, tree, name, tags, rating, note] = fields;
    if (model != "base" && model != "finetuned")
        return wrong(where, "has a model that is neither base nor finetuned");
    const auto layerNumber = numberOf<int>(layer);
    const auto nodeNumber = numberOf<std::int32_t>(node);
    const auto sizeNumber = numberOf<std::uint32_t>(size);
    const auto kNumber = numberOf<std::uint32_t>(k);
    const auto ratingNumber = rating.empty() ? std::optional(0) : numberOf<int>(rating);
    const auto treeKey = treeOf(tree);
    if (!layerNumber || !nodeNumber || !sizeNumber || !kNumber || !ratingNumber)
        return wrong(where, "has a layer, node, size, k or rating that is no whole number");
    if (!treeKey)
        return wrong(where, "has a tree that is not 32 hexadecimal digits");
    Annotation annotation;
    annotation.key = {annotator, model == "base" ? project::Side::Base : project::Side::FineTuned,
        *layerNumber, *nodeNumber};
    annotation.size = *sizeNumber;
    annotation.k = *kNumber;
    annotation.tree = *treeKey;
    annotation.name = name;
    annotation.tags = project::tagsFromText(tags);
    annotation.note = note;
    annotation.rating = *ratingNumber;
    if (const auto status = project::checkAnnotation(annotation); !status)
        return wrong(where, "cannot be used: " + status.error().message);
    return annotation;
}

base::Result<Fields> splitRow(std::string_view line, const std::string& where)
{
    Fields fields;
    std::size_t count = 0;
    while (true) {
        const std::size_t tab = line.find('\t');
        if (count == kFields)
            return wrong(where, "has more than 11 fields separated by tabs");
        fields[count++] = unescaped(line.substr(0, tab));
        if (tab == std::string_view::npos)
            break;
        line = line.substr(tab + 1);
    }
    if (count != kFields)
        return wrong(where, "has fewer than 11 fields separated by tabs");
    return fields;
}

base::Result<std::vector<Annotation>> parseTable(std::string_view content, const std::string& name)
{
    std::vector<Annotation> annotations;
    for (std::size_t line = 1; !content.empty(); ++line) {
        const std::size_t end = content.find('\n');
        std::string_view text = content.substr(0, end);
        if (text.ends_with('\r'))
            text.remove_suffix(1);
        content = end == std::string_view::npos ? std::string_view() : content.substr(end + 1);
        const std::string where = name + ", line " + std::to_string(line);
        if (line == 1) {
            if (text != kHeading)
                return wrong(where, "is not the heading of an annotation table; export one to see it");
            continue;
        }
        if (text.empty())
            continue;
        PALIMPSEST_TRY(fields, splitRow(text, where));
        PALIMPSEST_TRY(annotation, fromFields(fields, where));
        annotations.push_back(std::move(annotation));
    }
    return annotations;
}

/// A member of a JSON object as text; empty when it is absent or of another kind.
std::string member(const nlohmann::json& object, const char* key)
{
    const auto found = object.find(key);
    if (found == object.end())
        return {};
    if (found->is_string())
        return found->get<std::string>();
    return found->is_number_integer() ? found->dump() : std::string();
}

base::Result<std::vector<Annotation>> parseJson(const std::string& content, const std::string& name)
{
    const auto json = nlohmann::json::parse(content, nullptr, false);
    if (!json.is_object() || member(json, "format") != kFormat || !json.contains("annotations")
        || !json["annotations"].is_array())
        return wrong(name, "is not a file of annotations; export one to see how they look");
    if (member(json, "version") != "1") {
        return Error{ErrorCode::Unsupported,
            name + " was written by a newer Palimpsest; update Palimpsest to read it"};
    }
    std::vector<Annotation> annotations;
    for (const auto& entry : json["annotations"]) {
        const std::string where = name + ", annotation " + std::to_string(annotations.size() + 1);
        if (!entry.is_object())
            return wrong(where, "is not an object");
        std::string tags;
        if (const auto list = entry.find("tags"); list != entry.end() && list->is_array()) {
            for (const auto& tag : *list)
                tags
                    += (tags.empty() ? "" : ",") + (tag.is_string() ? tag.get<std::string>() : std::string());
        }
        const Fields fields{member(entry, "annotator"), member(entry, "model"), member(entry, "layer"),
            member(entry, "node"), member(entry, "size"), member(entry, "k"), member(entry, "tree"),
            member(entry, "name"), tags, member(entry, "rating"), member(entry, "note")};
        PALIMPSEST_TRY(annotation, fromFields(fields, where));
        annotations.push_back(std::move(annotation));
    }
    return annotations;
}

} // namespace

std::string annotationsJson(std::span<const Annotation> annotations)
{
    nlohmann::ordered_json entries = nlohmann::ordered_json::array();
    for (const Annotation& annotation : annotations) {
        entries.push_back({{"annotator", annotation.key.annotator},
            {"model", std::string(project::sideName(annotation.key.side))}, {"layer", annotation.key.layer},
            {"node", annotation.key.node}, {"size", annotation.size}, {"k", annotation.k},
            {"tree", annotation.tree.hex()}, {"name", annotation.name}, {"tags", annotation.tags},
            {"rating", annotation.rating}, {"note", annotation.note}});
    }
    const nlohmann::ordered_json json{
        {"format", std::string(kFormat)}, {"version", 1}, {"annotations", std::move(entries)}};
    return json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string annotationsTsv(std::span<const Annotation> annotations)
{
    std::string text = std::string(kHeading) + "\n";
    for (const Annotation& annotation : annotations) {
        const Fields fields{annotation.key.annotator, std::string(project::sideName(annotation.key.side)),
            std::to_string(annotation.key.layer), std::to_string(annotation.key.node),
            std::to_string(annotation.size), std::to_string(annotation.k), annotation.tree.hex(),
            annotation.name, joined(annotation.tags),
            annotation.rating == 0 ? std::string() : std::to_string(annotation.rating), annotation.note};
        for (std::size_t field = 0; field < kFields; ++field)
            text += (field > 0 ? "\t" : "") + escaped(fields[field]);
        text += "\n";
    }
    return text;
}

base::Result<std::vector<Annotation>> parseAnnotations(const std::string& content, const std::string& name)
{
    const std::size_t first = content.find_first_not_of(" \t\r\n");
    if (first != std::string::npos && content[first] == '{')
        return parseJson(content, name);
    return parseTable(content, name);
}

base::Result<std::vector<Annotation>> readAnnotations(const std::filesystem::path& file)
{
    PALIMPSEST_TRY(content, base::readFile(file, kMostBytes));
    return parseAnnotations(content, file.filename().string());
}

base::Status writeAnnotations(const std::filesystem::path& file, std::span<const Annotation> annotations)
{
    return base::writeFileAtomically(
        file, file.extension() == ".json" ? annotationsJson(annotations) : annotationsTsv(annotations));
}

} // namespace palimpsest::exchange
