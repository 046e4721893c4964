#include "pipeline/kept_triggers.h"

#include <algorithm>
#include <utility>

namespace palimpsest::pipeline {

using project::TriggerCount;
using project::TriggerEntry;
using project::TriggerFlip;
using project::TriggerRecord;

namespace {

/// The value of that name; the store has checked that it is one of them.
template <typename Values, typename Name>
auto valueNamed(const Values& values, Name nameOf, std::string_view name)
{
    const auto found = std::ranges::find_if(values, [&](auto value) { return nameOf(value) == name; });
    return found == values.end() ? values.front() : *found;
}

TriggerCount triggerCountOf(const probe::FlipRate& rate)
{
    return {static_cast<std::uint32_t>(rate.flipped), static_cast<std::uint32_t>(rate.count)};
}

std::vector<TriggerCount> triggerCountsOf(const std::vector<probe::FlipRate>& rates)
{
    std::vector<TriggerCount> counts;
    for (const probe::FlipRate& rate : rates)
        counts.push_back(triggerCountOf(rate));
    return counts;
}

probe::FlipRate flipRateOf(const TriggerCount& count)
{
    return {count.flipped, count.count};
}

std::vector<probe::FlipRate> flipRatesOf(const std::vector<TriggerCount>& counts)
{
    std::vector<probe::FlipRate> rates;
    for (const TriggerCount& count : counts)
        rates.push_back(flipRateOf(count));
    return rates;
}

void writeTriggerOptions(TriggerRecord& record, const TriggerOptions& options)
{
    record.k = options.k;
    record.theta = options.theta;
    record.definition = concepts::definitionName(options.definition);
    record.balanced = options.balanced;
    for (const base::ClusterId id : options.concepts)
        record.picked.push_back(static_cast<std::uint32_t>(base::toIndex(id)));
    record.candidates = options.candidates;
    record.phrases = options.phrases;
    record.mostWords = options.mostWords;
    record.asked = options.sentences;
    for (const probe::TriggerPosition position : options.positions)
        record.positions.emplace_back(probe::positionName(position));
    record.seed = options.seed;
    record.controls = options.controls;
    record.gradientSearch = options.gradientSearch;
}

TriggerOptions triggerOptionsOf(const TriggerRecord& record)
{
    TriggerOptions options;
    options.target = record.target;
    options.layer = record.layer;
    options.k = record.k;
    options.theta = record.theta;
    options.definition = valueNamed(concepts::kClassDefinitions, concepts::definitionName, record.definition);
    options.balanced = record.balanced;
    for (const std::uint32_t id : record.picked)
        options.concepts.push_back(base::ClusterId{id});
    options.candidates = record.candidates;
    options.phrases = record.phrases;
    options.sentences = record.asked;
    options.mostWords = record.mostWords;
    options.positions.clear();
    for (const std::string& position : record.positions)
        options.positions.push_back(valueNamed(probe::kTriggerPositions, probe::positionName, position));
    options.seed = record.seed;
    options.controls = record.controls;
    options.gradientSearch = record.gradientSearch;
    return options;
}

TriggerRow triggerRowOf(const TriggerEntry& entry)
{
    TriggerRow row;
    row.words = entry.words;
    row.corpusCount = entry.frequency;
    row.cluster = base::ClusterId{static_cast<std::uint32_t>(std::max(0, entry.conceptId))};
    row.rate = flipRateOf(entry.flips);
    row.byClass = flipRatesOf(entry.byClass);
    row.shift = entry.shift;
    return row;
}

TriggerSearch triggerSearchOf(const TriggerRecord& record)
{
    TriggerSearch search;
    search.target = record.target;
    search.layer = record.layer;
    search.classNames = record.classNames;
    search.labels = record.labels;
    search.polarConcepts = record.polarConcepts;
    for (const std::uint32_t sentence : record.sentences)
        search.sentences.push_back(base::SentenceId{sentence});
    for (const TriggerEntry& entry : record.entries) {
        const TriggerKind kind = valueNamed(kTriggerKinds, kindName, entry.kind);
        if (search.groups.empty() || search.groups.back().kind != kind)
            search.groups.push_back({kind, {}, 0.0, {}});
        search.groups.back().rows.push_back(triggerRowOf(entry));
    }
    for (TriggerGroup& group : search.groups)
        setMeanRate(group);
    for (const TriggerEntry& entry : record.composed) {
        search.composed.push_back({valueNamed(kTriggerKinds, kindName, entry.kind),
            valueNamed(probe::kTriggerPositions, probe::positionName, entry.position), entry.words,
            flipRateOf(entry.flips), flipRatesOf(entry.byClass)});
    }
    for (const TriggerFlip& flip : record.flips) {
        search.flipped.push_back(
            {base::SentenceId{flip.sentence}, flip.composed, flip.classIndex, flip.original, flip.changed,
                flip.triggerAt, static_cast<float>(flip.before), static_cast<float>(flip.after)});
    }
    return search;
}

} // namespace

base::Result<KeptTriggers> searchKeptTriggers(
    const TaskStudy& study, TriggerOptions options, const base::JobContext& ctx)
{
    options = resolved(std::move(options), *study.results);
    KeptTriggers kept;
    PALIMPSEST_TRY(tree, study.results->treeKey(project::Side::FineTuned, options.layer));
    PALIMPSEST_TRY(found, searchTriggers(study, options, ctx));
    kept.options = std::move(options);
    kept.found = std::move(found);
    kept.tree = tree;
    return kept;
}

TriggerRecord triggerRecord(const KeptTriggers& kept)
{
    const TriggerSearch& found = kept.found;
    TriggerRecord record;
    record.layer = found.layer;
    record.target = found.target;
    record.classNames = found.classNames;
    record.labels = found.labels;
    record.polarConcepts = found.polarConcepts;
    record.tree = kept.tree;
    writeTriggerOptions(record, kept.options);
    for (const base::SentenceId id : found.sentences)
        record.sentences.push_back(static_cast<std::uint32_t>(base::toIndex(id)));
    const std::string first(probe::positionName(kept.options.positions.front()));
    for (const TriggerGroup& group : found.groups) {
        for (const TriggerRow& row : group.rows) {
            const bool polar = group.kind == TriggerKind::Polar;
            record.entries.push_back({std::string(kindName(group.kind)), first, row.words, row.corpusCount,
                polar ? static_cast<std::int32_t>(base::toIndex(row.cluster)) : -1, triggerCountOf(row.rate),
                triggerCountsOf(row.byClass), row.shift});
        }
    }
    for (const ComposedTrigger& each : found.composed) {
        record.composed.push_back(
            {std::string(kindName(each.kind)), std::string(probe::positionName(each.position)), each.words, 0,
                -1, triggerCountOf(each.rate), triggerCountsOf(each.byClass), 0.0});
    }
    for (const FlippedSentence& each : found.flipped) {
        record.flips.push_back({static_cast<std::uint32_t>(base::toIndex(each.sentence)),
            static_cast<std::uint32_t>(each.composed), each.classIndex, each.original, each.changed,
            static_cast<std::uint32_t>(each.triggerAt), static_cast<double>(each.before),
            static_cast<double>(each.after)});
    }
    return record;
}

KeptTriggers keptTriggers(const project::KeptTriggerRecord& record)
{
    return {
        triggerOptionsOf(record.record), triggerSearchOf(record.record), record.record.tree, record.current};
}

base::Status keepTriggers(const std::filesystem::path& project, const KeptTriggers& kept)
{
    PALIMPSEST_TRY(file, project::ProjectFile::open(project, project::ProjectFile::Mode::ReadWrite));
    return project::TriggerStore(file).put(triggerRecord(kept));
}

base::Result<std::vector<KeptTriggers>> readKeptTriggers(const std::filesystem::path& project)
{
    PALIMPSEST_TRY(file, project::ProjectFile::open(project, project::ProjectFile::Mode::ReadOnly));
    PALIMPSEST_TRY(records, project::TriggerStore(file).read());
    std::vector<KeptTriggers> all;
    for (const project::KeptTriggerRecord& record : records)
        all.push_back(keptTriggers(record));
    return all;
}

} // namespace palimpsest::pipeline
