#include "models/study_report.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTextDocumentFragment>

#include <algorithm>

#include "bridge/paths.h"
#include "models/concept_text.h"
#include "models/overview_model.h"
#include "models/suggestion_list_model.h"
#include "models/trigger_list_model.h"
#include "models/word_mask.h"

namespace palimpsest::app {

namespace {

constexpr std::size_t kSuggestions = 40;
constexpr std::size_t kPolarPerClass = 8;
constexpr std::size_t kReportWords = 8;
constexpr std::size_t kReportTriggers = 10; // of each search

QString reportText(const char* source)
{
    return QCoreApplication::translate("Report", source);
}

QString utf8(const std::string& text)
{
    return QString::fromStdString(text);
}

std::size_t kept(const std::array<std::size_t, align::kStatusCount>& counts, align::Status status)
{
    return counts[static_cast<std::size_t>(status)];
}

std::size_t sumOf(const std::array<std::size_t, align::kStatusCount>& counts)
{
    std::size_t sum = 0;
    for (const std::size_t count : counts)
        sum += count;
    return sum;
}

qlonglong whole(std::size_t number)
{
    return static_cast<qlonglong>(number);
}

double shareOf(std::size_t part, std::size_t all)
{
    return all == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(all);
}

bool hasClasses(const ReportSources& sources)
{
    return !sources.results->tokens()->corpus().classNames().empty();
}

void writeFinding(Document& document, const ReportSources& sources)
{
    document.heading(reportText(QT_TRANSLATE_NOOP("Report", "What fine-tuning did")));
    if (sources.summaries.empty())
        return;
    const QString sentence = findingSentence(sources.summaries, hasClasses(sources));
    document.text(QTextDocumentFragment::fromHtml(sentence).toPlainText());
    const align::LayerSummary& last = sources.summaries.back();
    document.text(reportText(QT_TRANSLATE_NOOP("Report",
                                 "In the last layer, %1, %2 of %3 base concepts are kept, %4 are split, %5 "
                                 "merged and %6 vanished; %7 of %8 fine-tuned concepts are new."))
                      .arg(last.layer)
                      .arg(countText(kept(last.statusA, align::Status::Kept)), countText(sumOf(last.statusA)),
                          countText(kept(last.statusA, align::Status::Split)),
                          countText(kept(last.statusA, align::Status::Merged)),
                          countText(kept(last.statusA, align::Status::Vanished)),
                          countText(kept(last.statusB, align::Status::New)), countText(sumOf(last.statusB))));
    document.note(reportText(QT_TRANSLATE_NOOP("Report",
        "A concept is kept when it and a concept of the other model hold at least θ of each other; merged "
        "when "
        "only it lies in one of the other model, split when only such a one lies in it, vanished (or new) "
        "otherwise. A task concept has at least θ of its 5 or more occurrences in sentences of one class.")));
}

void writeLayers(Document& document, const ReportSources& sources)
{
    document.heading(reportText(QT_TRANSLATE_NOOP("Report", "Layer by layer")));
    const auto& classes = sources.results->tokens()->corpus().classNames();
    DocumentTable table;
    table.header = {reportText(QT_TRANSLATE_NOOP("Report", "Layer")),
        reportText(QT_TRANSLATE_NOOP("Report", "Concepts")), reportText(QT_TRANSLATE_NOOP("Report", "Kept")),
        reportText(QT_TRANSLATE_NOOP("Report", "Share kept")),
        reportText(QT_TRANSLATE_NOOP("Report", "Split")), reportText(QT_TRANSLATE_NOOP("Report", "Merged")),
        reportText(QT_TRANSLATE_NOOP("Report", "Vanished")), reportText(QT_TRANSLATE_NOOP("Report", "New"))};
    for (std::size_t at = 0; at < classes.size(); ++at) {
        const QString name = classText(sources.results->tokens()->corpus(), static_cast<int>(at));
        table.header.append(reportText(QT_TRANSLATE_NOOP("Report", "Task %1, base")).arg(name));
        table.header.append(reportText(QT_TRANSLATE_NOOP("Report", "Task %1, fine-tuned")).arg(name));
    }
    for (const align::LayerSummary& layer : sources.summaries) {
        QVariantList row{layer.layer, whole(layer.k), whole(kept(layer.statusA, align::Status::Kept)),
            percentText(shareOf(kept(layer.statusA, align::Status::Kept), sumOf(layer.statusA))),
            whole(kept(layer.statusA, align::Status::Split)),
            whole(kept(layer.statusA, align::Status::Merged)),
            whole(kept(layer.statusA, align::Status::Vanished)),
            whole(kept(layer.statusB, align::Status::New))};
        for (std::size_t at = 0; at < classes.size(); ++at) {
            row.append(whole(at < layer.taskA.size() ? layer.taskA[at] : 0));
            row.append(whole(at < layer.taskB.size() ? layer.taskB[at] : 0));
        }
        table.rows.append(row);
    }
    table.all = table.rows.size();
    document.table(std::move(table));
}

void writeSuggestions(Document& document, const ReportSources& sources)
{
    document.heading(reportText(QT_TRANSLATE_NOOP("Report", "The most surprising concepts")));
    DocumentTable table;
    table.header = {reportText(QT_TRANSLATE_NOOP("Report", "Layer")),
        reportText(QT_TRANSLATE_NOOP("Report", "Model")), reportText(QT_TRANSLATE_NOOP("Report", "Concept")),
        reportText(QT_TRANSLATE_NOOP("Report", "Words")), reportText(QT_TRANSLATE_NOOP("Report", "Why")),
        reportText(QT_TRANSLATE_NOOP("Report", "Bits"))};
    const auto rows = SuggestionListModel::rank(sources.layers);
    for (std::size_t at = 0; at < std::min(kSuggestions, rows.size()); ++at) {
        const auto& [layer, one, labels] = rows[at];
        const auto side = one.inBase ? Selection::Base : Selection::FineTuned;
        table.rows.append({layer->layerA, sideText(side), static_cast<int>(base::toIndex(one.id)),
            topWords(one.inBase ? *layer->a : *layer->b, one.id, kReportWords),
            SuggestionListModel::reasonText(rows[at]), one.surprise});
    }
    table.all = whole(rows.size());
    document.table(std::move(table));
    document.note(reportText(QT_TRANSLATE_NOOP("Report",
        "By turns: more polar, scattered, less polar, gathered; of each reason the most surprising first. "
        "Bits "
        "are members times entropy, or times the divergence from what the other model's concepts of the same "
        "members give.")));
}

/// Largest task concepts of a class in one model's layer.
std::vector<base::ClusterId> largestTaskConcepts(
    const concepts::ConceptSet& concepts, std::size_t classIndex, double theta)
{
    std::vector<base::ClusterId> ids;
    for (std::size_t at = 0; at < concepts.conceptCount(); ++at) {
        const auto id = base::toId<base::ClusterId>(at);
        if (concepts.size(id) >= concepts::kMinimumTaskConceptSize
            && concepts::taskClass(concepts, id, theta) == classIndex)
            ids.push_back(id);
    }
    std::ranges::stable_sort(
        ids, std::ranges::greater{}, [&](base::ClusterId id) { return concepts.size(id); });
    ids.resize(std::min(ids.size(), kPolarPerClass));
    return ids;
}

void writeTaskConcepts(Document& document, const ReportSources& sources)
{
    if (!hasClasses(sources) || sources.layers.empty())
        return;
    const align::LayerComparison& last = *sources.layers.back();
    const corpus::Corpus& corpus = sources.results->tokens()->corpus();
    document.heading(
        reportText(QT_TRANSLATE_NOOP("Report", "Task concepts of the last layer, %1")).arg(last.layerA));
    DocumentTable table;
    table.header = {reportText(QT_TRANSLATE_NOOP("Report", "Class")),
        reportText(QT_TRANSLATE_NOOP("Report", "Model")), reportText(QT_TRANSLATE_NOOP("Report", "Concept")),
        reportText(QT_TRANSLATE_NOOP("Report", "Occurrences")),
        reportText(QT_TRANSLATE_NOOP("Report", "Words"))};
    for (std::size_t at = 0; at < corpus.classNames().size(); ++at) {
        for (const auto side : {Selection::Base, Selection::FineTuned}) {
            const auto& concepts = side == Selection::Base ? *last.a : *last.b;
            for (const base::ClusterId id : largestTaskConcepts(concepts, at, sources.theta)) {
                table.rows.append({classText(corpus, static_cast<int>(at)), sideText(side),
                    static_cast<int>(base::toIndex(id)), whole(concepts.size(id)),
                    topWords(concepts, id, kReportWords)});
            }
        }
    }
    table.all = table.rows.size();
    document.note(table.rows.isEmpty()
            ? reportText(QT_TRANSLATE_NOOP("Report", "There are none at this K and θ."))
            : reportText(QT_TRANSLATE_NOOP("Report", "The largest of each class, at most %1 a model."))
                  .arg(kPolarPerClass));
    if (!table.rows.isEmpty())
        document.table(std::move(table));
}

QVariantList triggerCells(const QString& kind, const QString& words, double rate,
    const base::Interval& interval, const QVariant& shift)
{
    return {kind, words, percentText(rate), intervalText(interval), shift};
}

void writeTriggerSearch(Document& document, const pipeline::KeptTriggers& search)
{
    const pipeline::TriggerSearch& found = search.found;
    const QString comparison = comparisonText(found);
    document.text(searchText(found, search.options.positions.front())
        + (comparison.isEmpty() ? QString() : QStringLiteral(". ") + comparison) + QLatin1Char('.'));
    if (!search.current) {
        document.text(reportText(QT_TRANSLATE_NOOP("Report",
            "This search is of an earlier run of the study: corpus, model or activations are others "
            "since.")));
    }
    document.figure(searchFigure(search));
    DocumentTable table;
    table.header = {reportText(QT_TRANSLATE_NOOP("Report", "Kind")),
        reportText(QT_TRANSLATE_NOOP("Report", "Trigger")),
        reportText(QT_TRANSLATE_NOOP("Report", "Sentences that flip")),
        reportText(QT_TRANSLATE_NOOP("Report", "95 % interval")),
        reportText(QT_TRANSLATE_NOOP("Report", "Shift of the logit"))};
    for (const pipeline::TriggerGroup& group : found.groups) {
        table.rows.append(triggerCells(kindText(group.kind),
            reportText(QT_TRANSLATE_NOOP("Report", "mean of %1")).arg(countText(group.rows.size())),
            group.meanRate, group.meanInterval, QString()));
    }
    const auto& polar = found.groups.front();
    for (std::size_t at = 0; at < std::min(kReportTriggers, polar.rows.size()); ++at) {
        const pipeline::TriggerRow& row = polar.rows[at];
        table.rows.append(triggerCells(
            kindText(polar.kind), triggerText(row.words), row.rate.rate(), row.rate.interval(), row.shift));
    }
    for (const pipeline::ComposedTrigger& each : found.composed) {
        if (each.words.size() > 1)
            table.rows.append(triggerCells(kindText(each.kind),
                triggerText(each.words) + QStringLiteral(", ") + positionText(each.position),
                each.rate.rate(), each.rate.interval(), QString()));
    }
    table.all = table.rows.size();
    document.table(std::move(table));
    document.note(reportText(QT_TRANSLATE_NOOP("Report", "Computed with %1; linkage %2."))
                      .arg(searchOptionsText(search.options), utf8(search.tree.hex())));
}

void writeTriggers(Document& document, const ReportSources& sources)
{
    if (sources.triggers.empty())
        return;
    document.heading(reportText(QT_TRANSLATE_NOOP("Report", "Adversarial triggers")));
    for (const pipeline::KeptTriggers& search : sources.triggers)
        writeTriggerSearch(document, search);
    document.note(reportText(QT_TRANSLATE_NOOP("Report",
        "Words of concepts that belong to a class are added to sentences of the other classes; counted is "
        "how "
        "many the classifier then gives this class. Intervals of single triggers are Wilson's over "
        "sentences, "
        "of means ± 1.96 standard errors over triggers.")));
}

void writeAnnotations(Document& document, const ReportSources& sources)
{
    DocumentTable table;
    table.header = {reportText(QT_TRANSLATE_NOOP("Report", "Layer")),
        reportText(QT_TRANSLATE_NOOP("Report", "Model")), reportText(QT_TRANSLATE_NOOP("Report", "Name")),
        reportText(QT_TRANSLATE_NOOP("Report", "Tags")), reportText(QT_TRANSLATE_NOOP("Report", "Rating")),
        reportText(QT_TRANSLATE_NOOP("Report", "Note")), reportText(QT_TRANSLATE_NOOP("Report", "By"))};
    for (const project::Annotation& one : sources.annotations) {
        QStringList tags;
        for (const std::string& tag : one.tags)
            tags.append(shownProse(utf8(tag)));
        const auto side = one.key.side == project::Side::Base ? Selection::Base : Selection::FineTuned;
        table.rows.append({one.key.layer, sideText(side), shownProse(utf8(one.name)),
            tags.join(QStringLiteral(", ")), one.rating > 0 ? QVariant(one.rating) : QVariant(QString()),
            shownProse(utf8(one.note)), utf8(one.key.annotator)});
    }
    if (table.rows.isEmpty())
        return;
    table.all = table.rows.size();
    table.rows = table.rows.mid(0, kMostPageRows);
    document.heading(reportText(QT_TRANSLATE_NOOP("Report", "What people say about concepts")));
    document.table(std::move(table));
}

/// Folders are of the machine that ran the study and say nothing elsewhere.
QString shownValue(const std::string& key, const std::string& value)
{
    const QString text = utf8(value);
    const bool isPath
        = key != "study" && text.startsWith(QLatin1Char('/')) && !text.contains(QLatin1Char('\n'));
    return isPath ? QFileInfo(text).fileName() : text;
}

void writeMethod(Document& document, const ReportSources& sources)
{
    const project::StudyResults& results = *sources.results;
    document.heading(reportText(QT_TRANSLATE_NOOP("Report", "What was done")));
    document.text(
        reportText(QT_TRANSLATE_NOOP("Report",
                       "Activations of %1 word occurrences in %2 sentences were taken from %3 layers of "
                       "both models, clustered with Ward's method (exact) and cut into K = %4 concepts "
                       "a layer. Concepts of both models are compared at θ = %5."))
            .arg(countText(results.tokens()->size()), countText(results.tokens()->corpus().sentenceCount()))
            .arg(results.layers().size())
            .arg(sources.summaries.empty() ? QString() : countText(sources.summaries.front().k))
            .arg(sources.theta, 0, 'f', 2));
    DocumentTable table;
    table.caption = reportText(QT_TRANSLATE_NOOP("Report", "Parameters and versions"));
    table.header
        = {reportText(QT_TRANSLATE_NOOP("Report", "Name")), reportText(QT_TRANSLATE_NOOP("Report", "Value"))};
    for (const auto& [key, value] : results.values()) {
        const QString text = shownValue(key, value);
        if (!text.isEmpty() && text.size() <= 400)
            table.rows.append({utf8(key), text});
    }
    table.all = table.rows.size();
    document.table(std::move(table));
    if (!sources.fingerprints.empty()) {
        DocumentTable keys;
        keys.caption = reportText(QT_TRANSLATE_NOOP("Report", "Fingerprints of the stages"));
        keys.header = {reportText(QT_TRANSLATE_NOOP("Report", "Stage")),
            reportText(QT_TRANSLATE_NOOP("Report", "Fingerprint"))};
        for (const auto& [stage, key] : sources.fingerprints)
            keys.rows.append({stage, key});
        keys.all = keys.rows.size();
        document.table(std::move(keys));
    }
    for (const std::string& warning : results.warnings())
        document.note(utf8(warning));
}

} // namespace

Document studyReport(const ReportSources& sources)
{
    const project::StudyResults& results = *sources.results;
    Document document;
    document.title = QFileInfo(toText(results.path())).completeBaseName();
    document.subtitle
        = reportText(
            QT_TRANSLATE_NOOP("Report",
                "%1 sentences, %2 word occurrences, %3 concepts a layer, θ = %4; made with Palimpsest"))
              .arg(countText(results.tokens()->corpus().sentenceCount()), countText(results.tokens()->size()),
                  sources.summaries.empty() ? QString() : countText(sources.summaries.front().k))
              .arg(sources.theta, 0, 'f', 2);
    writeFinding(document, sources);
    writeLayers(document, sources);
    if (!sources.figures.isEmpty())
        document.heading(reportText(QT_TRANSLATE_NOOP("Report", "Figures")));
    for (const Figure& figure : sources.figures)
        document.figure(figure);
    writeTaskConcepts(document, sources);
    writeTriggers(document, sources);
    writeSuggestions(document, sources);
    writeAnnotations(document, sources);
    writeMethod(document, sources);
    return document;
}

} // namespace palimpsest::app
