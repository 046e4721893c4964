#include "exchange/cluster_lines.h"

#include <array>
#include <charconv>

namespace palimpsest::exchange {

namespace {

constexpr std::string_view kBars = "|||";

template <typename Number>
bool parse(std::string_view text, Number& number)
{
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    return code == std::errc() && end == text.data() + text.size();
}

} // namespace

std::optional<ClusterLine> parseClusterLine(std::string_view line)
{
    std::array<std::string_view, 4> fields; // cluster, position, sentence, occurrence
    for (std::string_view& field : fields) {
        const std::size_t bars = line.rfind(kBars);
        if (bars == std::string_view::npos)
            return std::nullopt;
        field = line.substr(bars + kBars.size());
        line = line.substr(0, bars);
    }
    ClusterLine parsed;
    parsed.token = line;
    if (!parse(fields[0], parsed.cluster) || !parse(fields[1], parsed.position)
        || !parse(fields[2], parsed.sentence) || !parse(fields[3], parsed.occurrence) || parsed.position < -1)
        return std::nullopt;
    return parsed;
}

base::Result<std::vector<ClusterLine>> parseClusterLines(
    std::string_view text, const std::filesystem::path& path)
{
    std::vector<ClusterLine> lines;
    std::size_t number = 0;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        ++number;
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.empty())
            continue;
        auto parsed = parseClusterLine(line);
        if (!parsed) {
            return base::Error{base::ErrorCode::Malformed,
                path.string() + ", line " + std::to_string(number)
                    + " is not token|||occurrence|||sentence|||position|||cluster; correct the line"};
        }
        parsed->line = number;
        lines.push_back(*parsed);
    }
    return lines;
}

std::string clusterLines(const concepts::ConceptSet& concepts, std::span<const std::uint32_t> numbers)
{
    const corpus::TokenTable& tokens = concepts.tokens();
    const corpus::Corpus& corpus = tokens.corpus();
    std::vector<std::uint32_t> occurrence(tokens.size());
    std::vector<std::uint32_t> seen(corpus.parts().vocabulary.size(), 0);
    std::size_t row = 0;
    for (std::size_t s = 0; s < corpus.sentenceCount(); ++s) {
        const auto sentence = base::toId<base::SentenceId>(s);
        const auto words = corpus.wordsOf(sentence);
        for (std::size_t position = 0; position < words.size(); ++position) {
            const std::uint32_t count = ++seen[words[position]];
            if (row < tokens.size()) {
                const corpus::Token& token = tokens.rows()[row];
                if (token.sentence == sentence && token.position == position)
                    occurrence[row++] = count;
            }
        }
    }
    std::string text;
    for (std::size_t index = 0; index < concepts.conceptCount(); ++index) {
        const std::string number = std::to_string(numbers.empty() ? index : numbers[index]);
        for (const base::TokenId id : concepts.members(base::toId<base::ClusterId>(index))) {
            const corpus::Token& token = tokens.token(id);
            text += corpus.word(token.word);
            text += "|||" + std::to_string(occurrence[base::toIndex(id)]);
            text += "|||" + std::to_string(base::toIndex(token.sentence));
            text += "|||" + std::to_string(token.position) + "|||" + number + "\n";
        }
    }
    return text;
}

} // namespace palimpsest::exchange
