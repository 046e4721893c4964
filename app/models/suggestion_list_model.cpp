#include "models/suggestion_list_model.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "align/label_suggestions.h"
#include "models/concept_text.h"

namespace palimpsest::app {

namespace {

Selection::Side sideOf(const align::Suggestion& suggestion)
{
    return suggestion.inBase ? Selection::Base : Selection::FineTuned;
}

QString labelText(const SuggestionListModel::Row& row)
{
    return QString::fromStdString(row.labels->labelName(*row.suggestion.label));
}

/// What labels say of one layer.
std::vector<SuggestionListModel::Row> labelRows(
    const Comparison& layer, const SuggestionListModel::Labels& labels)
{
    std::vector<SuggestionListModel::Row> rows;
    for (const auto& known : labels.layers) {
        if (known->concepts[0] != layer->a || known->concepts[1] != layer->b
            || labels.set >= known->sets.size())
            continue;
        const auto& [base, fineTuned] = known->sets[labels.set];
        if (!base.counts || !fineTuned.counts)
            continue;
        for (const align::Suggestion& suggestion :
            align::labelSuggestionsOf(*layer, {*base.counts, base.matches},
                {*fineTuned.counts, fineTuned.matches}, SuggestionListModel::kPerReason))
            rows.push_back({layer, suggestion, (*known->labelSets)[labels.set].table});
    }
    return rows;
}

} // namespace

void SuggestionListModel::setSession(StudySession* session)
{
    if (session == m_session)
        return;
    if (m_session)
        disconnect(m_session, nullptr, this, nullptr);
    m_session = session;
    if (session) {
        connect(session, &StudySession::resultsChanged, this, [this] {
            m_all.clear();
            show();
        });
        connect(session, &StudySession::summariesChanged, this, &SuggestionListModel::start);
        connect(session, &StudySession::layerChanged, this, [this] {
            if (m_onlyShownLayer)
                show();
        });
    }
    Q_EMIT servicesChanged();
    start();
}

void SuggestionListModel::setJobs(JobController* jobs)
{
    m_jobs = jobs;
    Q_EMIT servicesChanged();
    start();
}

void SuggestionListModel::setAnnotations(Annotations* annotations)
{
    followNames(*this, m_annotations, annotations, {TitleRole});
    Q_EMIT servicesChanged();
}

void SuggestionListModel::setLabels(LabelSession* labels)
{
    if (labels == m_labels)
        return;
    if (m_labels)
        disconnect(m_labels, nullptr, this, nullptr);
    m_labels = labels;
    if (labels) {
        connect(labels, &LabelSession::computingChanged, this, &SuggestionListModel::labelsChanged);
        connect(labels, &LabelSession::currentChanged, this, &SuggestionListModel::labelsChanged);
    }
    Q_EMIT servicesChanged();
    start();
}

void SuggestionListModel::labelsChanged()
{
    if (!m_labels->isComputing())
        start();
}

void SuggestionListModel::setActive(bool active)
{
    if (active == m_active)
        return;
    m_active = active;
    Q_EMIT activeChanged();
    if (m_active && std::exchange(m_again, false))
        start();
}

void SuggestionListModel::setOnlyShownLayer(bool only)
{
    if (only == m_onlyShownLayer)
        return;
    m_onlyShownLayer = only;
    Q_EMIT filterChanged();
    show();
}

std::vector<SuggestionListModel::Row> SuggestionListModel::rank(
    const std::vector<Comparison>& layers, const Labels& labels)
{
    // By turns, since the bits of one reason would bury the others: the most polar concept, the most
    // scattered …
    std::map<align::Reason, std::vector<Row>> byReason;
    for (const Comparison& layer : layers) {
        for (const align::Suggestion& suggestion : align::suggestionsOf(*layer, kPerReason))
            byReason[suggestion.reason].push_back({layer, suggestion, nullptr});
        for (Row& row : labelRows(layer, labels))
            byReason[row.suggestion.reason].push_back(std::move(row));
    }
    std::size_t longest = 0;
    for (auto& [reason, rows] : byReason) {
        std::ranges::stable_sort(
            rows, std::ranges::greater{}, [](const Row& row) { return row.suggestion.surprise; });
        longest = std::max(longest, rows.size());
    }
    std::vector<Row> ranked;
    for (std::size_t turn = 0; turn < longest; ++turn)
        for (const auto reason : {align::Reason::Polar, align::Reason::LabelLost, align::Reason::Scattered,
                 align::Reason::LabelGained, align::Reason::Unpolar, align::Reason::Gathered})
            if (const auto& rows = byReason[reason]; turn < rows.size())
                ranked.push_back(rows[turn]);
    return ranked;
}

SuggestionListModel::Labels SuggestionListModel::labelsNow() const
{
    Labels labels{{}, 0};
    if (!m_labels || !m_session || m_labels->current() < 0)
        return labels;
    labels.set = static_cast<std::size_t>(m_labels->current());
    const auto numbers = m_session->layers();
    for (const int number : numbers) {
        auto layer = m_labels->layer(number);
        if (layer && layer->labelSets == m_labels->sets())
            labels.layers.push_back(std::move(layer));
    }
    return labels;
}

void SuggestionListModel::start()
{
    if (!m_active || m_job != 0) {
        m_again = true;
        return;
    }
    if (!m_session || !m_jobs || !m_session->isOpen() || m_session->summaries().empty())
        return;
    using Rows = std::vector<Row>;
    auto work = [layers = m_session->comparisons(), labels = labelsNow()](
                    const base::JobContext&) -> base::Result<Rows> { return rank(layers, labels); };
    auto done = [this, results = m_session->results()](base::Result<Rows> rows) {
        m_job = 0;
        if (rows && m_session && m_session->results() == results) {
            m_all = std::move(rows).value();
            show();
        }
        if (std::exchange(m_again, false))
            start();
    };
    m_job = m_jobs->start<Rows>({}, this, std::move(work), std::move(done));
}

void SuggestionListModel::show()
{
    std::vector<Row> rows;
    for (const Row& row : m_all) {
        if (rows.size() < kMost
            && (!m_onlyShownLayer || (m_session && row.layer->layerA == m_session->layer())))
            rows.push_back(row);
    }
    replaceRows(m_rows, std::move(rows));
}

QString SuggestionListModel::kindText(const Row& row)
{
    switch (row.suggestion.reason) {
    case align::Reason::Scattered:
        return tr("Scattered");
    case align::Reason::Gathered:
        return tr("Gathered");
    case align::Reason::Polar:
        return tr("More polar");
    case align::Reason::LabelLost:
        return tr("Label lost");
    case align::Reason::LabelGained:
        return tr("Label gained");
    case align::Reason::Unpolar:
        break;
    }
    return tr("Less polar");
}

QString SuggestionListModel::reasonText(const Row& row)
{
    const align::Suggestion& one = row.suggestion;
    const auto& concepts = conceptsOf(*row.layer, sideOf(one));
    const QString count = occurrencesText(concepts.size(one.id));
    switch (one.reason) {
    case align::Reason::Scattered:
        return tr("Its %1 went into %2 fine-tuned concepts").arg(count, countText(one.others));
    case align::Reason::Gathered:
        return tr("Its %1 come from %2 base concepts").arg(count, countText(one.others));
    case align::Reason::LabelLost:
        return tr(
            "%1 of its %2 are %3, and it carries that label; %4 of them are in fine-tuned concepts that do")
            .arg(percentText(one.share), count, labelText(row), percentText(one.otherShare));
    case align::Reason::LabelGained:
        return tr("%1 of its %2 are %3, and it carries that label; %4 of them are in base concepts that do")
            .arg(percentText(one.share), count, labelText(row), percentText(one.otherShare));
    case align::Reason::Polar:
    case align::Reason::Unpolar:
        break;
    }
    const QString name = classText(concepts.tokens().corpus(), one.classIndex);
    const QString there = one.reason == align::Reason::Polar
        ? tr("%1 of its %2 are %3; the base concepts of the same occurrences have %4 of it")
        : tr("%1 of its %2 are %3; the fine-tuned concepts of the same occurrences have %4 of it");
    return there.arg(percentText(one.share), count, name, percentText(one.otherShare));
}

QString SuggestionListModel::titleText(const Row& row) const
{
    const ConceptRef ref{sideOf(row.suggestion), row.suggestion.id};
    const QString layer = QString::number(row.layer->layerA);
    const QString title = conceptTitle(m_annotations, *row.layer, ref);
    if (title != conceptTitle(ref.id))
        return (ref.side == Selection::Base ? tr("Layer %1, base “%2”") : tr("Layer %1, fine-tuned “%2”"))
            .arg(layer, title);
    return (
        ref.side == Selection::Base ? tr("Layer %1, base concept %2") : tr("Layer %1, fine-tuned concept %2"))
        .arg(layer, QString::number(base::toIndex(ref.id)));
}

QVariant SuggestionListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const Selection::Side side = sideOf(row.suggestion);
    const int id = static_cast<int>(base::toIndex(row.suggestion.id));
    switch (role) {
    case LayerRole:
        return row.layer->layerA;
    case SideRole:
        return static_cast<int>(side);
    case ConceptIdRole:
        return id;
    case Qt::DisplayRole:
    case TitleRole:
        return titleText(row);
    case WordsRole:
        return topWords(conceptsOf(*row.layer, side), row.suggestion.id, 3);
    case ReasonRole:
        return reasonText(row);
    case KindRole:
        return kindText(row);
    case SurpriseTextRole:
        return tr("%1 bits").arg(
            countText(static_cast<std::uint64_t>(std::llround(row.suggestion.surprise))));
    default:
        return {};
    }
}

QHash<int, QByteArray> SuggestionListModel::roleNames() const
{
    return {{LayerRole, "layerNumber"}, {SideRole, "side"}, {ConceptIdRole, "conceptId"},
        {TitleRole, "title"}, {WordsRole, "conceptWords"}, {ReasonRole, "reason"}, {KindRole, "kind"},
        {SurpriseTextRole, "surpriseText"}};
}

} // namespace palimpsest::app
