#include "pipeline/trigger_report.h"

#include <fmt/format.h>

namespace palimpsest::pipeline {

std::string joinedWords(const probe::Words& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

std::string flippedTsv(const TriggerSearch& search)
{
    std::string text = "sentence\tclass\ttarget\tposition\twords\ttrigger\tprobability_before\tprobability_"
                       "after\toriginal\tchanged\n";
    for (const FlippedSentence& each : search.flipped) {
        const ComposedTrigger& trigger = search.composed[each.composed];
        text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{:.4f}\t{:.4f}\t{}\t{}\n", base::toIndex(each.sentence),
            each.classIndex < 0 ? "" : search.classNames[static_cast<std::size_t>(each.classIndex)],
            search.classNames[search.target], probe::positionName(trigger.position), trigger.words.size(),
            joinedWords(trigger.words), each.before, each.after, each.original, each.changed);
    }
    return text;
}

std::string triggersTsv(const TriggerSearch& search)
{
    std::string text = "kind\ttrigger\ttarget\tlayer\tflipped\tsentences\trate\tlow\thigh\tshift\tfrequency\t"
                       "concept\n";
    for (const TriggerGroup& group : search.groups) {
        for (const TriggerRow& row : group.rows) {
            const base::Interval interval = row.rate.interval();
            text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{:.4f}\t{:.4f}\t{:.4f}\t{:.4f}\t{}\t{}\n",
                kindName(group.kind), joinedWords(row.words), search.classNames[search.target], search.layer,
                row.rate.flipped, row.rate.count, row.rate.rate(), interval.low, interval.high, row.shift,
                row.corpusCount,
                group.kind == TriggerKind::Polar ? std::to_string(base::toIndex(row.cluster)) : "");
        }
    }
    return text;
}

} // namespace palimpsest::pipeline
