#include "exchange/lint.h"

#include <algorithm>
#include <map>
#include <set>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "base/mapped_file.h"
#include "base/utf8.h"
#include "exchange/imported_partition.h"
#include "exchange/json_text.h"

namespace palimpsest::exchange {

namespace fs = std::filesystem;

namespace {

/// Findings of one file; of each kind only the first ones.
class Report {
public:
    Report(std::string file, std::size_t limit, std::vector<Finding>& findings)
        : m_file(std::move(file))
        , m_limit(limit)
        , m_findings(findings)
    {
    }
    ~Report()
    {
        for (const auto& [kind, count] : m_counts) {
            if (count > m_limit) {
                m_findings.push_back({Severity::Note, m_file, 0,
                    std::to_string(count - m_limit) + " more lines of this kind: " + kind});
            }
        }
    }
    Report(const Report&) = delete;
    Report& operator=(const Report&) = delete;

    void add(Severity severity, std::size_t line, const std::string& kind, const std::string& text)
    {
        if (++m_counts[kind] <= m_limit)
            m_findings.push_back({severity, m_file, line, text});
    }

private:
    std::string m_file;
    std::size_t m_limit;
    std::vector<Finding>& m_findings;
    std::map<std::string, std::size_t> m_counts;
};

bool checkUtf8(Report& report, std::string_view text)
{
    const std::size_t valid = base::validUtf8Prefix(text);
    if (valid == text.size())
        return true;
    const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(valid), '\n') + 1;
    report.add(Severity::Error, static_cast<std::size_t>(line), "encoding",
        "is not UTF-8; it was probably written under another locale");
    return false;
}

void checkSentences(Report& report, const std::vector<std::string>& sentences)
{
    for (std::size_t s = 0; s < sentences.size(); ++s) {
        const std::string& text = sentences[s];
        if (text.empty())
            report.add(Severity::Note, s + 1, "empty", "is an empty sentence");
        if (text.find("  ") != std::string::npos || text.starts_with(' ') || text.ends_with(' ')) {
            report.add(Severity::Error, s + 1, "spaces",
                "has a space too many, which makes an empty word and shifts positions");
        }
        if (text.find('\t') != std::string::npos || text.find("\xC2\xA0") != std::string::npos) {
            report.add(Severity::Note, s + 1, "other spaces",
                "holds a tab or a no-break space; NeuroX splits there and drops the sentence, since its "
                "counts "
                "differ");
        }
    }
}

/// What the lines of one cluster file say together.
struct Seen {
    std::unordered_map<std::uint64_t, std::size_t> places; ///< → line
    std::set<std::uint32_t> clusters;
    std::size_t misfits = 0;
    std::size_t shifted = 0;
    std::size_t lines = 0;
};

void checkLine(
    Report& report, const ClusterLine& line, const corpus::Corpus& corpus, const PlaceRule& rule, Seen& seen)
{
    ++seen.lines;
    seen.clusters.insert(line.cluster);
    if (line.token.find('|') != std::string_view::npos) {
        report.add(Severity::Note, line.line, "token with bars",
            "has a token with \"|\" (\"" + std::string(line.token)
                + "\"); scripts that split from the left stop here");
    }
    if (line.token.find_first_of(" \t") != std::string_view::npos || line.token.empty())
        report.add(Severity::Error, line.line, "token", "has an empty token, or one with a space");
    if (const std::string what = misfitOf(line, corpus, rule); !what.empty()) {
        ++seen.misfits;
        seen.shifted += what.find("one position") != std::string::npos ? 1 : 0;
        report.add(Severity::Error, line.line, "misfit", what);
        return;
    }
    const std::uint64_t place = static_cast<std::uint64_t>(line.sentence) << 32
        | static_cast<std::uint64_t>(line.position + rule.shift);
    const auto [entry, isNew] = seen.places.try_emplace(place, line.line);
    if (!isNew) {
        report.add(Severity::Error, line.line, "twice",
            "names the same word as line " + std::to_string(entry->second));
    }
}

void checkWhole(Report& report, const std::string& name, const Seen& seen)
{
    if (seen.lines > 0 && 2 * seen.misfits > seen.lines) {
        report.add(Severity::Error, 0, "sentences",
            2 * seen.shifted > seen.misfits
                ? "most tokens stand one position beside: positions are shifted (LACOAT counts from -1)"
                : "most tokens are not where they are said to be: this is the wrong sentence file");
    }
    const std::size_t dash = name.rfind('-');
    const std::string number = name.substr(dash + 1, name.rfind('.') - dash - 1);
    if (seen.lines > 0 && !number.empty() && number.find_first_not_of("0123456789") == std::string::npos
        && number != std::to_string(seen.clusters.size())) {
        report.add(Severity::Note, 0, "count",
            "has " + std::to_string(seen.clusters.size()) + " clusters, but its name says " + number);
    }
    if (!seen.clusters.empty() && *seen.clusters.rbegin() + 1 != seen.clusters.size())
        report.add(Severity::Note, 0, "numbers", "does not number its clusters 0 to K-1 without gaps");
}

void checkClusters(
    Report& report, const std::string& name, std::string_view text, const corpus::Corpus& corpus)
{
    if (!checkUtf8(report, text))
        return;
    std::vector<ClusterLine> lines;
    std::size_t number = 0;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view content = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        ++number;
        if (content.ends_with('\r')) {
            content.remove_suffix(1);
            report.add(Severity::Note, number, "line end", "ends with CR LF");
        }
        if (content.empty()) {
            report.add(
                Severity::Note, number, "blank", "is blank (an empty k-means cluster leaves such a line)");
            continue;
        }
        auto line = parseClusterLine(content);
        if (!line) {
            report.add(
                Severity::Error, number, "form", "is not token|||occurrence|||sentence|||position|||cluster");
            continue;
        }
        line->line = number;
        lines.push_back(*line);
    }
    const PlaceRule rule = PlaceRule::of(lines);
    Seen seen;
    for (const ClusterLine& line : lines)
        checkLine(report, line, corpus, rule, seen);
    checkWhole(report, name, seen);
}

void checkLabels(Report& report, const std::string& name, std::string_view text, const corpus::Corpus& corpus)
{
    if (!checkUtf8(report, text))
        return;
    if (std::count(name.begin(), name.end(), '_') > 1) {
        report.add(Severity::Note, 0, "name",
            "has a second \"_\" in its name: ConceptX takes what stands between them, less five letters");
    }
    auto labels = parseJsonStrings(text, name);
    if (!labels) {
        report.add(Severity::Error, 0, "form", labels.error().message);
        return;
    }
    if (labels.value().size() != corpus.sentenceCount()) {
        report.add(Severity::Error, std::min(labels.value().size(), corpus.sentenceCount()) + 1, "count",
            "has labels for " + std::to_string(labels.value().size()) + " of "
                + std::to_string(corpus.sentenceCount()) + " sentences");
    }
    const std::size_t common = std::min(labels.value().size(), corpus.sentenceCount());
    for (std::size_t s = 0; s < common; ++s) {
        const std::string& line = labels.value()[s];
        const std::size_t words = corpus.wordsOf(base::toId<base::SentenceId>(s)).size();
        const auto count
            = line.empty() ? 0 : static_cast<std::size_t>(std::count(line.begin(), line.end(), ' ')) + 1;
        if (count != words) {
            report.add(Severity::Error, s + 1, "labels",
                "has " + std::to_string(count) + " labels for " + std::to_string(words) + " words ("
                    + corpus.text(base::toId<base::SentenceId>(s)).substr(0, 60) + ")");
        }
        if (line.find("  ") != std::string::npos)
            report.add(Severity::Error, s + 1, "missing", "has two spaces in a row: a label is missing");
    }
}

std::vector<fs::path> filesUnder(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code code;
    fs::recursive_directory_iterator entry(folder, code);
    for (const fs::recursive_directory_iterator end; !code && entry != end; entry.increment(code)) {
        if (entry->is_regular_file(code))
            files.push_back(entry->path());
        if (entry.depth() >= 2)
            entry.disable_recursion_pending();
    }
    std::sort(files.begin(), files.end());
    return files;
}

fs::path sentencesBeside(const fs::path& folder, const std::vector<fs::path>& files)
{
    std::error_code code;
    for (const fs::path& path : files) {
        const std::string name = path.filename().string();
        if (name == "sentences.json" || name.ends_with("-sentences.json"))
            return path;
    }
    const fs::path above = fs::absolute(folder, code).lexically_normal().parent_path() / "sentences.json";
    return fs::is_regular_file(above, code) ? above : fs::path();
}

} // namespace

base::Result<std::vector<Finding>> lintConceptX(
    const fs::path& given, std::size_t limit, const base::JobContext& ctx)
{
    std::error_code code;
    const bool isFolder = fs::is_directory(given, code);
    const fs::path folder = isFolder ? given : given.parent_path();
    if (!isFolder && !fs::is_regular_file(given, code))
        return base::Error{base::ErrorCode::NotFound, "There is no file or folder " + given.string()};
    const std::vector<fs::path> files = filesUnder(folder.empty() ? "." : folder);
    const fs::path sentencesPath = sentencesBeside(folder, files);
    std::vector<Finding> findings;
    if (sentencesPath.empty()) {
        findings.push_back({Severity::Error, "sentences.json", 0, "is missing beside the clusters"});
        return findings;
    }
    PALIMPSEST_TRY(text, base::readFile(sentencesPath, kMaxFileBytes));
    auto sentences = parseJsonStrings(text, sentencesPath.filename());
    if (!sentences) {
        findings.push_back(
            {Severity::Error, sentencesPath.filename().string(), 0, sentences.error().message});
        return findings;
    }
    {
        Report report(sentencesPath.filename().string(), limit, findings);
        checkSentences(report, sentences.value());
    }
    PALIMPSEST_TRY(corpus, corpusOfSentences(sentences.value()));
    std::size_t looked = 0;
    for (const fs::path& path : isFolder ? files : std::vector{given}) {
        const std::string name = path.filename().string();
        const bool clusters = name.starts_with("clusters-") && name.ends_with(".txt");
        const bool labels = name.starts_with("labels_") && name.ends_with("json");
        if (!clusters && !labels)
            continue;
        if (ctx.stopRequested())
            return base::cancelled();
        ctx.progress(static_cast<double>(looked) / static_cast<double>(files.size()), "Reading " + name);
        ++looked;
        PALIMPSEST_TRY(content, base::readFile(path, kMaxFileBytes));
        Report report(name, limit, findings);
        if (clusters)
            checkClusters(report, name, content, *corpus);
        else
            checkLabels(report, name, content, *corpus);
    }
    if (looked == 0)
        findings.push_back(
            {Severity::Error, folder.string(), 0, "holds no clusters-*.txt and no labels_*.json"});
    return findings;
}

} // namespace palimpsest::exchange
