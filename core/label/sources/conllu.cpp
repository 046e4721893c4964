// Universal Dependencies files (universaldependencies.org/format.html): one column becomes a label set.

#include <array>
#include <filesystem>
#include <string>
#include <utility>

#include "label/file_alignment.h"
#include "label/source_parts.h"
#include "label/sources/sources.h"
#include "label/text.h"
#include "label/text_lines.h"

namespace palimpsest::label {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::size_t kColumnCount = 10;
constexpr std::size_t kFeatures = 5;

struct Column {
    std::string_view option;
    std::size_t index;
    std::string_view setName;
};

constexpr std::array kColumns10{
    Column{"upos", 3, "UPOS"},
    Column{"xpos", 4, "XPOS"},
    Column{"feats", kFeatures, "Features"},
    Column{"deprel", 7, "Dependency"},
    Column{"lemma", 2, "Lemma"},
};

constexpr std::array kConlluOptions{
    OptionDescriptor{"file", "", "A CoNLL-U file of the corpus"},
    OptionDescriptor{"column", "upos", "upos, xpos, feats, deprel or lemma; feats:Number takes one feature"},
    OptionDescriptor{"name", "", "Name of the label set (default: UPOS, XPOS, Features, Dependency, Lemma)"},
};

/// Multiword tokens (1-2) and empty nodes (8.1) are no words of the tree.
bool isPlainWord(std::string_view id)
{
    return !id.empty() && id.find_first_not_of("0123456789") == std::string_view::npos;
}

class ConlluSource : public LabelSource {
public:
    ConlluSource(
        std::string name, std::string path, std::string text, std::size_t column, std::string feature)
        : m_name(std::move(name))
        , m_path(std::move(path))
        , m_text(std::move(text))
        , m_column(column)
        , m_feature(std::move(feature))
    {
    }

    base::Result<std::shared_ptr<const LabelTable>> label(
        const corpus::TokenTable& tokens, const base::JobContext& ctx) const override
    {
        LabelFile file{m_path, "line", {}};
        LineReader lines(m_text);
        bool open = false;
        while (lines.next()) {
            const std::string_view line = lines.line();
            if (line.starts_with('#'))
                continue;
            if (line.empty()) {
                open = false;
                continue;
            }
            const auto fields = split(line, "\t");
            if (fields.size() != kColumnCount) {
                return Error{ErrorCode::Malformed,
                    place(m_path, lines.number()) + " has " + std::to_string(fields.size())
                        + " columns; CoNLL-U has 10, separated by tabs"};
            }
            if (!open)
                file.sentences.push_back({lines.number(), {}});
            open = true;
            if (isPlainWord(fields[0]))
                file.sentences.back().words.push_back({fields[1], labelsOf(fields[m_column])});
        }
        return labelByPlace(m_name, file, tokens, ctx);
    }

private:
    std::vector<std::string_view> labelsOf(std::string_view field) const
    {
        std::vector<std::string_view> labels;
        if (field == "_")
            return labels;
        if (m_column != kFeatures)
            return {field};
        for (const std::string_view feature : split(field, "|")) {
            const std::size_t equals = feature.find('=');
            if (m_feature.empty() || feature.substr(0, equals) == m_feature)
                labels.push_back(feature);
        }
        return labels;
    }

    std::string m_name;
    std::string m_path;
    std::string m_text;
    std::size_t m_column;
    std::string m_feature;
};

base::Result<std::unique_ptr<LabelSource>> makeConllu(const SourceSetup& setup)
{
    PALIMPSEST_TRY(file, requiredOption(setup, kConlluOptions, "file"));
    const std::string choice = optionOf(setup, kConlluOptions, "column");
    const std::size_t colon = choice.find(':');
    const std::string feature = colon == std::string::npos ? std::string() : choice.substr(colon + 1);
    const auto column = std::find_if(kColumns10.begin(), kColumns10.end(),
        [&](const Column& known) { return known.option == choice.substr(0, colon); });
    if (column == kColumns10.end() || (!feature.empty() && column->index != kFeatures)) {
        return Error{ErrorCode::InvalidArgument,
            "The column \"" + choice
                + "\" is not known; choose upos, xpos, feats, feats:NAME, deprel or lemma"};
    }
    PALIMPSEST_TRY(text, readTextFile(file));
    std::string name = optionOf(setup, kConlluOptions, "name");
    if (name.empty())
        name = feature.empty() ? std::string(column->setName) : feature;
    return std::unique_ptr<LabelSource>(
        std::make_unique<ConlluSource>(std::move(name), file, std::move(text), column->index, feature));
}

} // namespace

const SourceDescriptor kConllu{"conllu", "Universal Dependencies (.conllu)", kConlluOptions, makeConllu};

} // namespace palimpsest::label
