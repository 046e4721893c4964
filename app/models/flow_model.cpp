#include "models/flow_model.h"

#include <algorithm>

#include "bridge/job_controller.h"
#include "models/concept_text.h"

namespace palimpsest::app {

void FlowModel::setSession(StudySession* session)
{
    if (session == m_session)
        return;
    if (m_session)
        disconnect(m_session, nullptr, this, nullptr);
    m_session = session;
    if (session) {
        connect(session, &StudySession::comparisonChanged, this, &FlowModel::request);
        connect(session, &StudySession::resultsChanged, this, [this] {
            m_error.clear();
            adopt(nullptr);
            request();
        });
        connect(session, &StudySession::openingChanged, this, &FlowModel::stateChanged);
    }
    Q_EMIT sessionChanged();
    request();
}

void FlowModel::setSelection(Selection* selection)
{
    if (selection == m_selection)
        return;
    if (m_selection)
        disconnect(m_selection, nullptr, this, nullptr);
    m_selection = selection;
    if (selection)
        connect(selection, &Selection::conceptChanged, this, &FlowModel::requestLineage);
    Q_EMIT selectionChanged();
    requestLineage();
}

void FlowModel::setNavigator(Navigator* navigator)
{
    if (navigator == m_navigator)
        return;
    m_navigator = navigator;
    Q_EMIT navigatorChanged();
}

void FlowModel::setAnnotations(Annotations* annotations)
{
    if (annotations == m_annotations)
        return;
    if (m_annotations)
        disconnect(m_annotations, nullptr, this, nullptr);
    m_annotations = annotations;
    m_lineage.setAnnotations(annotations);
    if (annotations) // the title of the lineage has a name in it
        connect(annotations, &Annotations::changed, this, &FlowModel::lineageChanged);
    Q_EMIT annotationsChanged();
}

void FlowModel::setActive(bool active)
{
    if (active == m_active)
        return;
    m_active = active;
    Q_EMIT activeChanged();
    request();
}

void FlowModel::setAcross(Across across)
{
    if (across == m_across)
        return;
    m_across = across;
    Q_EMIT optionsChanged();
    pick(-1, -1, -1);
    request();
}

void FlowModel::setGrouping(Grouping grouping)
{
    if (grouping == m_grouping)
        return;
    m_grouping = grouping;
    Q_EMIT optionsChanged();
    pick(-1, -1, -1);
    request();
}

FlowModel::State FlowModel::state() const
{
    if (!m_error.isEmpty())
        return Failed;
    if (m_flow)
        return Ready;
    return m_session && (m_session->isOpen() || m_session->isOpening()) ? Computing : NothingOpen;
}

void FlowModel::request()
{
    ++m_generation;
    if (m_session)
        m_session->jobs().cancel(m_job);
    m_job = 0;
    const auto comparison = m_session ? m_session->comparison() : nullptr;
    if (!m_active || !comparison) {
        Q_EMIT stateChanged();
        return;
    }
    const auto grouping = m_grouping == ByStatus ? align::FlowGrouping::Status : align::FlowGrouping::Class;
    auto work = [comparison, grouping, across = m_across, source = m_session->layerSource(),
                    layers = m_session->results()->layers()](
                    const base::JobContext& ctx) -> base::Result<Snapshot> {
        std::vector<align::FlowColumn> columns;
        if (across == Models) {
            columns.push_back(align::makeFlowColumn(comparison, false, grouping));
            columns.push_back(align::makeFlowColumn(comparison, true, grouping));
        } else {
            for (const int layer : layers) {
                if (ctx.stopRequested())
                    return base::cancelled();
                PALIMPSEST_TRY(compared, source(layer));
                columns.push_back(align::makeFlowColumn(compared, across == FineTunedLayers, grouping));
            }
        }
        return std::make_shared<const align::Flow>(align::makeFlow(grouping, std::move(columns)));
    };
    auto done = [this, generation = m_generation](const base::Result<Snapshot>& flow) {
        if (generation != m_generation)
            return;
        m_job = 0;
        if (flow) {
            m_error.clear();
            adopt(flow.value());
        } else if (flow.error().code != base::ErrorCode::Cancelled) {
            m_error = QString::fromStdString(flow.error().message);
        }
        Q_EMIT stateChanged();
    };
    JobController::Request job;
    job.announceFailure = false;
    m_job = m_session->jobs().start<Snapshot>(job, this, std::move(work), std::move(done));
    Q_EMIT stateChanged();
}

void FlowModel::retry()
{
    m_error.clear();
    request();
}

void FlowModel::adopt(Snapshot flow)
{
    m_flow = std::move(flow);
    clearLineage(); // of the flow before
    Q_EMIT snapshotChanged();
    if (!has(m_column, m_from, m_to))
        pick(-1, -1, -1);
    else
        requestWords();
    Q_EMIT currentChanged();
    Q_EMIT stateChanged();
    requestLineage();
}

QStringList FlowModel::groupNames() const
{
    QStringList names;
    if (!m_flow)
        return names;
    const auto groups = static_cast<int>(m_flow->columns.front().occurrences.size());
    for (int group = 0; group < groups; ++group) {
        if (m_flow->grouping == align::FlowGrouping::Status)
            names.append(statusText(static_cast<align::Status>(group)));
        else if (group + 1 < groups)
            names.append(classText(m_flow->columns.front().concepts().tokens().corpus(), group));
        else
            names.append(tr("No class"));
    }
    return names;
}

QStringList FlowModel::columnTitles() const
{
    QStringList titles;
    if (!m_flow)
        return titles;
    for (const align::FlowColumn& column : m_flow->columns) {
        const bool between = m_across == Models;
        titles.append((!between    ? tr("Layer %1")
                : column.fineTuned ? tr("Fine-tuned model, layer %1")
                                   : tr("Base model, layer %1"))
                          .arg(column.layer));
    }
    return titles;
}

bool FlowModel::has(int column, int from, int to) const
{
    return occurrencesOf(column, from, to) > 0;
}

std::uint32_t FlowModel::occurrencesOf(int column, int from, int to) const
{
    if (!m_flow || column < 0 || from < 0 || column >= static_cast<int>(m_flow->columns.size()))
        return 0;
    const auto at = static_cast<std::size_t>(column);
    if (to < 0) {
        const auto& counts = m_flow->columns[at].occurrences;
        return from < static_cast<int>(counts.size()) ? counts[static_cast<std::size_t>(from)] : 0;
    }
    const auto found = std::ranges::find_if(m_flow->ribbons, [&](const align::FlowRibbon& ribbon) {
        return ribbon.column == at && static_cast<int>(ribbon.from) == from
            && static_cast<int>(ribbon.to) == to;
    });
    return found == m_flow->ribbons.end() ? 0 : found->occurrences;
}

QString FlowModel::titleOf(int column, int from, int to) const
{
    if (!has(column, from, to))
        return {};
    const QStringList names = groupNames();
    if (to < 0)
        return tr("%1, %2").arg(columnTitles().value(column), names.value(from));
    if (m_across == Models)
        return tr("From %1 to %2").arg(names.value(from), names.value(to));
    const QStringList titles = columnTitles();
    return tr("From %1, %2 to %3, %4")
        .arg(titles.value(column), names.value(from), titles.value(column + 1), names.value(to));
}

QString FlowModel::textOf(int column, int from, int to) const
{
    const std::uint32_t count = occurrencesOf(column, from, to);
    if (count == 0)
        return {};
    const auto all = static_cast<double>(m_flow->columns.front().concepts().tokens().size());
    const QString share = percentText(count / all);
    if (to < 0) {
        const auto& data = m_flow->columns[static_cast<std::size_t>(column)];
        return tr("%1 in %2 concepts, %3 of all")
            .arg(
                occurrencesText(count), countText(data.conceptCounts[static_cast<std::size_t>(from)]), share);
    }
    return tr("%1, %2 of all, %3 of those it comes from")
        .arg(occurrencesText(count), share,
            percentText(count / static_cast<double>(occurrencesOf(column, from, -1))));
}

void FlowModel::pick(int column, int from, int to)
{
    const bool known = has(column, from, to);
    m_column = known ? column : -1;
    m_from = known ? from : -1;
    m_to = known ? to : -1;
    requestWords();
    Q_EMIT currentChanged();
}

void FlowModel::requestWords()
{
    const int generation = ++m_wordsGeneration;
    if (!m_flow || m_column < 0 || !m_session) {
        m_words.clear();
        return;
    }
    using Words = std::vector<concepts::WordCount>;
    const auto column = static_cast<std::size_t>(m_column);
    auto work = [flow = m_flow, column, from = static_cast<std::uint32_t>(m_from), to = m_to](
                    const base::JobContext&) -> base::Result<Words> {
        return align::wordsOfFlow(
            *flow, column, from, to < 0 ? std::nullopt : std::optional(static_cast<std::uint32_t>(to)));
    };
    auto done = [this, generation, flow = m_flow, column](const base::Result<Words>& counted) {
        if (!counted || generation != m_wordsGeneration)
            return;
        const align::FlowColumn& here = flow->columns[column];
        std::vector<ComparedWord> words;
        words.reserve(counted.value().size());
        for (const auto& [word, count] : counted.value())
            words.push_back({word, count, 0});
        m_words.setWords(here.fineTuned ? here.comparison->b : here.comparison->a, std::move(words));
    };
    m_session->jobs().cancel(m_wordsJob);
    m_wordsJob = m_session->jobs().start<Words>({}, this, std::move(work), std::move(done));
}

void FlowModel::clearLineage()
{
    ++m_lineageGeneration;
    m_lineage.setLineage(nullptr, nullptr, 0);
    Q_EMIT lineageChanged();
}

void FlowModel::requestLineage()
{
    const int id = m_selection ? m_selection->conceptId() : -1;
    if (!m_flow || !m_session || id < 0) {
        clearLineage();
        return;
    }
    const bool fineTuned = m_selection->side() == Selection::FineTuned;
    const auto& columns = m_flow->columns;
    const auto found = std::ranges::find_if(columns, [&](const align::FlowColumn& column) {
        return column.layer == m_session->layer() && column.fineTuned == fineTuned;
    });
    // While a newer comparison is on its way into a flow, the selection's ids are already those of the newer.
    const auto shown = m_session->comparison();
    if (found == columns.end() || !shown || shown->overlap != found->comparison->overlap
        || static_cast<std::size_t>(id) >= found->concepts().conceptCount()) {
        clearLineage();
        return;
    }
    const auto column = static_cast<std::size_t>(found - columns.begin());
    using Lineage = LineageListModel::Lineage;
    const int generation = ++m_lineageGeneration;
    auto work = [flow = m_flow, column, concept_ = base::toId<base::ClusterId>(static_cast<std::size_t>(id))](
                    const base::JobContext&) -> base::Result<Lineage> {
        return std::make_shared<const align::Lineage>(align::traceConcept(*flow, column, concept_));
    };
    auto done = [this, generation, flow = m_flow, column](const base::Result<Lineage>& lineage) {
        if (!lineage || generation != m_lineageGeneration)
            return;
        m_lineage.setLineage(flow, lineage.value(), column);
        Q_EMIT lineageChanged();
    };
    m_session->jobs().cancel(m_lineageJob);
    m_lineageJob = m_session->jobs().start<Lineage>({}, this, std::move(work), std::move(done));
}

QString FlowModel::lineageTitle() const
{
    if (m_lineage.count() == 0 || !m_selection || !m_session)
        return {};
    const auto id = static_cast<std::size_t>(m_selection->conceptId());
    const ConceptRef ref{m_selection->side(), base::toId<base::ClusterId>(id)};
    const QString title = conceptTitle(m_annotations, ref);
    if (title != conceptTitle(ref.id))
        return (ref.side == Selection::FineTuned ? tr("“%1”, fine-tuned concept of layer %2")
                                                 : tr("“%1”, base concept of layer %2"))
            .arg(title, QString::number(m_session->layer()));
    return (ref.side == Selection::FineTuned ? tr("Fine-tuned concept %1 of layer %2")
                                             : tr("Base concept %1 of layer %2"))
        .arg(m_selection->conceptId())
        .arg(m_session->layer());
}

void FlowModel::goToStep(int row)
{
    if (!m_navigator || row < 0 || row >= m_lineage.count())
        return;
    const ConceptRef ref = m_lineage.conceptAt(row);
    m_navigator->showConcept(m_lineage.layerAt(row), ref.side, static_cast<int>(base::toIndex(ref.id)), {});
}

} // namespace palimpsest::app
