#pragma once
// Human-defined labels of the analysed occurrences: none, one or several per row of a token table.
// Thread: immutable; share by shared_ptr<const LabelTable>.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/ids.h"
#include "base/result.h"

namespace palimpsest::label {

/// Index into LabelTable::names().
using LabelId = std::uint32_t;

/// More different labels than this in one set are no classification but a copy of the text.
inline constexpr std::size_t kMaxLabels = 1'000'000;

/// The arrays a LabelTable consists of; also what the project file stores.
struct LabelParts {
    std::string name; ///< of the set: "POS", "Casing"; what comes before the colon in "POS:NN"
    std::vector<std::string> names; ///< LabelId → label, in order of first appearance, all different
    std::vector<std::uint32_t> start; ///< labels of row r are labels[start[r] .. start[r+1]); rows + 1
    std::vector<LabelId> labels; ///< of all rows, one after the other; none twice in a row
    /// Labels that contain each other (n-grams): of those that a concept aligns with, the longest is its
    /// label.
    bool longestWins = false;
};

class LabelTable {
public:
    /// Checks every index and size. Fails with Malformed (the parts may come from a damaged project file).
    [[nodiscard]] static base::Result<std::shared_ptr<const LabelTable>> fromParts(LabelParts parts);

    [[nodiscard]] const std::string& name() const { return m_parts.name; }
    [[nodiscard]] std::size_t rowCount() const { return m_parts.start.size() - 1; }
    [[nodiscard]] std::size_t labelCount() const { return m_parts.names.size(); }
    [[nodiscard]] const std::string& labelName(LabelId label) const { return m_parts.names[label]; }
    [[nodiscard]] std::span<const LabelId> labelsOf(base::TokenId row) const
    {
        const std::size_t index = base::toIndex(row);
        return std::span(m_parts.labels)
            .subspan(m_parts.start[index], m_parts.start[index + 1] - m_parts.start[index]);
    }
    [[nodiscard]] bool longestWins() const { return m_parts.longestWins; }
    /// Labels that say "none": those that end in `_UNK`, and "O" where all others are of the BIO scheme
    /// (B-NP, I-NP, …). A row whose labels are all of this kind counts as unlabelled.
    [[nodiscard]] bool saysNone(LabelId label) const { return m_saysNone[label] != 0; }
    [[nodiscard]] const LabelParts& parts() const { return m_parts; }

private:
    explicit LabelTable(LabelParts parts);
    LabelParts m_parts;
    std::vector<std::uint8_t> m_saysNone;
};

/// Collects the labels of one row after the other.
class LabelTableBuilder {
public:
    explicit LabelTableBuilder(std::string name);

    /// A label of the row that is being built; a repetition within the row is left out.
    void add(std::string_view label);
    /// Ends the row, with or without labels.
    void endRow();
    [[nodiscard]] std::size_t rowCount() const { return m_parts.start.size() - 1; } ///< ended rows
    /// Fails with TooLarge (more than kMaxLabels different labels, or more labels than an index can name).
    [[nodiscard]] base::Result<std::shared_ptr<const LabelTable>> finish() &&;

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    LabelParts m_parts;
    std::vector<std::uint32_t> m_lastRow; ///< by label; rows from 1, 0: not yet
    std::unordered_map<std::string, LabelId, Hash, std::equal_to<>> m_ids;
};

/// The labels that hold together: for each pair (x of `a`, y of `b`) on one row the label "x + y". Labels
/// that say none are left out. Both tables must be over the same rows; the name is "A + B". Fails as finish()
/// does, and with ShapeMismatch.
[[nodiscard]] base::Result<std::shared_ptr<const LabelTable>> joinLabels(
    const LabelTable& a, const LabelTable& b);

} // namespace palimpsest::label
