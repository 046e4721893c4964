#include "models/suggestion_list_model.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "models/concept_text.h"
#include "models/word_mask.h"

namespace palimpsest::app {

namespace {

Selection::Side sideOf(const align::Suggestion& suggestion)
{
    return suggestion.inBase ? Selection::Base : Selection::FineTuned;
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
    if (WordMask* mask = WordMask::instance())
        connect(mask, &WordMask::changed, this, &SuggestionListModel::show, Qt::UniqueConnection);
    Q_EMIT servicesChanged();
    start();
}

void SuggestionListModel::setJobs(JobController* jobs)
{
    m_jobs = jobs;
    Q_EMIT servicesChanged();
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

std::vector<SuggestionListModel::Row> SuggestionListModel::rank(const std::vector<Comparison>& layers)
{
    // By turns, since the bits of one reason would bury the others: the most polar concept, the most
    // scattered …
    std::map<align::Reason, std::vector<Row>> byReason;
    for (const Comparison& layer : layers)
        for (const align::Suggestion& suggestion : align::suggestionsOf(*layer, kPerReason))
            byReason[suggestion.reason].push_back({layer, suggestion});
    std::size_t longest = 0;
    for (auto& [reason, rows] : byReason) {
        std::ranges::stable_sort(
            rows, std::ranges::greater{}, [](const Row& row) { return row.suggestion.surprise; });
        longest = std::max(longest, rows.size());
    }
    std::vector<Row> ranked;
    for (std::size_t turn = 0; turn < longest; ++turn)
        for (const auto reason :
            {align::Reason::Polar, align::Reason::Scattered, align::Reason::Unpolar, align::Reason::Gathered})
            if (const auto& rows = byReason[reason]; turn < rows.size())
                ranked.push_back(rows[turn]);
    return ranked;
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
    auto work = [layers = m_session->comparisons()](
                    const base::JobContext&) -> base::Result<Rows> { return rank(layers); };
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
    beginResetModel();
    m_rows.clear();
    for (const Row& row : m_all) {
        if (m_rows.size() < kMost
            && (!m_onlyShownLayer || (m_session && row.layer->layerA == m_session->layer())))
            m_rows.push_back(row);
    }
    endResetModel();
    Q_EMIT countChanged();
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

int SuggestionListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
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
        return (
            side == Selection::Base ? tr("Layer %1, base concept %2") : tr("Layer %1, fine-tuned concept %2"))
            .arg(row.layer->layerA)
            .arg(id);
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
