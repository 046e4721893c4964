#include <algorithm>
#include <system_error>
#include <utility>

#include "base/fingerprint.h"
#include "base/mapped_file.h"
#include "concepts/cut_nodes.h"
#include "exchange/concept_notes.h"
#include "exchange/conceptx_folder.h"
#include "exchange/imported_partition.h"
#include "exchange/json_text.h"
#include "label/label_source.h"
#include "project/annotation_store.h"
#include "project/import_store.h"
#include "project/label_store.h"

namespace palimpsest::exchange {

using base::Error;
using base::ErrorCode;

namespace fs = std::filesystem;

namespace {

struct NamedFile {
    fs::path path;
    std::string content;
    [[nodiscard]] std::string name() const { return path.filename().string(); }
};

struct Folder {
    NamedFile sentences;
    std::vector<NamedFile> clusters; ///< by name
    std::vector<NamedFile> labels; ///< by path
    std::vector<NamedFile> others; ///< annotations
};

std::vector<fs::path> filesIn(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code code;
    for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
        if (entry->is_regular_file(code))
            files.push_back(entry->path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<fs::path> foldersIn(const fs::path& folder)
{
    std::vector<fs::path> folders;
    std::error_code code;
    for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
        if (entry->is_directory(code))
            folders.push_back(entry->path());
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

bool isLabelFile(const fs::path& path)
{
    const std::string name = path.filename().string();
    return name.starts_with("labels_") && name.ends_with("json");
}

base::Result<NamedFile> read(const fs::path& path)
{
    PALIMPSEST_TRY(content, base::readFile(path, kMaxFileBytes));
    return NamedFile{path, std::move(content)};
}

base::Result<fs::path> findSentences(const fs::path& folder)
{
    std::error_code code;
    std::vector<fs::path> found;
    for (const fs::path& place : {folder, fs::absolute(folder, code).lexically_normal().parent_path()}) {
        if (fs::is_regular_file(place / "sentences.json", code))
            return place / "sentences.json";
        for (const fs::path& path : filesIn(place)) {
            if (path.filename().string().ends_with("-sentences.json"))
                found.push_back(path);
        }
        if (!found.empty())
            break;
    }
    if (found.size() == 1)
        return found.front();
    return Error{ErrorCode::NotFound,
        folder.string()
            + (found.empty()
                    ? " has no sentences.json; put the sentences that the clusters were made of there"
                    : " has several *-sentences.json; call the one that belongs to the clusters "
                      "sentences.json")};
}

base::Result<Folder> readFolder(const fs::path& folder)
{
    std::error_code code;
    if (!fs::is_directory(folder, code))
        return Error{ErrorCode::NotFound, "There is no folder " + folder.string()};
    Folder contents;
    PALIMPSEST_TRY(sentencesPath, findSentences(folder));
    PALIMPSEST_TRY(sentences, read(sentencesPath));
    contents.sentences = std::move(sentences);
    std::vector<fs::path> labels;
    for (const fs::path& path : filesIn(folder)) {
        const std::string name = path.filename().string();
        if (name.starts_with("clusters-") && name.ends_with(".txt")) {
            PALIMPSEST_TRY(file, read(path));
            contents.clusters.push_back(std::move(file));
        } else if (name == "annotations.json") {
            PALIMPSEST_TRY(file, read(path));
            contents.others.push_back(std::move(file));
        } else if (isLabelFile(path)) {
            labels.push_back(path);
        }
    }
    for (const fs::path& inner : foldersIn(folder)) {
        for (const fs::path& path : filesIn(inner)) {
            if (isLabelFile(path))
                labels.push_back(path);
        }
    }
    for (const fs::path& path : labels) {
        PALIMPSEST_TRY(file, read(path));
        contents.labels.push_back(std::move(file));
    }
    if (contents.clusters.empty()) {
        return Error{ErrorCode::NotFound,
            folder.string() + " has no clusters-K.txt; give the folder that ConceptX wrote them to"};
    }
    return contents;
}

struct Clusterings {
    std::shared_ptr<const corpus::TokenTable> tokens;
    std::vector<ImportedCut> cuts;
};

base::Result<Clusterings> readClusterings(const Folder& folder, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(sentences, parseJsonStrings(folder.sentences.content, folder.sentences.path));
    PALIMPSEST_TRY(corpus, corpusOfSentences(sentences));
    Clusterings clusterings;
    for (const NamedFile& file : folder.clusters) {
        if (ctx.stopRequested())
            return base::cancelled();
        ctx.progress(
            static_cast<double>(clusterings.cuts.size()) / static_cast<double>(folder.clusters.size()),
            "Reading " + file.name());
        PALIMPSEST_TRY(lines, parseClusterLines(file.content, file.path));
        if (!clusterings.tokens) {
            PALIMPSEST_TRY(tokens, tokensOfLines(corpus, lines, file.path.string()));
            clusterings.tokens = std::move(tokens);
        }
        PALIMPSEST_TRY(cut, cutOfLines(*clusterings.tokens, lines, file.path.string()));
        clusterings.cuts.push_back(std::move(cut));
    }
    return clusterings;
}

base::Fingerprint tokensKey(const corpus::TokenTable& tokens)
{
    base::FingerprintBuilder builder;
    builder.add(std::string_view("imported"));
    const corpus::Corpus& corpus = tokens.corpus();
    for (std::size_t s = 0; s < corpus.sentenceCount(); ++s)
        builder.add(corpus.text(base::toId<base::SentenceId>(s)));
    for (const corpus::Token& token : tokens.rows())
        builder.add(static_cast<std::int64_t>(token.sentence)).add(static_cast<std::int64_t>(token.position));
    return builder.finish();
}

bool areEqual(const corpus::TokenTable& a, const corpus::TokenTable& b)
{
    const corpus::CorpusParts& x = a.corpus().parts();
    const corpus::CorpusParts& y = b.corpus().parts();
    return x.vocabulary == y.vocabulary && x.words == y.words && x.sentenceStart == y.sentenceStart
        && std::equal(a.rows().begin(), a.rows().end(), b.rows().begin(), b.rows().end(),
            [](const corpus::Token& p, const corpus::Token& q) {
                return p.sentence == q.sentence && p.position == q.position;
            });
}

/// Writes the tokens into a new project, or finds that it has these already.
base::Status writeTokens(project::ProjectFile& file, const Clusterings& clusterings)
{
    PALIMPSEST_TRY(known, file.stageKey("tokens"));
    if (!known)
        return file.writeTokens(*clusterings.tokens, tokensKey(*clusterings.tokens));
    PALIMPSEST_TRY(tokens, file.readTokens());
    if (areEqual(*tokens, *clusterings.tokens))
        return {};
    return Error{ErrorCode::ShapeMismatch,
        file.path().string() + " has " + std::to_string(tokens->size()) + " occurrences in "
            + std::to_string(tokens->corpus().sentenceCount())
            + " sentences, which are not those of these clusters; import into another project"};
}

base::Status checkPlace(
    const project::ProjectFile& file, const project::ImportStore& store, project::Side side, int layer)
{
    PALIMPSEST_TRY(entries, file.linkages());
    PALIMPSEST_TRY(cuts, store.cuts(side, layer));
    for (const project::LinkageEntry& entry : entries) {
        if (entry.side == side && entry.layer == layer && cuts.empty()) {
            return Error{ErrorCode::InvalidArgument,
                file.path().string() + " has layer " + std::to_string(layer) + " of the "
                    + std::string(project::sideName(side))
                    + " model from a run of its own; import into another project or layer"};
        }
    }
    return {};
}

/// annotations.json speaks of the clusters of one file: of those with the most clusters.
base::Status writeNotes(const project::ProjectFile& file, const Folder& folder,
    const std::shared_ptr<const corpus::TokenTable>& tokens, std::size_t k,
    std::span<const std::uint32_t> numbers, cluster::Linkage linkage, const project::Annotation& place)
{
    if (folder.others.empty())
        return {};
    const auto tree = std::make_shared<const cluster::Linkage>(std::move(linkage));
    const concepts::CutNodes nodes(tree, concepts::ConceptSet::make(tokens, cluster::cut(*tree, k)));
    for (const NamedFile& notes : folder.others) {
        PALIMPSEST_TRY(
            annotations, readConceptNotes(notes.content, notes.path.string(), nodes, numbers, place));
        std::vector<project::AnnotationChange> changes;
        for (project::Annotation& annotation : annotations) {
            const project::AnnotationKey annotationKey = annotation.key;
            changes.push_back({annotationKey, std::nullopt, std::move(annotation)});
        }
        PALIMPSEST_CHECK(project::AnnotationStore(file).write(changes));
    }
    return {};
}

base::Status writeClusters(
    project::ProjectFile& file, const Folder& folder, Clusterings& clusterings, project::Side side, int layer)
{
    project::ImportStore store(file);
    PALIMPSEST_CHECK(checkPlace(file, store, side, layer));
    PALIMPSEST_CHECK(store.clear(side, layer));
    base::FingerprintBuilder key;
    std::size_t largest = 0;
    std::vector<std::uint32_t> largestNumbers;
    PALIMPSEST_CHECK(store.writeFile(side, layer, "sentences.json", 0, folder.sentences.content));
    for (std::size_t c = 0; c < clusterings.cuts.size(); ++c) {
        const ImportedCut& cut = clusterings.cuts[c];
        key.add(folder.clusters[c].content);
        if (cut.clusterCount > largest) {
            largest = cut.clusterCount;
            largestNumbers = numbersOf(cut);
        }
        PALIMPSEST_CHECK(store.writeNumbers(side, layer, cut.clusterCount, numbersOf(cut)));
        PALIMPSEST_CHECK(
            store.writeFile(side, layer, cut.fileName, cut.clusterCount, folder.clusters[c].content));
    }
    for (const NamedFile& other : folder.others)
        PALIMPSEST_CHECK(store.writeFile(side, layer, other.name(), 0, other.content));
    PALIMPSEST_TRY(linkage, linkageOfCuts(std::move(clusterings.cuts)));
    project::Annotation place;
    place.key = {std::string(kNoteAnnotator), side, layer, 0};
    place.k = largest;
    place.tree = key.finish();
    PALIMPSEST_CHECK(file.writeLinkage(side, layer, linkage, place.tree));
    PALIMPSEST_CHECK(
        writeNotes(file, folder, clusterings.tokens, largest, largestNumbers, std::move(linkage), place));
    PALIMPSEST_TRY(k, file.value("k"));
    if (!k)
        PALIMPSEST_CHECK(file.setValues({{"k", std::to_string(largest)}, {"theta", "0.9"}}));
    return {};
}

base::Result<std::vector<std::string>> attachLabels(project::ProjectFile& file, const Folder& folder,
    const corpus::TokenTable& tokens, const base::JobContext& ctx)
{
    std::vector<std::string> names;
    for (const NamedFile& labels : folder.labels) {
        label::SourceSetup setup;
        setup.options["file"] = labels.path.string();
        PALIMPSEST_TRY(source, label::makeSource("label-json", setup));
        PALIMPSEST_TRY(table, source->label(tokens, ctx));
        project::LabelOrigin origin{
            "label-json", {{"file", labels.name()}}, false, labels.name(), labels.content};
        PALIMPSEST_CHECK(project::LabelStore(file).attach(*table, origin));
        names.push_back(table->name());
    }
    return names;
}

} // namespace

base::Result<ImportReport> importConceptX(const fs::path& folder, const fs::path& project, project::Side side,
    int layer, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(contents, readFolder(folder));
    PALIMPSEST_TRY(clusterings, readClusterings(contents, ctx.part(0.0, 0.7)));
    ImportReport report;
    report.sentences = clusterings.tokens->corpus().sentenceCount();
    report.occurrences = clusterings.tokens->size();
    for (const ImportedCut& cut : clusterings.cuts)
        report.cuts.push_back(cut.clusterCount);
    std::sort(report.cuts.begin(), report.cuts.end());

    PALIMPSEST_TRY(file, project::ProjectFile::openOrCreate(project));
    const base::Status stored = file.atomically([&]() -> base::Status {
        PALIMPSEST_CHECK(writeTokens(file, clusterings));
        PALIMPSEST_CHECK(writeClusters(file, contents, clusterings, side, layer));
        PALIMPSEST_TRY(names, attachLabels(file, contents, *clusterings.tokens, ctx.part(0.7, 1.0)));
        report.labelSets = std::move(names);
        return {};
    });
    if (!stored)
        return stored.error();
    return report;
}

} // namespace palimpsest::exchange
