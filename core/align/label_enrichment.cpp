#include "align/label_enrichment.h"

#include <string>
#include <unordered_map>
#include <utility>

namespace palimpsest::align {

using label::LabelId;

namespace {

/// What is below one node.
struct Below {
    std::unordered_map<LabelId, std::uint32_t> counts;
    std::optional<LabelId> best;
    std::uint32_t bestCount = 0;
    std::uint32_t leaves = 1;
};

class Enricher {
public:
    Enricher(const label::LabelTable& table, std::size_t nodeCount)
        : m_table(table)
        , m_totals(table.labelCount(), 0)
    {
        m_result.nodes.reserve(nodeCount);
        m_result.homes.resize(table.labelCount());
        for (const LabelId label : table.parts().labels)
            ++m_totals[label];
    }

    Below leaf(std::size_t row)
    {
        Below below;
        const auto node = static_cast<std::int32_t>(m_result.nodes.size());
        for (const LabelId label : m_table.labelsOf(base::toId<base::TokenId>(row))) {
            if (!m_table.saysNone(label))
                raise(below, node, label, 1);
        }
        record(below);
        return below;
    }

    Below merge(Below a, Below b)
    {
        if (a.counts.size() < b.counts.size())
            std::swap(a, b);
        a.leaves += b.leaves;
        const auto node = static_cast<std::int32_t>(m_result.nodes.size());
        // Counts only rise, and a label that only one side has became rarer: only those poured in can be the
        // new best or find a better home here. The order of the map does not matter to either.
        for (const auto& [label, count] : b.counts)
            raise(a, node, label, count);
        record(a);
        return a;
    }

    TreeEnrichment take() { return std::move(m_result); }

private:
    void raise(Below& below, std::int32_t node, LabelId label, std::uint32_t by)
    {
        const std::uint32_t count = below.counts[label] += by;
        if (count > below.bestCount || (count == below.bestCount && label < *below.best)) {
            below.best = label;
            below.bestCount = count;
        }
        LabelHome& home = m_result.homes[label];
        const double f1 = 2.0 * count / (static_cast<double>(below.leaves) + m_totals[label]);
        if (f1 > home.f1)
            home = {node, static_cast<double>(count) / below.leaves,
                static_cast<double>(count) / m_totals[label], f1};
    }

    void record(const Below& below)
    {
        NodeLabel node;
        node.best = below.best;
        node.count = below.bestCount;
        if (below.best) {
            node.share = static_cast<double>(below.bestCount) / below.leaves;
            node.lift = node.share * static_cast<double>(m_table.rowCount()) / m_totals[*below.best];
        }
        m_result.nodes.push_back(node);
    }

    const label::LabelTable& m_table;
    std::vector<std::uint32_t> m_totals;
    TreeEnrichment m_result;
};

} // namespace

base::Result<TreeEnrichment> enrich(
    const cluster::Linkage& linkage, const label::LabelTable& table, const base::JobContext& ctx)
{
    constexpr std::size_t kMergesPerReport = 1024;
    const std::size_t leaves = linkage.leafCount();
    if (leaves != table.rowCount()) {
        return base::Error{base::ErrorCode::ShapeMismatch,
            "The label set \"" + table.name() + "\" has " + std::to_string(table.rowCount())
                + " rows for a tree of " + std::to_string(leaves) + " leaves; attach it again"};
    }
    Enricher enricher(table, 2 * leaves - 1);
    std::vector<Below> open;
    open.reserve(2 * leaves - 1);
    for (std::size_t row = 0; row < leaves; ++row)
        open.push_back(enricher.leaf(row));
    std::size_t done = 0;
    for (const cluster::Merge& merge : linkage.merges()) {
        if (done++ % kMergesPerReport == 0) {
            if (ctx.stopRequested())
                return base::cancelled();
            ctx.progress(static_cast<double>(done) / static_cast<double>(leaves), "Labelling the tree");
        }
        Below& left = open[static_cast<std::size_t>(merge.left)];
        Below& right = open[static_cast<std::size_t>(merge.right)];
        open.push_back(enricher.merge(std::move(left), std::move(right)));
        // Moved-from maps keep no memory, so that the whole stays O(labels of all rows).
        left = {};
        right = {};
    }
    ctx.progress(1.0, "Labelling the tree");
    return enricher.take();
}

} // namespace palimpsest::align
