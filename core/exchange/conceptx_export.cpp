#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include "base/mapped_file.h"
#include "cluster/linkage.h"
#include "exchange/cluster_lines.h"
#include "exchange/conceptx_folder.h"
#include "exchange/json_text.h"
#include "project/import_store.h"
#include "project/label_curves.h"
#include "project/label_store.h"

namespace palimpsest::exchange {

using base::Error;
using base::ErrorCode;

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kNoLabel = "NO_UNK";

/// A label as one word of a label file, which separates them by spaces and bars.
std::string asWord(std::string label)
{
    std::replace(label.begin(), label.end(), ' ', '_');
    return label.empty() ? std::string(kNoLabel) : label;
}

/// Labels of every word of the corpus, also of those that are not analysed.
std::string labelJsonOf(const corpus::TokenTable& tokens, const label::LabelTable& table)
{
    const corpus::Corpus& corpus = tokens.corpus();
    std::vector<std::string> sentences;
    std::size_t row = 0;
    for (std::size_t s = 0; s < corpus.sentenceCount(); ++s) {
        const auto sentence = base::toId<base::SentenceId>(s);
        std::string text;
        for (std::size_t position = 0; position < corpus.wordsOf(sentence).size(); ++position) {
            std::string word;
            if (row < tokens.size() && tokens.rows()[row].sentence == sentence
                && tokens.rows()[row].position == position) {
                for (const label::LabelId label : table.labelsOf(base::toId<base::TokenId>(row)))
                    word += (word.empty() ? "" : "|||") + asWord(table.labelName(label));
                ++row;
            }
            text += (position > 0 ? " " : "") + (word.empty() ? std::string(kNoLabel) : word);
        }
        sentences.push_back(std::move(text));
    }
    return jsonStrings(sentences, true);
}

/// A set's name as a part of a file name; ConceptX takes what stands between the first two "_".
std::string fileNameOf(std::string setName)
{
    for (char& c : setName) {
        const auto code = static_cast<unsigned char>(c);
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!plain && c != '-' && c != '.' && code < 0x80)
            c = '-';
    }
    return "labels_" + setName + ".json";
}

/// A file inside of `folder`, whatever a project from strangers calls it.
base::Status writeInto(const fs::path& folder, const std::string& name, const std::string& content)
{
    if (fs::path(name).filename() != name || name == "." || name == "..") {
        return Error{ErrorCode::Malformed,
            "The project names a file \"" + name + "\", which is no plain file name; import it again"};
    }
    return base::writeFileAtomically(folder / name, content);
}

base::Status makeFolder(const fs::path& folder)
{
    std::error_code code;
    fs::create_directories(folder, code);
    if (code || !fs::is_directory(folder, code)) {
        return Error{ErrorCode::WriteFailed,
            "The folder " + folder.string() + " cannot be made; choose another place"};
    }
    return {};
}

} // namespace

std::string sentencesJson(const corpus::Corpus& corpus)
{
    std::vector<std::string> sentences;
    for (std::size_t s = 0; s < corpus.sentenceCount(); ++s)
        sentences.push_back(corpus.text(base::toId<base::SentenceId>(s)));
    return jsonStrings(sentences, false);
}

base::Result<std::string> labelFileOf(
    const project::ProjectFile& file, const corpus::TokenTable& tokens, const std::string& setName)
{
    const project::LabelStore store(file);
    PALIMPSEST_TRY(origin, store.origin(setName));
    if (origin.source == "label-json")
        return std::move(origin.fileContent);
    PALIMPSEST_TRY(table, store.read(setName));
    return labelJsonOf(tokens, *table);
}

base::Result<std::vector<std::string>> exportClusters(
    const project::ProjectFile& file, project::Side side, int layer, std::size_t k, const fs::path& folder)
{
    PALIMPSEST_TRY(tokens, file.readTokens());
    const project::ImportStore store(file);
    PALIMPSEST_TRY(imported, store.files(side, layer));
    std::vector<std::pair<std::string, std::string>> files;
    bool hasClusters = false;
    for (project::ImportedFile& entry : imported) {
        const bool wanted = entry.k == 0 || k == 0 || entry.k == k;
        if (!wanted)
            continue;
        hasClusters = hasClusters || entry.k > 0;
        files.emplace_back(std::move(entry.name), std::move(entry.content));
    }
    if (imported.empty())
        files.emplace_back("sentences.json", sentencesJson(tokens->corpus()));
    if (!hasClusters) {
        std::size_t clusters = k;
        if (clusters == 0) {
            PALIMPSEST_TRY(value, file.value("k"));
            if (value)
                std::from_chars(value->data(), value->data() + value->size(), clusters);
        }
        PALIMPSEST_TRY(
            concepts, project::conceptsOf(file, tokens, side, layer, std::max<std::size_t>(clusters, 1)));
        files.emplace_back(
            "clusters-" + std::to_string(concepts->conceptCount()) + ".txt", clusterLines(*concepts, {}));
    }
    PALIMPSEST_CHECK(makeFolder(folder));
    std::vector<std::string> names;
    for (const auto& [name, content] : files) {
        PALIMPSEST_CHECK(writeInto(folder, name, content));
        names.push_back(name);
    }
    return names;
}

base::Result<std::vector<std::string>> exportConceptX(const project::ProjectFile& file, project::Side side,
    int layer, std::size_t k, const fs::path& folder, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(tokens, file.readTokens());
    PALIMPSEST_TRY(names, exportClusters(file, side, layer, k, folder));
    PALIMPSEST_TRY(sets, project::LabelStore(file).list());
    for (const project::LabelEntry& set : sets) {
        if (ctx.stopRequested())
            return base::cancelled();
        if (!set.fits)
            continue;
        PALIMPSEST_TRY(content, labelFileOf(file, *tokens, set.name));
        const bool own = set.source == "label-json" && set.fileName.starts_with("labels_");
        names.push_back(own ? set.fileName : fileNameOf(set.name));
        PALIMPSEST_CHECK(writeInto(folder, names.back(), content));
    }
    return std::move(names);
}

} // namespace palimpsest::exchange
