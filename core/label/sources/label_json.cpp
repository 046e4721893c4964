// ConceptX's and NeuroX's label files: a JSON array with one string of labels a sentence.

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "label/file_alignment.h"
#include "label/source_parts.h"
#include "label/sources/sources.h"
#include "label/text.h"
#include "label/text_lines.h"

namespace palimpsest::label {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::array kLabelJsonOptions{
    OptionDescriptor{"file", "", "labels_NAME.json: an array of one string a sentence, one label a word"},
    OptionDescriptor{
        "name", "", "Name of the label set (default: from the file's name, as ConceptX takes it)"},
};

/// The one place where the JSON library may throw.
base::Result<std::vector<std::string>> parseStrings(const std::string& text, const std::string& file)
{
    const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_array()) {
        return Error{ErrorCode::Malformed,
            file + " is no label file: it must be a JSON array with one string of labels a sentence"};
    }
    std::vector<std::string> strings;
    strings.reserve(json.size());
    for (const auto& item : json) {
        if (!item.is_string()) {
            return Error{ErrorCode::Malformed,
                file + ": entry " + std::to_string(strings.size() + 1)
                    + " of the array is no string; each sentence has one string of labels"};
        }
        strings.push_back(item.get_ref<const std::string&>());
    }
    return strings;
}

class LabelJsonSource : public LabelSource {
public:
    LabelJsonSource(std::string file, std::string name, std::vector<std::string> sentences)
        : m_file(std::move(file))
        , m_name(std::move(name))
        , m_sentences(std::move(sentences))
    {
    }

    base::Result<std::shared_ptr<const LabelTable>> label(
        const corpus::TokenTable& tokens, const base::JobContext& ctx) const override
    {
        // Words are compared by number only: the file has no words.
        LabelFile file{m_file, "entry", {}};
        for (std::size_t s = 0; s < m_sentences.size(); ++s) {
            LabelledSentence sentence;
            sentence.line = s + 1;
            if (!m_sentences[s].empty()) {
                for (const std::string_view word : split(m_sentences[s], " "))
                    sentence.words.push_back({std::nullopt, split(word, "|||")});
            }
            file.sentences.push_back(std::move(sentence));
        }
        return labelByPlace(m_name, file, tokens, ctx);
    }

private:
    std::string m_file;
    std::string m_name;
    std::vector<std::string> m_sentences;
};

base::Result<std::unique_ptr<LabelSource>> makeLabelJson(const SourceSetup& setup)
{
    PALIMPSEST_TRY(file, requiredOption(setup, kLabelJsonOptions, "file"));
    PALIMPSEST_TRY(text, readTextFile(file));
    PALIMPSEST_TRY(sentences, parseStrings(text, file));
    std::string name = optionOf(setup, kLabelJsonOptions, "name");
    if (name.empty())
        name = conceptXSetName(std::filesystem::path(file).filename().string());
    return std::unique_ptr<LabelSource>(
        std::make_unique<LabelJsonSource>(file, std::move(name), std::move(sentences)));
}

} // namespace

const SourceDescriptor kLabelJson{
    "label-json", "Label file of ConceptX or NeuroX (.json)", kLabelJsonOptions, makeLabelJson};

} // namespace palimpsest::label
