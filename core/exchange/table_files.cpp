#include "exchange/table_files.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace palimpsest::exchange {

namespace {

std::string field(std::string_view text)
{
    std::string out(text);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return out;
}

std::string inQuotes(std::string_view text)
{
    if (text.find_first_of(",\"\r\n") == std::string_view::npos)
        return std::string(text);
    std::string out = "\"";
    for (const char c : text)
        out += c == '"' ? "\"\"" : std::string(1, c);
    return out + "\"";
}

template <typename Number>
std::string shortest(Number value)
{
    std::array<char, 32> buffer{};
    const auto [end, code] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), end};
}

std::string labelsOf(const label::LabelTable& table, base::TokenId row)
{
    std::string text;
    for (const label::LabelId label : table.labelsOf(row))
        text += (text.empty() ? "" : "|||") + table.labelName(label);
    return text;
}

std::uint32_t numberOf(const OccurrenceTable& table, base::ClusterId id)
{
    return table.numbers.empty() ? static_cast<std::uint32_t>(id) : table.numbers[base::toIndex(id)];
}

std::string className(const corpus::TokenTable& tokens, base::TokenId row)
{
    const std::int32_t index = tokens.classOf(row);
    return index < 0 ? std::string() : tokens.corpus().classNames()[static_cast<std::size_t>(index)];
}

std::string heading(const OccurrenceTable& table)
{
    std::string text = "sentence\tposition\tword\tconcept\tclass";
    for (const auto& set : table.labels)
        text += "\t" + field(set->name());
    return text + "\n";
}

std::string rowOf(const OccurrenceTable& table, std::size_t row)
{
    const corpus::TokenTable& tokens = table.concepts.tokens();
    const corpus::Token& token = tokens.rows()[row];
    const auto id = base::toId<base::TokenId>(row);
    std::string text = std::to_string(base::toIndex(token.sentence)) + "\t" + std::to_string(token.position)
        + "\t" + field(tokens.corpus().word(token.word)) + "\t"
        + std::to_string(numberOf(table, table.concepts.conceptOf(id))) + "\t" + field(className(tokens, id));
    for (const auto& set : table.labels)
        text += "\t" + field(labelsOf(*set, id));
    return text + "\n";
}

/// Direction of the largest spread of the rows around `mean`, orthogonal to `other` where that is given.
std::vector<double> principalAxis(
    base::MatrixView vectors, const std::vector<double>& mean, const std::vector<double>& other)
{
    constexpr int kRounds = 100;
    std::vector<double> axis(vectors.cols);
    for (std::size_t c = 0; c < axis.size(); ++c)
        axis[c] = 1.0 + static_cast<double>((c * 2654435761U) % 1000) / 1000.0;
    const auto normalise = [&] {
        double along = 0.0, length = 0.0;
        for (std::size_t c = 0; c < axis.size(); ++c)
            along += other.empty() ? 0.0 : axis[c] * other[c];
        for (std::size_t c = 0; c < axis.size(); ++c) {
            axis[c] -= other.empty() ? 0.0 : along * other[c];
            length += axis[c] * axis[c];
        }
        length = std::sqrt(length);
        for (double& value : axis)
            value = length > 0 ? value / length : 0.0;
    };
    normalise();
    std::vector<double> next(vectors.cols);
    for (int round = 0; round < kRounds; ++round) {
        std::fill(next.begin(), next.end(), 0.0);
        for (std::size_t r = 0; r < vectors.rows; ++r) {
            const auto row = vectors.row(r);
            double along = 0.0;
            for (std::size_t c = 0; c < axis.size(); ++c)
                along += (row[c] - mean[c]) * axis[c];
            for (std::size_t c = 0; c < axis.size(); ++c)
                next[c] += along * (row[c] - mean[c]);
        }
        axis = next;
        normalise();
    }
    const auto largest = std::max_element(
        axis.begin(), axis.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
    if (largest != axis.end() && *largest < 0) {
        for (double& value : axis)
            value = -value;
    }
    return axis;
}

} // namespace

std::string wordsTsv(const OccurrenceTable& table)
{
    std::string text = heading(table);
    for (std::size_t row = 0; row < table.concepts.tokens().size(); ++row)
        text += rowOf(table, row);
    return text;
}

std::string projectorVectors(base::MatrixView vectors)
{
    std::string text;
    for (std::size_t r = 0; r < vectors.rows; ++r) {
        const auto row = vectors.row(r);
        for (std::size_t c = 0; c < row.size(); ++c)
            text += (c > 0 ? "\t" : "") + shortest(row[c]);
        text += "\n";
    }
    return text;
}

std::string projectorMetadata(const OccurrenceTable& table)
{
    return wordsTsv(table);
}

std::vector<float> principalPlane(base::MatrixView vectors)
{
    std::vector<double> mean(vectors.cols, 0.0);
    for (std::size_t r = 0; r < vectors.rows; ++r) {
        const auto row = vectors.row(r);
        for (std::size_t c = 0; c < row.size(); ++c)
            mean[c] += row[c] / static_cast<double>(vectors.rows);
    }
    const std::vector<double> first = principalAxis(vectors, mean, {});
    const std::vector<double> second = principalAxis(vectors, mean, first);
    std::vector<float> plane;
    for (std::size_t r = 0; r < vectors.rows; ++r) {
        const auto row = vectors.row(r);
        for (const std::vector<double>* axis : {&first, &second}) {
            double along = 0.0;
            for (std::size_t c = 0; c < row.size(); ++c)
                along += (row[c] - mean[c]) * (*axis)[c];
            plane.push_back(static_cast<float>(along));
        }
    }
    return plane;
}

std::string atlasCsv(const OccurrenceTable& table, base::MatrixView vectors, int layer)
{
    const corpus::TokenTable& tokens = table.concepts.tokens();
    const std::vector<float> plane = principalPlane(vectors);
    std::string text = "x,y,token,sentence,position,layer,cluster,class,text";
    for (const auto& set : table.labels)
        text += "," + inQuotes(set->name());
    text += "\n";
    for (std::size_t row = 0; row < tokens.size(); ++row) {
        const corpus::Token& token = tokens.rows()[row];
        const auto id = base::toId<base::TokenId>(row);
        text += shortest(plane[2 * row]) + "," + shortest(plane[2 * row + 1]) + ","
            + inQuotes(tokens.corpus().word(token.word)) + "," + std::to_string(base::toIndex(token.sentence))
            + "," + std::to_string(token.position) + "," + std::to_string(layer) + ","
            + std::to_string(numberOf(table, table.concepts.conceptOf(id))) + ","
            + inQuotes(className(tokens, id)) + "," + inQuotes(tokens.corpus().text(token.sentence));
        for (const auto& set : table.labels)
            text += "," + inQuotes(labelsOf(*set, id));
        text += "\n";
    }
    return text;
}

std::string labelsTsv(
    const OccurrenceTable& table, const std::vector<std::vector<align::LabelMatch>>& matchesOfSet)
{
    std::string text = "concept\tsize\ttypes\tsource\tlabel\tshare\taligned\tunknown\n";
    for (std::size_t index = 0; index < table.concepts.conceptCount(); ++index) {
        const auto id = base::toId<base::ClusterId>(index);
        for (std::size_t set = 0; set < matchesOfSet.size(); ++set) {
            const align::LabelMatch& match = matchesOfSet[set][index];
            text += std::to_string(numberOf(table, id)) + "\t" + std::to_string(table.concepts.size(id))
                + "\t" + std::to_string(table.concepts.words(id).size()) + "\t"
                + field(table.labels[set]->name()) + "\t"
                + (match.best ? field(table.labels[set]->labelName(*match.best)) : std::string()) + "\t"
                + shortest(match.share) + "\t" + (match.aligned ? "yes" : "no") + "\t"
                + shortest(match.unknown) + "\n";
        }
    }
    return text;
}

} // namespace palimpsest::exchange
