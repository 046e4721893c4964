#include "project/label_curves.h"

#include <utility>

namespace palimpsest::project {

using base::Error;
using base::ErrorCode;

namespace {

base::Error noSuchLayer(
    const ProjectFile& file, const std::vector<LinkageEntry>& entries, Side side, int layer)
{
    std::string layers;
    for (const LinkageEntry& entry : entries) {
        if (entry.side == side)
            layers += (layers.empty() ? "" : ", ") + std::to_string(entry.layer);
    }
    const std::string model(sideName(side));
    return {ErrorCode::NotFound,
        file.path().string() + " has no layer " + std::to_string(layer) + " of the " + model + " model"
            + (layers.empty() ? ", nor any other; run the study or import one"
                              : "; it has layers " + layers)};
}

base::Result<LabelPoint> pointOf(const concepts::ConceptSet& concepts,
    const std::shared_ptr<const label::LabelTable>& set, const LabelCurveOptions& options,
    const base::JobContext& ctx)
{
    LabelPoint point;
    point.set = set->name();
    point.concepts = concepts.conceptCount();
    const auto counts = align::LabelCounts::make(concepts, set, options.measure);
    point.aligned = align::countAligned(align::matchLabels(*counts, options.label));
    PALIMPSEST_TRY(chance,
        align::chanceLevel(concepts, *set, options.measure, options.label, point.aligned, options.resampling,
            ctx.part(0.0, 0.5)));
    PALIMPSEST_TRY(interval,
        align::bootstrapAligned(
            concepts, *set, options.measure, options.label, options.resampling, ctx.part(0.5, 1.0)));
    point.chance = std::move(chance);
    point.interval = interval;
    return point;
}

} // namespace

base::Result<std::shared_ptr<const concepts::ConceptSet>> conceptsOf(const ProjectFile& file,
    const std::shared_ptr<const corpus::TokenTable>& tokens, Side side, int layer, std::size_t k)
{
    PALIMPSEST_TRY(entries, file.linkages());
    bool found = false;
    for (const LinkageEntry& entry : entries)
        found = found || (entry.side == side && entry.layer == layer);
    if (!found)
        return noSuchLayer(file, entries, side, layer);
    PALIMPSEST_TRY(linkage, file.readLinkage(side, layer));
    if (linkage.leafCount() != tokens->size()) {
        return Error{ErrorCode::Malformed,
            file.path().string() + " is damaged (layer " + std::to_string(layer) + " has "
                + std::to_string(linkage.leafCount()) + " leaves for " + std::to_string(tokens->size())
                + " rows); restore a copy or run the study into a new file"};
    }
    return concepts::ConceptSet::make(tokens, cluster::cut(linkage, k));
}

base::Result<std::vector<LabelPoint>> labelCurves(const ProjectFile& file,
    const std::shared_ptr<const corpus::TokenTable>& tokens,
    const std::vector<std::shared_ptr<const label::LabelTable>>& sets, const LabelCurveOptions& options,
    const base::JobContext& ctx)
{
    PALIMPSEST_TRY(entries, file.linkages());
    std::vector<LabelPoint> points;
    const auto total = static_cast<double>(entries.size() * sets.size());
    for (const LinkageEntry& entry : entries) {
        PALIMPSEST_TRY(concepts, conceptsOf(file, tokens, entry.side, entry.layer, options.k));
        for (const auto& set : sets) {
            const auto done = static_cast<double>(points.size());
            const std::string activity = "Layer " + std::to_string(entry.layer) + " of the "
                + std::string(sideName(entry.side)) + " model, " + set->name();
            const base::JobContext outer = ctx.part(done / total, (done + 1) / total);
            const base::JobContext inner(
                ctx.stopToken(),
                [&](double fraction, std::string_view) { outer.progress(fraction, activity); },
                [&](std::string warning) { ctx.warn(std::move(warning)); });
            PALIMPSEST_TRY(point, pointOf(*concepts, set, options, inner));
            point.side = entry.side;
            point.layer = entry.layer;
            points.push_back(std::move(point));
        }
    }
    ctx.progress(1.0, "Comparing with labels");
    return points;
}

} // namespace palimpsest::project
