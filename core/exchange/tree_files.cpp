#include "exchange/tree_files.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

#include "tensorfile/npy.h"

namespace palimpsest::exchange {

using base::Error;
using base::ErrorCode;

namespace {

std::string shortest(double value)
{
    std::array<char, 32> buffer{};
    const auto [end, code] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), end};
}

/// Newick quotes by apostrophes and doubles those inside.
std::string leafName(const corpus::TokenTable& tokens, std::size_t row)
{
    const corpus::Token& token = tokens.rows()[row];
    std::string name = "'";
    for (const char c : tokens.corpus().word(token.word))
        name += c == '\'' ? "''" : std::string(1, c);
    return name + "|" + std::to_string(base::toIndex(token.sentence)) + "|" + std::to_string(token.position)
        + "'";
}

/// Element [row, column] of a numeric array of 8-byte floats or integers.
double numberAt(const tensorfile::TensorView& array, std::size_t index)
{
    const std::byte* at = array.bytes.data() + index * elementSize(array.type);
    if (array.type == tensorfile::ElementType::F64) {
        double value = 0.0;
        std::memcpy(&value, at, sizeof value);
        return value;
    }
    std::int64_t value = 0;
    std::memcpy(&value, at, sizeof value);
    return static_cast<double>(value);
}

base::Result<cluster::Merge> mergeAt(
    const tensorfile::TensorView& array, std::size_t row, const std::vector<std::int32_t>& sizes)
{
    const std::size_t columns = array.shape[1];
    const auto broken = [&](const char* what) {
        return Error{ErrorCode::Malformed,
            "Row " + std::to_string(row) + " of the linkage " + what + "; give scipy's matrix Z"};
    };
    std::array<double, 4> values{};
    for (std::size_t c = 0; c < columns; ++c)
        values[c] = numberAt(array, row * columns + c);
    const auto clusters = static_cast<double>(sizes.size());
    for (const double id : {values[0], values[1]}) {
        if (!(id >= 0.0 && id < clusters) || id != std::floor(id))
            return broken("names a cluster that does not exist yet");
    }
    cluster::Merge merge;
    merge.left = static_cast<std::int32_t>(std::min(values[0], values[1]));
    merge.right = static_cast<std::int32_t>(std::max(values[0], values[1]));
    // Without distances the order of the merges is all that is known.
    merge.height = columns > 2 ? values[2] : static_cast<double>(row);
    merge.size = sizes[static_cast<std::size_t>(merge.left)] + sizes[static_cast<std::size_t>(merge.right)];
    if (columns == 4 && values[3] != static_cast<double>(merge.size))
        return broken("has a size that is not the sum of its parts");
    return merge;
}

} // namespace

base::Status writeLinkageNpy(const std::filesystem::path& path, const cluster::Linkage& linkage)
{
    static_assert(std::endian::native == std::endian::little, ".npy files are written little-endian");
    std::vector<double> values;
    values.reserve(linkage.merges().size() * 4);
    for (const cluster::Merge& merge : linkage.merges()) {
        values.insert(values.end(),
            {static_cast<double>(merge.left), static_cast<double>(merge.right), merge.height,
                static_cast<double>(merge.size)});
    }
    const tensorfile::TensorView view{tensorfile::ElementType::F64, {linkage.merges().size(), 4},
        std::as_bytes(std::span<const double>(values))};
    return tensorfile::writeNpy(path, view);
}

base::Result<cluster::Linkage> readLinkageNpy(const std::filesystem::path& path)
{
    PALIMPSEST_TRY(file, tensorfile::NpyFile::open(path));
    const tensorfile::TensorView& array = file.array();
    const bool isNumeric
        = array.type == tensorfile::ElementType::F64 || array.type == tensorfile::ElementType::I64;
    if (!isNumeric || array.shape.size() != 2 || array.shape[1] < 2 || array.shape[1] > 4) {
        return Error{ErrorCode::ShapeMismatch,
            path.string() + " is " + tensorfile::shapeText(array.shape)
                + "; a linkage is float64 with four columns (scipy), or int64 with two (scikit-learn's "
                  "children_)"};
    }
    const std::size_t merges = array.shape[0];
    if (merges < 1 || merges >= (std::size_t{1} << 30))
        return Error{ErrorCode::TooLarge, path.string() + " has no merges, or too many"};
    std::vector<std::int32_t> sizes(merges + 1, 1);
    std::vector<cluster::Merge> rows;
    for (std::size_t row = 0; row < merges; ++row) {
        PALIMPSEST_TRY(merge, mergeAt(array, row, sizes));
        sizes.push_back(merge.size);
        rows.push_back(merge);
    }
    return cluster::Linkage::fromMerges(std::move(rows));
}

std::string newick(const cluster::Linkage& linkage, const corpus::TokenTable& tokens)
{
    const std::size_t leaves = linkage.leafCount();
    const auto heightOf = [&](std::int32_t node) {
        const auto index = static_cast<std::size_t>(node);
        return index < leaves ? 0.0 : linkage.merges()[index - leaves].height;
    };
    // What is still to be written: a node with its branch, or a piece of punctuation.
    struct Step {
        std::int32_t node = -1;
        double length = 0.0;
        std::string text;
    };
    std::string text;
    std::vector<Step> steps;
    steps.push_back({static_cast<std::int32_t>(2 * leaves - 2), 0.0, {}});
    while (!steps.empty()) {
        const Step step = std::move(steps.back());
        steps.pop_back();
        if (step.node < 0) {
            text += step.text;
            continue;
        }
        const auto index = static_cast<std::size_t>(step.node);
        if (index < leaves) {
            text += leafName(tokens, index) + ":" + shortest(step.length);
            continue;
        }
        const cluster::Merge& merge = linkage.merges()[index - leaves];
        text += "(";
        steps.push_back({-1, 0.0, "):" + shortest(step.length)});
        steps.push_back({merge.right, merge.height - heightOf(merge.right), {}});
        steps.push_back({-1, 0.0, ","});
        steps.push_back({merge.left, merge.height - heightOf(merge.left), {}});
    }
    return text.substr(0, text.rfind(':')) + ";\n";
}

} // namespace palimpsest::exchange
