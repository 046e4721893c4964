#include "label/label_table.h"

#include <algorithm>
#include <limits>
#include <unordered_set>
#include <utility>

namespace palimpsest::label {

using base::Error;
using base::ErrorCode;

namespace {

Error malformed(const std::string& name, const std::string& what)
{
    return {ErrorCode::Malformed,
        "The stored labels \"" + name + "\" are damaged: " + what + "; attach the source again"};
}

bool isBio(std::string_view label)
{
    return label.size() > 2 && label[1] == '-'
        && std::string_view("BIESLU").find(label[0]) != std::string_view::npos;
}

/// "O" marks what is outside of every chunk only where the other labels are chunks.
bool usesBio(const std::vector<std::string>& names)
{
    bool any = false;
    for (const std::string& name : names) {
        if (name == "O")
            continue;
        if (!isBio(name))
            return false;
        any = true;
    }
    return any;
}

bool rowsAreSound(const LabelParts& parts)
{
    std::vector<std::uint32_t> lastRow(parts.names.size(), std::numeric_limits<std::uint32_t>::max());
    for (std::uint32_t row = 0; row + 1 < parts.start.size(); ++row) {
        for (std::uint32_t i = parts.start[row]; i < parts.start[row + 1]; ++i) {
            const LabelId id = parts.labels[i];
            if (id >= parts.names.size() || lastRow[id] == row)
                return false;
            lastRow[id] = row;
        }
    }
    return true;
}

} // namespace

LabelTable::LabelTable(LabelParts parts)
    : m_parts(std::move(parts))
{
    const bool bio = usesBio(m_parts.names);
    m_saysNone.reserve(m_parts.names.size());
    for (const std::string& name : m_parts.names)
        m_saysNone.push_back(name.ends_with("_UNK") || (bio && name == "O") ? 1 : 0);
}

base::Result<std::shared_ptr<const LabelTable>> LabelTable::fromParts(LabelParts parts)
{
    if (parts.start.empty() || parts.start.front() != 0 || parts.start.back() != parts.labels.size()
        || !std::is_sorted(parts.start.begin(), parts.start.end()))
        return malformed(parts.name, "its rows do not divide its labels");
    if (parts.names.size() > kMaxLabels)
        return malformed(parts.name, "it has " + std::to_string(parts.names.size()) + " labels");
    std::unordered_set<std::string_view> seen;
    for (const std::string& name : parts.names) {
        if (!seen.insert(name).second)
            return malformed(parts.name, "two labels have the same name");
    }
    if (!rowsAreSound(parts))
        return malformed(parts.name, "a row names a label twice or one that does not exist");
    return std::shared_ptr<const LabelTable>(new LabelTable(std::move(parts)));
}

LabelTableBuilder::LabelTableBuilder(std::string name)
{
    m_parts.name = std::move(name);
    m_parts.start.push_back(0);
}

void LabelTableBuilder::add(std::string_view label)
{
    // Too many are kept as one too many, so that finish() can say so.
    if (m_parts.names.size() > kMaxLabels || m_parts.labels.size() >= std::numeric_limits<LabelId>::max())
        return;
    auto found = m_ids.find(label);
    if (found == m_ids.end()) {
        found = m_ids.emplace(std::string(label), static_cast<LabelId>(m_parts.names.size())).first;
        m_parts.names.emplace_back(label);
    }
    // The number of ended rows stands for the row in which a label was last added.
    m_lastRow.resize(m_parts.names.size(), 0);
    if (std::uint32_t& last = m_lastRow[found->second]; last != m_parts.start.size()) {
        last = static_cast<std::uint32_t>(m_parts.start.size());
        m_parts.labels.push_back(found->second);
    }
}

void LabelTableBuilder::endRow()
{
    m_parts.start.push_back(static_cast<std::uint32_t>(m_parts.labels.size()));
}

base::Result<std::shared_ptr<const LabelTable>> LabelTableBuilder::finish() &&
{
    if (m_parts.names.size() > kMaxLabels || m_parts.labels.size() >= std::numeric_limits<LabelId>::max()) {
        return Error{ErrorCode::TooLarge,
            "The label set \"" + m_parts.name + "\" has too many labels (more than "
                + std::to_string(kMaxLabels) + " different ones); choose a coarser one"};
    }
    return LabelTable::fromParts(std::move(m_parts));
}

base::Result<std::shared_ptr<const LabelTable>> joinLabels(const LabelTable& a, const LabelTable& b)
{
    if (a.rowCount() != b.rowCount()) {
        return Error{ErrorCode::ShapeMismatch,
            "The label sets \"" + a.name() + "\" and \"" + b.name()
                + "\" belong to different occurrences; attach both to the same project"};
    }
    LabelTableBuilder builder(a.name() + " + " + b.name());
    for (std::size_t row = 0; row < a.rowCount(); ++row) {
        const auto id = base::toId<base::TokenId>(row);
        for (const LabelId x : a.labelsOf(id)) {
            if (a.saysNone(x))
                continue;
            for (const LabelId y : b.labelsOf(id)) {
                if (!b.saysNone(y))
                    builder.add(a.labelName(x) + " + " + b.labelName(y));
            }
        }
        builder.endRow();
    }
    return std::move(builder).finish();
}

} // namespace palimpsest::label
