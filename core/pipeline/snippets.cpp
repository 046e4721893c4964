#include "pipeline/snippets.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <random>
#include <string_view>
#include <utility>

#include "base/mapped_file.h"
#include "base/utf8.h"
#include "pipeline/split_punctuation.h"

namespace palimpsest::pipeline {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::size_t kLargestFile = std::size_t{64} << 20U;
constexpr double kHighestRating = 4.0;
/// Below it people did not agree on the sign; such snippets are not trained on.
constexpr double kClearRating = 0.5;

/// The file was cut out of web pages: "PB&amp; J".
std::string withoutEntities(std::string_view text)
{
    constexpr std::string_view kEntity = "&amp;";
    std::string result;
    while (!text.empty()) {
        const std::size_t entity = std::min(text.find(kEntity), text.size());
        result += text.substr(0, entity);
        if (entity == text.size())
            break;
        result += '&';
        text.remove_prefix(entity + kEntity.size());
    }
    return result;
}

base::Result<Snippet> parseLine(std::string_view line, const std::string& place)
{
    const std::size_t first = line.find('\t');
    const std::size_t second = first == std::string_view::npos ? first : line.find('\t', first + 1);
    if (second == std::string_view::npos)
        return Error{ErrorCode::Malformed, place + ": id, rating and text separated by tabs are expected"};
    const std::string_view rating = line.substr(first + 1, second - first - 1);
    Snippet snippet;
    const auto [end, code] = std::from_chars(rating.data(), rating.data() + rating.size(), snippet.rating);
    if (code != std::errc() || end != rating.data() + rating.size()
        || !(std::abs(snippet.rating) <= kHighestRating)) {
        return Error{ErrorCode::Malformed,
            place + ": the rating \"" + std::string(rating) + "\" is not a number from -4 to 4"};
    }
    if (base::validUtf8Prefix(line) != line.size())
        return Error{ErrorCode::Malformed, place + ": the text is not UTF-8"};
    snippet.text = splitPunctuation(withoutEntities(line.substr(second + 1)));
    return snippet;
}

/// Fisher and Yates with a generator that the standard fixes; std::shuffle may differ between libraries.
void shuffle(std::vector<std::size_t>& order, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    for (std::size_t last = order.size(); last > 1; --last) {
        // The bias of a remainder is below 1e-15 here.
        std::swap(order[last - 1], order[static_cast<std::size_t>(random() % last)]);
    }
}

} // namespace

base::Result<std::vector<Snippet>> readSnippets(const std::filesystem::path& file)
{
    PALIMPSEST_TRY(content, base::readFile(file, kLargestFile));
    std::vector<Snippet> snippets;
    std::string_view rest = content;
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.empty())
            continue;
        PALIMPSEST_TRY(snippet, parseLine(line, file.string() + ", line " + std::to_string(number)));
        if (snippet.rating != 0.0 && !snippet.text.empty())
            snippets.push_back(std::move(snippet));
    }
    return snippets;
}

base::Result<SnippetSplit> splitSnippets(
    std::vector<Snippet> snippets, std::size_t trainingCount, std::size_t heldOutCount, std::uint64_t seed)
{
    std::vector<std::size_t> clear;
    for (std::size_t index = 0; index < snippets.size(); ++index) {
        if (std::abs(snippets[index].rating) >= kClearRating)
            clear.push_back(index);
    }
    if (clear.size() < trainingCount + heldOutCount) {
        return Error{ErrorCode::TooFewRows,
            "There are " + std::to_string(clear.size()) + " clearly rated snippets, but "
                + std::to_string(trainingCount + heldOutCount) + " are needed"};
    }
    shuffle(clear, seed);
    std::vector<bool> taken(snippets.size(), false);
    SnippetSplit split;
    for (std::size_t place = 0; place < trainingCount + heldOutCount; ++place) {
        taken[clear[place]] = true;
        auto& part = place < trainingCount ? split.training : split.heldOut;
        part.push_back(std::move(snippets[clear[place]]));
    }
    for (std::size_t index = 0; index < snippets.size(); ++index) {
        if (!taken[index])
            split.analysed.push_back(std::move(snippets[index]));
    }
    return split;
}

std::string snippetTable(const std::vector<Snippet>& snippets)
{
    std::string table = "sentence\tlabel\n";
    for (const Snippet& snippet : snippets)
        table += snippet.text + (snippet.isPositive() ? "\tpositive\n" : "\tnegative\n");
    return table;
}

} // namespace palimpsest::pipeline
