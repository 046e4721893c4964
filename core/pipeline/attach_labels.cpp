#include "pipeline/attach_labels.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/mapped_file.h"
#include "label/label_source.h"
#include "pipeline/tagger_source.h"
#include "project/label_store.h"
#include "project/project_file.h"
#include "tokenizer/tokenizer.h"

namespace palimpsest::pipeline {

using base::Error;
using base::ErrorCode;

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kTagger = "tagger:";
/// SQLite holds at most 1,000,000,000 bytes in one value.
constexpr std::size_t kMaxFileBytes = 900'000'000;

struct Prepared {
    std::unique_ptr<label::LabelSource> source;
    project::LabelOrigin origin;
};

base::Result<Prepared> prepareTagger(const LabelRequest& request)
{
    for (const auto& [name, value] : request.options) {
        if (name != "name") {
            return Error{ErrorCode::InvalidArgument, "A tagger has no option " + name + "; it has name"};
        }
    }
    const fs::path folder = request.source.substr(kTagger.size());
    const auto name = request.options.find("name");
    Prepared prepared;
    PALIMPSEST_TRY(
        tagger, openTagger(folder, request.device, name != request.options.end() ? name->second : ""));
    prepared.source = std::move(tagger);
    prepared.origin.source = "tagger";
    prepared.origin.options = request.options;
    prepared.origin.options["folder"] = folder.string();
    return prepared;
}

/// The pieces of the base model's tokenizer, in order of their ids.
base::Result<std::shared_ptr<const std::vector<std::string>>> readVocabulary(const project::ProjectFile& file)
{
    PALIMPSEST_TRY(folder, file.value("base"));
    if (!folder || folder->empty()) {
        return Error{ErrorCode::NotFound,
            file.path().string()
                + " does not name a base model, whose vocabulary this source needs; run a study"};
    }
    PALIMPSEST_TRY(tokenizer, tokenizer::Tokenizer::open(*folder));
    auto pieces = std::make_shared<std::vector<std::string>>();
    for (std::size_t id = 0; id < tokenizer->vocabularySize(); ++id) {
        const auto number = static_cast<std::int32_t>(id);
        if (!tokenizer->isSpecial(number))
            pieces->emplace_back(tokenizer->token(number));
    }
    return std::shared_ptr<const std::vector<std::string>>(std::move(pieces));
}

base::Result<Prepared> prepareSource(const LabelRequest& request, const project::ProjectFile& file)
{
    Prepared prepared;
    label::SourceSetup setup;
    setup.options = request.options;
    setup.asConceptX = request.asConceptX;
    prepared.origin.source = request.source;
    prepared.origin.options = request.options;
    prepared.origin.asConceptX = request.asConceptX;
    std::error_code code;
    if (fs::is_regular_file(request.source, code)) {
        prepared.origin.source = label::sourceForFile(fs::path(request.source).filename().string());
        setup.options["file"] = request.source;
    }
    if (const auto path = setup.options.find("file"); path != setup.options.end()) {
        PALIMPSEST_TRY(content, base::readFile(path->second, kMaxFileBytes));
        prepared.origin.fileName = fs::path(path->second).filename().string();
        prepared.origin.fileContent = std::move(content);
        prepared.origin.options["file"] = prepared.origin.fileName;
    }
    if (prepared.origin.source == "subwords") {
        PALIMPSEST_TRY(vocabulary, readVocabulary(file));
        setup.vocabulary = std::move(vocabulary);
    }
    PALIMPSEST_TRY(source, label::makeSource(prepared.origin.source, setup));
    prepared.source = std::move(source);
    return prepared;
}

struct Labelled {
    std::shared_ptr<const label::LabelTable> table;
    project::LabelOrigin origin;
};

base::Result<Labelled> joinSets(const project::ProjectFile& file, const LabelRequest& request)
{
    const auto nameOf = [&](std::string_view option) {
        const auto given = request.options.find(option);
        return given != request.options.end() ? given->second : std::string();
    };
    const std::string first = nameOf("first");
    const std::string second = nameOf("second");
    if (first.empty() || second.empty() || first == second) {
        return Error{ErrorCode::InvalidArgument,
            "Joint labels need two different sets of the project; name them by first and second"};
    }
    const project::LabelStore store(file);
    PALIMPSEST_TRY(a, store.read(first));
    PALIMPSEST_TRY(b, store.read(second));
    PALIMPSEST_TRY(table, label::joinLabels(*a, *b));
    project::LabelOrigin origin;
    origin.source = request.source;
    origin.options = request.options;
    return Labelled{std::move(table), std::move(origin)};
}

base::Result<Labelled> labelProject(
    const project::ProjectFile& file, const LabelRequest& request, const base::JobContext& ctx)
{
    if (request.source == "joint")
        return joinSets(file, request);
    PALIMPSEST_TRY(tokens, file.readTokens());
    PALIMPSEST_TRY(prepared,
        request.source.starts_with(kTagger) ? prepareTagger(request) : prepareSource(request, file));
    PALIMPSEST_TRY(table, prepared.source->label(*tokens, ctx));
    return Labelled{std::move(table), std::move(prepared.origin)};
}

AttachedLabels summaryOf(const label::LabelTable& table)
{
    AttachedLabels attached{table.name(), table.rowCount(), 0, table.labelCount()};
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        const auto labels = table.labelsOf(base::toId<base::TokenId>(row));
        attached.labelled += std::any_of(labels.begin(), labels.end(),
                                 [&](label::LabelId label) { return !table.saysNone(label); })
            ? 1
            : 0;
    }
    return attached;
}

} // namespace

base::Result<AttachedLabels> attachLabels(
    const fs::path& projectPath, const LabelRequest& request, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(file, project::ProjectFile::open(projectPath, project::ProjectFile::Mode::ReadWrite));
    PALIMPSEST_TRY(labelled, labelProject(file, request, ctx));
    if (ctx.stopRequested()) // however late: what was stopped is not stored
        return base::cancelled();
    PALIMPSEST_CHECK(project::LabelStore(file).attach(*labelled.table, labelled.origin));
    return summaryOf(*labelled.table);
}

base::Result<LabelPreview> previewLabels(
    const fs::path& projectPath, const LabelRequest& request, std::size_t limit, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(file, project::ProjectFile::open(projectPath, project::ProjectFile::Mode::ReadOnly));
    PALIMPSEST_TRY(labelled, labelProject(file, request, ctx));
    const label::LabelTable& table = *labelled.table;
    LabelPreview preview;
    preview.summary = summaryOf(table);
    std::vector<std::size_t> rows(table.labelCount(), 0);
    for (const label::LabelId label : table.parts().labels)
        ++rows[label];
    std::vector<label::LabelId> order;
    for (label::LabelId label = 0; label < table.labelCount(); ++label) {
        if (!table.saysNone(label))
            order.push_back(label);
    }
    std::stable_sort(
        order.begin(), order.end(), [&](label::LabelId a, label::LabelId b) { return rows[a] > rows[b]; });
    for (const label::LabelId label : order) {
        if (preview.frequent.size() == limit)
            break;
        preview.frequent.emplace_back(table.labelName(label), rows[label]);
    }
    PALIMPSEST_TRY(sets, project::LabelStore(file).list());
    for (const project::LabelEntry& set : sets) {
        if (set.name == table.name())
            preview.replaces = set.name;
    }
    return preview;
}

} // namespace palimpsest::pipeline
