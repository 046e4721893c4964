#include "layout/alluvial.h"

#include <algorithm>
#include <utility>

namespace palimpsest::layout {

namespace {

std::size_t blockCount(const align::FlowColumn& column)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(column.occurrences, [](std::uint32_t count) { return count > 0; }));
}

} // namespace

Alluvial layOutFlow(const align::Flow& flow, double gap)
{
    std::size_t most = 1;
    for (const align::FlowColumn& column : flow.columns)
        most = std::max(most, blockCount(column));
    const double gaps = std::min(0.5, gap * static_cast<double>(most - 1));
    const double each = most > 1 ? gaps / static_cast<double>(most - 1) : 0.0;

    Alluvial alluvial;
    const std::size_t rows = flow.columns.front().concepts().tokens().size();
    alluvial.perOccurrence = (1.0 - gaps) / static_cast<double>(std::max<std::size_t>(rows, 1));
    for (const align::FlowColumn& column : flow.columns) {
        double at = each * static_cast<double>(most - std::max<std::size_t>(blockCount(column), 1)) / 2;
        std::vector<Span>& blocks = alluvial.blocks.emplace_back();
        bool first = true;
        for (const std::uint32_t count : column.occurrences) {
            if (count > 0 && !std::exchange(first, false))
                at += each;
            blocks.push_back({at, at + count * alluvial.perOccurrence});
            at = blocks.back().bottom;
        }
    }
    // The flow's ribbons come by from, then to: leaving ends stack up in that order, and so do entering ones.
    std::vector<std::vector<double>> left, entered;
    for (const auto& blocks : alluvial.blocks) {
        std::vector<double>& tops = left.emplace_back();
        for (const Span& block : blocks)
            tops.push_back(block.top);
        entered.push_back(tops);
    }
    for (const align::FlowRibbon& ribbon : flow.ribbons) {
        const double height = ribbon.occurrences * alluvial.perOccurrence;
        double& from = left[ribbon.column][ribbon.from];
        double& to = entered[ribbon.column + 1][ribbon.to];
        alluvial.ribbons.push_back({{from, from + height}, {to, to + height}});
        from += height;
        to += height;
    }
    return alluvial;
}

std::vector<AlluvialRibbon> partsOf(
    const align::Flow& flow, const Alluvial& alluvial, std::span<const align::FlowRibbon> parts)
{
    std::vector<AlluvialRibbon> placed;
    for (const align::FlowRibbon& part : parts) {
        const auto whole = std::ranges::find_if(flow.ribbons, [&part](const align::FlowRibbon& ribbon) {
            return ribbon.column == part.column && ribbon.from == part.from && ribbon.to == part.to;
        });
        const AlluvialRibbon& room = alluvial.ribbons[static_cast<std::size_t>(whole - flow.ribbons.begin())];
        const double height = part.occurrences * alluvial.perOccurrence;
        placed.push_back({{room.from.top, room.from.top + height}, {room.to.top, room.to.top + height}});
    }
    return placed;
}

} // namespace palimpsest::layout
