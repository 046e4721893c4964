#include "layout/tanglegram.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "layout/crossing_order.h"

namespace palimpsest::layout {

std::vector<Link> linksOf(const align::LayerComparison& comparison)
{
    const align::Overlap& overlap = *comparison.overlap;
    const double theta = comparison.alignment.theta;
    std::vector<Link> links;
    for (std::size_t i = 0; i < overlap.countA(); ++i) {
        const auto a = base::toId<base::ClusterId>(i);
        for (const align::OverlapCell& cell : overlap.cellsOfA(a)) {
            // By division, as align() does: 9 of 10 is aligned at 0.9.
            const bool inB = static_cast<double>(cell.shared) / overlap.sizeA(a) >= theta;
            const bool inA = static_cast<double>(cell.shared) / overlap.sizeB(cell.other) >= theta;
            if (inA || inB)
                links.push_back({a, cell.other, cell.shared,
                    inA && inB ? align::Status::Kept
                        : inB  ? align::Status::Merged
                               : align::Status::Split});
        }
        const align::Match& match = comparison.alignment.a[i];
        if (match.status == align::Status::Vanished && match.shared > 0)
            links.push_back({a, match.counterpart, match.shared, align::Status::Vanished});
    }
    for (std::size_t i = 0; i < overlap.countB(); ++i) {
        const align::Match& match = comparison.alignment.b[i];
        const Link link{
            match.counterpart, base::toId<base::ClusterId>(i), match.shared, align::Status::Vanished};
        const bool known = match.shared > 0
            && comparison.alignment.a[base::toIndex(match.counterpart)].counterpart == link.b
            && comparison.alignment.a[base::toIndex(match.counterpart)].status == align::Status::Vanished;
        if (match.status == align::Status::New && match.shared > 0 && !known)
            links.push_back(link);
    }
    std::sort(links.begin(), links.end(),
        [](const Link& x, const Link& y) { return std::tie(x.a, x.b) < std::tie(y.a, y.b); });
    return links;
}

base::Result<std::shared_ptr<const Tanglegram>> makeTanglegram(
    std::shared_ptr<const align::LayerComparison> comparison,
    std::shared_ptr<const cluster::Linkage> linkageA, std::shared_ptr<const cluster::Linkage> linkageB,
    const TanglegramOptions& options, const std::shared_ptr<const Tanglegram>& before,
    const base::JobContext& ctx)
{
    auto made = std::make_shared<Tanglegram>();
    made->options = options;
    const bool sameConcepts = before && before->comparison->overlap == comparison->overlap;
    Orientation orientation;
    if (sameConcepts) {
        orientation = {before->a->options().flipped, before->b->options().flipped, before->crossings,
            before->crossingsBefore};
    } else {
        PALIMPSEST_TRY(turned,
            orientTrees(*linkageA, *comparison->a, *linkageB, *comparison->b, *comparison->overlap, ctx));
        orientation = std::move(turned);
    }
    made->crossings = orientation.crossings;
    made->crossingsBefore = orientation.crossingsBefore;
    if (sameConcepts && before->options == options) {
        made->a = before->a;
        made->b = before->b;
    } else {
        made->a = TreeLayout::make(
            std::move(linkageA), comparison->a, {options.room, std::move(orientation.a), options.collapsedA});
        if (ctx.stopRequested())
            return base::cancelled();
        made->b = TreeLayout::make(
            std::move(linkageB), comparison->b, {options.room, std::move(orientation.b), options.collapsedB});
    }
    made->links = linksOf(*comparison);
    made->comparison = std::move(comparison);
    return std::shared_ptr<const Tanglegram>(std::move(made));
}

} // namespace palimpsest::layout
