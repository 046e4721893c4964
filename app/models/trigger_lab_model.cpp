#include "models/trigger_lab_model.h"

#include <QSaveFile>

#include <algorithm>
#include <utility>

#include "bridge/job_controller.h"
#include "bridge/paths.h"
#include "models/concept_text.h"
#include "models/number_text.h"
#include "models/task_model.h"
#include "pipeline/trigger_report.h"

namespace palimpsest::app {

namespace {

constexpr int kAllPositions = 3;

TriggerListModel::Row triggerRow(pipeline::TriggerKind kind, const pipeline::TriggerRow& trigger)
{
    TriggerListModel::Row row;
    row.kind = kind;
    row.words = trigger.words;
    row.rate = trigger.rate.rate();
    row.interval = trigger.rate.interval();
    row.flips = trigger.rate;
    row.shift = trigger.shift;
    row.frequency = trigger.corpusCount;
    if (kind == pipeline::TriggerKind::Polar)
        row.conceptId = static_cast<int>(base::toIndex(trigger.cluster));
    return row;
}

TriggerListModel::Row triggerRow(const pipeline::TriggerGroup& group)
{
    TriggerListModel::Row row;
    row.kind = group.kind;
    row.words = group.rows.front().words;
    row.detail = TriggerLabModel::tr("mean of %1").arg(countText(group.rows.size()));
    row.rate = group.meanRate;
    row.interval = group.meanInterval;
    return row;
}

TriggerListModel::Row triggerRow(const pipeline::ComposedTrigger& composed)
{
    TriggerListModel::Row row;
    row.kind = composed.kind;
    row.words = composed.words;
    row.detail = (composed.words.size() == 1 ? TriggerLabModel::tr("%1 word %2")
                                             : TriggerLabModel::tr("%1 words %2"))
                     .arg(composed.words.size())
                     .arg(positionText(composed.position));
    row.rate = composed.rate.rate();
    row.interval = composed.rate.interval();
    row.flips = composed.rate;
    return row;
}

} // namespace

TriggerLabModel::TriggerLabModel(QObject* parent)
    : QObject(parent)
{
    connect(&m_shelf, &TriggerShelf::loaded, this, &TriggerLabModel::openShelf);
    connect(&m_shelf, &TriggerShelf::changed, this, &TriggerLabModel::shelfChanged);
}

void TriggerLabModel::setSession(StudySession* session)
{
    if (m_session)
        disconnect(m_session, nullptr, this, nullptr);
    m_session = session;
    m_shelf.setSession(session);
    if (!session)
        return;
    connect(session, &StudySession::layerChanged, this, &TriggerLabModel::layerOrCutChanged);
    connect(session, &StudySession::kChanged, this, &TriggerLabModel::layerOrCutChanged);
    connect(session, &StudySession::thetaChanged, this, &TriggerLabModel::optionsChanged);
    connect(&session->jobs(), &JobController::statusChanged, this, &TriggerLabModel::progressChanged);
}

void TriggerLabModel::setSelection(Selection* selection)
{
    if (m_selection)
        disconnect(m_selection, nullptr, this, nullptr);
    m_selection = selection;
    if (selection)
        connect(selection, &Selection::conceptChanged, this, &TriggerLabModel::optionsChanged);
    Q_EMIT optionsChanged();
}

void TriggerLabModel::setStudy(std::shared_ptr<const pipeline::TaskStudy> study)
{
    if (!study || !m_study || study->results != m_study->results) {
        cancel();
        m_error.clear();
        m_picked.clear();
        m_target = study && study->classNames.size() == 2 ? 1 : 0;
        m_study = study;
        show(nullptr);
        openShelf();
    }
    m_study = std::move(study);
    changed();
    Q_EMIT stateChanged();
}

TriggerLabModel::State TriggerLabModel::state() const
{
    if (!hasClassifier())
        return m_search ? Ready : Unavailable;
    if (m_job != 0)
        return Running;
    if (!m_error.isEmpty())
        return Failed;
    return m_search ? Ready : Idle;
}

bool TriggerLabModel::hasClassifier() const
{
    return m_study && m_study->classifier.model && pipeline::checkClassifier(*m_study);
}

double TriggerLabModel::progress() const
{
    const auto* row = m_session && m_job != 0 ? m_session->jobs().list()->find(m_job) : nullptr;
    return row ? row->fraction : 0.0;
}

QString TriggerLabModel::progressText() const
{
    const auto* row = m_session && m_job != 0 ? m_session->jobs().list()->find(m_job) : nullptr;
    return row ? row->message : QString();
}

void TriggerLabModel::changed()
{
    Q_EMIT optionsChanged();
}

void TriggerLabModel::layerOrCutChanged()
{
    m_picked.clear(); // their ids are of another cut
    showKept();
    changed();
}

void TriggerLabModel::setTarget(int target)
{
    if (std::exchange(m_target, target) == target)
        return;
    showKept();
    changed();
}

int TriggerLabModel::layer() const
{
    return m_session ? m_session->layer() : -1;
}

void TriggerLabModel::setOnlyPicked(bool only)
{
    if (std::exchange(m_onlyPicked, only) != only)
        changed();
}

QStringList TriggerLabModel::picked() const
{
    QStringList titles;
    for (const base::ClusterId id : m_picked)
        titles.append(conceptTitle(id));
    return titles;
}

bool TriggerLabModel::canPick() const
{
    if (!m_selection || m_selection->conceptId() < 0 || m_selection->side() != Selection::FineTuned)
        return false;
    const auto id = base::toId<base::ClusterId>(static_cast<std::size_t>(m_selection->conceptId()));
    return std::ranges::find(m_picked, id) == m_picked.end();
}

void TriggerLabModel::pickSelected()
{
    if (!canPick())
        return;
    m_picked.push_back(base::toId<base::ClusterId>(static_cast<std::size_t>(m_selection->conceptId())));
    m_onlyPicked = true;
    changed();
}

void TriggerLabModel::unpick(int index)
{
    if (index < 0 || static_cast<std::size_t>(index) >= m_picked.size())
        return;
    m_picked.erase(m_picked.begin() + index);
    changed();
}

void TriggerLabModel::setPosition(int position)
{
    if (std::exchange(m_position, std::clamp(position, 0, kAllPositions)) != position)
        changed();
}

void TriggerLabModel::setMostWords(int words)
{
    if (std::exchange(m_mostWords, std::clamp(words, 1, 50)) != words)
        changed();
}

void TriggerLabModel::setCandidates(int candidates)
{
    if (std::exchange(m_candidates, std::clamp(candidates, 1, 100000)) != candidates)
        changed();
}

void TriggerLabModel::setSentences(int sentences)
{
    if (std::exchange(m_sentences, std::max(0, sentences)) != sentences)
        changed();
}

bool TriggerLabModel::canStart() const
{
    return hasClassifier() && m_job == 0 && !(m_onlyPicked && m_picked.empty());
}

pipeline::TriggerOptions TriggerLabModel::options() const
{
    pipeline::TriggerOptions options;
    options.target = static_cast<std::size_t>(m_target);
    options.layer = layer();
    options.k = static_cast<std::size_t>(m_session->k());
    options.theta = m_session->theta();
    if (m_study && !m_study->hasGold())
        options.definition = concepts::ClassDefinition::Predicted;
    if (m_onlyPicked)
        options.concepts = m_picked;
    options.mostWords = static_cast<std::size_t>(m_mostWords);
    options.candidates = static_cast<std::size_t>(m_candidates);
    options.phrases = options.candidates / 8;
    options.sentences = static_cast<std::size_t>(m_sentences);
    if (m_position == kAllPositions)
        options.positions.assign(probe::kTriggerPositions.begin(), probe::kTriggerPositions.end());
    else
        options.positions = {static_cast<probe::TriggerPosition>(m_position)};
    return options;
}

bool TriggerLabModel::isOutdated() const
{
    if (!m_search || !m_session || !m_session->isOpen())
        return false;
    // Only what can be chosen here: searches of the command line have other seeds and phrases.
    const pipeline::TriggerOptions& made = m_search->options;
    const pipeline::TriggerOptions now = options();
    return made.target != now.target || made.layer != now.layer || made.k != now.k || made.theta != now.theta
        || made.concepts != now.concepts || made.candidates != now.candidates
        || made.sentences != now.sentences || made.mostWords != now.mostWords
        || made.positions != now.positions;
}

void TriggerLabModel::adopt(const pipeline::TriggerOptions& options)
{
    m_target = static_cast<int>(options.target);
    m_mostWords = static_cast<int>(options.mostWords);
    m_candidates = static_cast<int>(options.candidates);
    m_sentences = static_cast<int>(options.sentences);
    m_position = options.positions.size() > 1 ? kAllPositions : static_cast<int>(options.positions.front());
    const bool sameCut = options.layer == layer() && options.k == static_cast<std::size_t>(m_session->k());
    m_onlyPicked = !options.concepts.empty() && sameCut;
    m_picked = m_onlyPicked ? options.concepts : std::vector<base::ClusterId>();
}

void TriggerLabModel::openShelf()
{
    if (m_search || !m_session || m_shelf.searches().empty() || !m_study
        || m_study->results != m_session->results())
        return;
    const auto& all = m_shelf.searches();
    const auto ofLayer = std::find_if(all.rbegin(), all.rend(),
        [this](const SearchResult& search) { return search->found.layer == layer(); });
    const SearchResult newest = ofLayer == all.rend() ? all.back() : *ofLayer;
    adopt(newest->options);
    show(newest);
    changed();
    Q_EMIT stateChanged();
}

void TriggerLabModel::showKept()
{
    const SearchResult kept = m_shelf.of(layer(), static_cast<std::size_t>(std::max(0, m_target)));
    if (!kept || kept == m_search)
        return;
    m_error.clear();
    show(kept);
    Q_EMIT stateChanged();
}

void TriggerLabModel::shelfChanged()
{
    const auto& all = m_shelf.searches();
    if (m_search && std::ranges::find(all, m_search) == all.end())
        show(nullptr); // removed
    showKept(); // or come back
    changed();
    Q_EMIT stateChanged();
}

void TriggerLabModel::remove()
{
    if (m_search) {
        m_shelf.remove(
            m_search, tr("triggers towards %1, layer %2").arg(shownTargetName()).arg(m_search->found.layer));
    }
}

void TriggerLabModel::start()
{
    if (!canStart())
        return;
    m_error.clear();
    auto work
        = [study = m_study, options = options()](const base::JobContext& ctx) -> base::Result<SearchResult> {
        PALIMPSEST_TRY(kept, pipeline::searchKeptTriggers(*study, options, ctx));
        return std::make_shared<const pipeline::KeptTriggers>(std::move(kept));
    };
    auto done = [this, study = m_study](const base::Result<SearchResult>& search) {
        m_job = 0;
        if (study == m_study && search) {
            show(search.value());
            m_shelf.put(search.value());
        } else if (study == m_study && search.error().code != base::ErrorCode::Cancelled)
            m_error = QString::fromStdString(search.error().message);
        changed();
        Q_EMIT stateChanged();
    };
    m_job = m_session->jobs().start<SearchResult>(
        {tr("Trigger search"), jobs::Weight::Heavy, false}, this, std::move(work), std::move(done));
    changed();
    Q_EMIT stateChanged();
}

void TriggerLabModel::cancel()
{
    if (m_session && m_job != 0)
        m_session->jobs().cancel(m_job);
}

void TriggerLabModel::show(SearchResult search)
{
    m_search = std::move(search);
    std::vector<TriggerListModel::Row> triggers, kinds, composed;
    m_composedAt.clear();
    if (m_search) {
        const pipeline::TriggerSearch& found = m_search->found;
        for (const auto& trigger : found.groups.front().rows)
            triggers.push_back(triggerRow(pipeline::TriggerKind::Polar, trigger));
        for (const auto& group : found.groups)
            kinds.push_back(triggerRow(group));
        for (std::size_t i = 0; i < found.composed.size(); ++i) {
            if (found.composed[i].kind != pipeline::TriggerKind::Polar)
                continue;
            composed.push_back(triggerRow(found.composed[i]));
            m_composedAt.push_back(i);
        }
    }
    m_triggers.setRows(std::move(triggers));
    m_kinds.setRows(std::move(kinds));
    m_composed.setRows(std::move(composed));
    m_composedIndex = -1;
    setComposedIndex(0);
    Q_EMIT resultChanged();
}

void TriggerLabModel::setComposedIndex(int index)
{
    if (index == m_composedIndex)
        return;
    m_composedIndex = index;
    const bool there = index >= 0 && static_cast<std::size_t>(index) < m_composedAt.size();
    m_flipped.setSearch(
        there ? m_search : nullptr, there ? m_composedAt[static_cast<std::size_t>(index)] : 0);
    Q_EMIT composedIndexChanged();
}

QString TriggerLabModel::headline() const
{
    return m_search ? searchText(m_search->found, m_search->options.positions.front()) : QString();
}

QString TriggerLabModel::madeWith() const
{
    if (!m_search)
        return {};
    return tr("Computed with %1; linkage %2")
        .arg(searchOptionsText(m_search->options), QString::fromStdString(m_search->tree.hex()).left(8));
}

int TriggerLabModel::shownTarget() const
{
    return m_search ? static_cast<int>(m_search->found.target) : -1;
}

QString TriggerLabModel::shownTargetName() const
{
    return m_search ? triggerClassText(m_search->found, shownTarget()) : QString();
}

QString TriggerLabModel::comparisonText() const
{
    return m_search ? app::comparisonText(m_search->found) : QString();
}

Figure TriggerLabModel::figure() const
{
    return m_search ? searchFigure(*m_search) : Figure();
}

void TriggerLabModel::exportTriggers(const QString& pathOrUrl)
{
    if (m_search)
        write(pathOrUrl, pipeline::triggersTsv(m_search->found));
}

void TriggerLabModel::exportSentences(const QString& pathOrUrl)
{
    if (m_search)
        write(pathOrUrl, pipeline::flippedTsv(m_search->found));
}

void TriggerLabModel::write(const QString& pathOrUrl, std::string text)
{
    const QString path = toLocalFile(pathOrUrl);
    auto work = [path, text = std::move(text)](const base::JobContext&) -> base::Result<bool> {
        QSaveFile file(path);
        const QByteArray bytes = QByteArray::fromStdString(text);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
            return base::Error{base::ErrorCode::WriteFailed,
                path.toStdString() + " cannot be written (" + file.errorString().toStdString()
                    + "); choose another folder"};
        }
        return true;
    };
    m_session->jobs().start<bool>({tr("Export of triggers"), jobs::Weight::Light}, this, std::move(work),
        [](const base::Result<bool>&) {});
}

} // namespace palimpsest::app
