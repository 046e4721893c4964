#include "exchange/imported_partition.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace palimpsest::exchange {

using base::Error;
using base::ErrorCode;

namespace {

std::uint64_t keyOf(std::uint64_t sentence, std::uint64_t position)
{
    return sentence << 32 | position;
}

/// Backslash escapes of Python's unicode-escape that words can meet: \n \t \r \\ \' \" \xHH \uHHHH.
std::string unescaped(std::string_view token)
{
    std::string out;
    for (std::size_t at = 0; at < token.size(); ++at) {
        if (token[at] != '\\' || at + 1 == token.size()) {
            out += token[at];
            continue;
        }
        static constexpr std::string_view kCodes = "ntr\\'\"";
        static constexpr std::string_view kMeanings = "\n\t\r\\'\"";
        if (const std::size_t code = kCodes.find(token[at + 1]); code != std::string_view::npos) {
            out += kMeanings[code];
            ++at;
        } else {
            out += token[at];
        }
    }
    return out;
}

bool isSpecial(std::string_view word)
{
    return word.size() > 2 && word.front() == '[' && word.back() == ']';
}

Error doubled(const std::string& path, const ClusterLine& first, const ClusterLine& second)
{
    return {ErrorCode::Malformed,
        path + ", line " + std::to_string(second.line) + " names the same word as line "
            + std::to_string(first.line) + " (sentence " + std::to_string(second.sentence) + ", position "
            + std::to_string(second.position) + "); every occurrence belongs to one cluster"};
}

/// Joins components of a growing tree.
class TreeBuilder {
public:
    explicit TreeBuilder(std::size_t leaves)
        : m_root(leaves)
        , m_size(leaves, 1)
        , m_leaves(leaves)
    {
        std::iota(m_root.begin(), m_root.end(), 0);
    }

    /// Makes one component of all leaves with the same number in `group`; leaves must already be joined to
    /// representatives in `members`.
    void joinByGroup(
        const std::vector<std::size_t>& members, const std::vector<std::uint32_t>& group, double height)
    {
        std::unordered_map<std::uint32_t, std::size_t> first; // group → representative leaf
        for (const std::size_t leaf : members) {
            const auto [entry, isNew] = first.try_emplace(group[leaf], leaf);
            if (!isNew)
                join(entry->second, leaf, height);
        }
    }

    std::vector<cluster::Merge> take() { return std::move(m_merges); }

private:
    void join(std::size_t a, std::size_t b, double height)
    {
        const std::int32_t left = std::min(m_root[a], m_root[b]);
        const std::int32_t right = std::max(m_root[a], m_root[b]);
        m_size[a] += m_size[b];
        m_root[a] = static_cast<std::int32_t>(m_leaves + m_merges.size());
        m_merges.push_back({left, right, height, m_size[a]});
    }

    std::vector<std::int32_t> m_root; ///< node of the component that a representative leaf stands for
    std::vector<std::int32_t> m_size;
    std::size_t m_leaves;
    std::vector<cluster::Merge> m_merges;
};

/// First leaf of each cluster.
std::vector<std::size_t> representatives(const std::vector<std::uint32_t>& clusterOfRow)
{
    std::unordered_map<std::uint32_t, bool> seen;
    std::vector<std::size_t> leaves;
    for (std::size_t row = 0; row < clusterOfRow.size(); ++row) {
        if (seen.try_emplace(clusterOfRow[row], true).second)
            leaves.push_back(row);
    }
    return leaves;
}

base::Status checkRefinement(const ImportedCut& fine, const ImportedCut& coarse)
{
    std::unordered_map<std::uint32_t, std::uint32_t> inside;
    for (std::size_t row = 0; row < fine.clusterOfRow.size(); ++row) {
        const auto [entry, isNew] = inside.try_emplace(fine.clusterOfRow[row], coarse.clusterOfRow[row]);
        if (!isNew && entry->second != coarse.clusterOfRow[row]) {
            return Error{ErrorCode::Unsupported,
                "Cluster " + std::to_string(fine.clusterOfRow[row]) + " of " + fine.fileName
                    + " lies in two clusters of " + coarse.fileName
                    + ", so they are not cuts of one tree; import one of the files only"};
        }
    }
    return {};
}

} // namespace

base::Result<std::shared_ptr<const corpus::Corpus>> corpusOfSentences(
    const std::vector<std::string>& sentences)
{
    corpus::CorpusParts parts;
    std::unordered_map<std::string_view, std::uint32_t> ids;
    parts.sentenceStart.push_back(0);
    for (std::size_t s = 0; s < sentences.size(); ++s) {
        std::string_view rest = sentences[s];
        while (!sentences[s].empty()) {
            const std::size_t end = rest.find(' ');
            const std::string_view word = rest.substr(0, end);
            const auto [entry, isNew] = ids.try_emplace(word, static_cast<std::uint32_t>(ids.size()));
            if (isNew)
                parts.vocabulary.emplace_back(word);
            parts.words.push_back(entry->second);
            if (end == std::string_view::npos)
                break;
            rest = rest.substr(end + 1);
        }
        parts.sentenceStart.push_back(static_cast<std::uint32_t>(parts.words.size()));
        parts.sentenceClass.push_back(corpus::kNoClass);
        parts.sourceLine.push_back(static_cast<std::uint32_t>(s + 1));
    }
    return corpus::Corpus::fromParts(std::move(parts));
}

PlaceRule PlaceRule::of(const std::vector<ClusterLine>& lines)
{
    const bool fromMinusOne
        = std::any_of(lines.begin(), lines.end(), [](const ClusterLine& line) { return line.position < 0; });
    return {fromMinusOne ? 1 : 0};
}

bool isSameWord(std::string_view token, std::string_view word)
{
    if (token == word)
        return true;
    if (isSpecial(word) && token.starts_with(word))
        return token.substr(word.size()).find_first_not_of("0123456789_last") == std::string_view::npos;
    const bool ascii = std::all_of(
        token.begin(), token.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return ascii && token.find('\\') != std::string_view::npos && unescaped(token) == word;
}

std::string misfitOf(const ClusterLine& line, const corpus::Corpus& corpus, const PlaceRule& rule)
{
    if (line.sentence >= corpus.sentenceCount()) {
        return "names sentence " + std::to_string(line.sentence) + ", but the sentences end at "
            + std::to_string(corpus.sentenceCount() - 1);
    }
    const auto words = corpus.wordsOf(base::toId<base::SentenceId>(line.sentence));
    const auto wordAt = [&](std::int64_t position) -> std::string_view {
        return position >= 0 && position < static_cast<std::int64_t>(words.size())
            ? corpus.word(base::WordId{words[static_cast<std::size_t>(position)]})
            : std::string_view();
    };
    const std::int64_t position = line.position + rule.shift;
    if (position >= static_cast<std::int64_t>(words.size())) {
        return "names position " + std::to_string(line.position) + " of sentence "
            + std::to_string(line.sentence) + ", which has " + std::to_string(words.size()) + " words";
    }
    if (isSameWord(line.token, wordAt(position)))
        return {};
    std::string text = "has the token \"" + std::string(line.token) + "\" where sentence "
        + std::to_string(line.sentence) + " has \"" + std::string(wordAt(position)) + "\" at position "
        + std::to_string(line.position);
    for (const std::int64_t shift : {1, -1}) {
        if (!line.token.empty() && isSameWord(line.token, wordAt(position + shift))) {
            text += ", and the token itself one position ";
            text += shift > 0 ? "later" : "earlier";
            break;
        }
    }
    return text;
}

base::Result<std::shared_ptr<const corpus::TokenTable>> tokensOfLines(
    const std::shared_ptr<const corpus::Corpus>& corpus, const std::vector<ClusterLine>& lines,
    const std::string& path)
{
    const PlaceRule rule = PlaceRule::of(lines);
    std::vector<std::pair<std::uint64_t, std::size_t>> order;
    for (std::size_t l = 0; l < lines.size(); ++l) {
        if (const std::string what = misfitOf(lines[l], *corpus, rule); !what.empty()) {
            return Error{ErrorCode::Malformed,
                path + ", line " + std::to_string(lines[l].line) + " " + what
                    + "; give the sentences that these clusters were made of"};
        }
        order.emplace_back(
            keyOf(lines[l].sentence, static_cast<std::uint64_t>(lines[l].position + rule.shift)), l);
    }
    std::sort(order.begin(), order.end());
    std::vector<corpus::Token> rows;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i > 0 && order[i].first == order[i - 1].first)
            return doubled(path, lines[order[i - 1].second], lines[order[i].second]);
        const auto sentence = base::toId<base::SentenceId>(lines[order[i].second].sentence);
        const auto position = static_cast<std::uint32_t>(order[i].first & 0xffffffffU);
        rows.push_back({sentence, position, base::WordId{corpus->wordsOf(sentence)[position]}});
    }
    if (rows.size() < 2) {
        return Error{ErrorCode::TooFewRows,
            path + " names " + std::to_string(rows.size()) + " occurrences; clusters need at least two"};
    }
    return corpus::TokenTable::fromRows(corpus, std::move(rows));
}

base::Result<ImportedCut> cutOfLines(
    const corpus::TokenTable& tokens, const std::vector<ClusterLine>& lines, const std::string& path)
{
    constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
    const PlaceRule rule = PlaceRule::of(lines);
    std::unordered_map<std::uint64_t, std::size_t> rowOf;
    for (std::size_t row = 0; row < tokens.size(); ++row)
        rowOf.emplace(keyOf(base::toIndex(tokens.rows()[row].sentence), tokens.rows()[row].position), row);
    ImportedCut cut{std::filesystem::path(path).filename().string(), {}, 0};
    cut.clusterOfRow.assign(tokens.size(), kNone);
    for (const ClusterLine& line : lines) {
        const auto row
            = rowOf.find(keyOf(line.sentence, static_cast<std::uint64_t>(line.position + rule.shift)));
        if (row == rowOf.end() || cut.clusterOfRow[row->second] != kNone
            || !isSameWord(line.token, tokens.corpus().word(tokens.rows()[row->second].word))) {
            return Error{ErrorCode::ShapeMismatch,
                path + ", line " + std::to_string(line.line) + " names an occurrence (\""
                    + std::string(line.token) + "\", sentence " + std::to_string(line.sentence)
                    + ", position " + std::to_string(line.position)
                    + ") that the other clusters do not have, or names it twice; import it into a project of "
                      "its own"};
        }
        cut.clusterOfRow[row->second] = line.cluster;
    }
    if (lines.size() != tokens.size()) {
        return Error{ErrorCode::ShapeMismatch,
            path + " has " + std::to_string(lines.size()) + " occurrences where the other clusters have "
                + std::to_string(tokens.size()) + "; import it into a project of its own"};
    }
    cut.clusterCount = representatives(cut.clusterOfRow).size();
    return cut;
}

base::Result<cluster::Linkage> linkageOfCuts(std::vector<ImportedCut> cuts)
{
    std::sort(cuts.begin(), cuts.end(),
        [](const ImportedCut& a, const ImportedCut& b) { return a.clusterCount > b.clusterCount; });
    for (std::size_t c = 1; c < cuts.size(); ++c)
        PALIMPSEST_CHECK(checkRefinement(cuts[c - 1], cuts[c]));
    const std::size_t leaves = cuts.front().clusterOfRow.size();
    TreeBuilder tree(leaves);
    std::vector<std::size_t> members(leaves);
    std::iota(members.begin(), members.end(), std::size_t{0});
    double height = 0.0;
    for (const ImportedCut& cut : cuts) {
        tree.joinByGroup(members, cut.clusterOfRow, height);
        members = representatives(cut.clusterOfRow);
        height += 1.0;
    }
    tree.joinByGroup(members, std::vector<std::uint32_t>(leaves, 0), height);
    return cluster::Linkage::fromMerges(tree.take());
}

std::vector<std::uint32_t> numbersOf(const ImportedCut& cut)
{
    std::vector<std::uint32_t> numbers;
    for (const std::size_t leaf : representatives(cut.clusterOfRow))
        numbers.push_back(cut.clusterOfRow[leaf]);
    return numbers;
}

} // namespace palimpsest::exchange
