#include "models/task_polarity_model.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "bridge/job_controller.h"
#include "models/concept_text.h"
#include "models/number_text.h"
#include "models/task_model.h"

namespace palimpsest::app {

namespace {

using PolarityLayers = std::vector<pipeline::LayerPolarity>;

ChartModel::Line polarityLine(const PolarityLayers& layers, concepts::ClassDefinition definition,
    project::Side side, std::size_t classIndex, const QString& className)
{
    const bool ofBase = side == project::Side::Base;
    ChartModel::Line line{ofBase ? TaskPolarityModel::tr("%1, base").arg(className) : className,
        ChartModel::ClassColor, static_cast<int>(classIndex), ofBase, {}, {}, {}};
    for (const pipeline::LayerPolarity& layer : layers) {
        if (layer.definition != definition || layer.side != side)
            continue;
        const std::size_t count = layer.summary.task[classIndex];
        const base::Interval interval = layer.interval(classIndex);
        const double share
            = layer.concepts == 0 ? 0.0 : static_cast<double>(count) / static_cast<double>(layer.concepts);
        line.values.push_back(100.0 * share);
        line.low.push_back(100.0 * interval.low);
        line.high.push_back(100.0 * interval.high);
        line.texts.append(percentText(share));
        line.details.append(TaskPolarityModel::tr("%1 (%2), %3 of %4, %5 surely above chance")
                                .arg(percentText(share), intervalText(interval), countText(count),
                                    countText(layer.concepts), countText(layer.summary.certain[classIndex])));
    }
    return line;
}

/// Task concepts of a class, or of all, the most polar first.
std::vector<TaskConceptListModel::Row> polarRows(const pipeline::TaskStudy& study,
    const concepts::ConceptSet& set, Selection::Side side, const pipeline::DefinedPolarities& all,
    std::size_t definition, int wantedClass)
{
    std::vector<TaskConceptListModel::Row> rows;
    for (std::size_t c = 0; c < study.classNames.size(); ++c) {
        if (wantedClass >= 0 && static_cast<std::size_t>(wantedClass) != c)
            continue;
        for (const base::ClusterId id : concepts::mostPolar(all[definition], c)) {
            const std::size_t i = base::toIndex(id);
            TaskConceptListModel::Row row{{side, id}, c, all[definition][i], {}};
            for (std::size_t d = 0; d < all.size(); ++d)
                row.shares[d] = all[d][i].counted == 0 || (d > 0 && study.predicted.empty())
                    ? -1.0
                    : all[d][i].shares[c];
            rows.push_back(std::move(row));
        }
    }
    std::ranges::stable_sort(rows, [&](const auto& a, const auto& b) {
        if (a.polarity.interval.low != b.polarity.interval.low)
            return a.polarity.interval.low > b.polarity.interval.low;
        return set.size(a.ref.id) > set.size(b.ref.id);
    });
    return rows;
}

} // namespace

TaskPolarityModel::TaskPolarityModel(QObject* parent)
    : QObject(parent)
{
    for (ChartModel*& chart : m_charts)
        chart = new ChartModel(ChartModel::Lines, this);
}

void TaskPolarityModel::setSession(StudySession* session)
{
    if (m_session)
        disconnect(m_session, nullptr, this, nullptr);
    m_session = session;
    if (!session)
        return;
    connect(session, &StudySession::summariesChanged, this, &TaskPolarityModel::startLayers);
    connect(session, &StudySession::comparisonChanged, this, &TaskPolarityModel::startList);
    connect(session, &StudySession::layerChanged, this, &TaskPolarityModel::layerIndexChanged);
}

void TaskPolarityModel::setStudy(std::shared_ptr<const pipeline::TaskStudy> study)
{
    const bool sameProject = study && m_study && study->results == m_study->results;
    m_study = std::move(study);
    if (!sameProject) {
        m_classIndex = -1;
        m_definition = 0;
        showLayers({});
        showList(nullptr, {});
        Q_EMIT optionsChanged();
    }
    if (m_study && !m_study->hasGold() && m_definition == 0)
        setDefinition(1);
    Q_EMIT changed();
    startLayers();
    startList();
}

void TaskPolarityModel::setActive(bool active)
{
    m_active = active;
    if (active && std::exchange(m_layersAgain, false))
        startLayers();
    if (active && std::exchange(m_listAgain, false))
        startList();
}

int TaskPolarityModel::layerIndex() const
{
    return m_session ? static_cast<int>(m_session->layers().indexOf(m_session->layer())) : -1;
}

void TaskPolarityModel::setBalanced(bool balanced)
{
    if (std::exchange(m_balanced, balanced) == balanced)
        return;
    Q_EMIT optionsChanged();
    startLayers();
    startList();
}

void TaskPolarityModel::setDefinition(int definition)
{
    if (definition < 0 || definition > 2 || std::exchange(m_definition, definition) == definition)
        return;
    Q_EMIT optionsChanged();
    startList();
}

void TaskPolarityModel::setFineTuned(bool fineTuned)
{
    const auto side = fineTuned ? Selection::FineTuned : Selection::Base;
    if (std::exchange(m_side, side) == side)
        return;
    Q_EMIT optionsChanged();
    startList();
}

void TaskPolarityModel::setClassIndex(int classIndex)
{
    if (std::exchange(m_classIndex, classIndex) == classIndex)
        return;
    Q_EMIT optionsChanged();
    startList();
}

void TaskPolarityModel::activateIndex(int index)
{
    if (m_session && index >= 0 && index < m_session->layers().size())
        m_session->setLayer(m_session->layers()[index]);
}

QStringList TaskPolarityModel::classNames() const
{
    QStringList names;
    for (std::size_t c = 0; m_study && c < m_study->classNames.size(); ++c)
        names.append(taskClassText(*m_study, c));
    return names;
}

void TaskPolarityModel::startLayers()
{
    if (!m_active || m_layersJob != 0) {
        m_layersAgain = true;
        return;
    }
    if (!m_session || !m_study || m_study->classNames.empty() || m_session->summaries().empty())
        return;
    auto work = [study = m_study, source = m_session->layerSource(), theta = m_session->theta(),
                    balanced = m_balanced](const base::JobContext& ctx) {
        const auto setOf = [&](project::Side side,
                               int layer) -> base::Result<std::shared_ptr<const concepts::ConceptSet>> {
            PALIMPSEST_TRY(comparison, source(layer));
            return side == project::Side::Base ? comparison->a : comparison->b;
        };
        return pipeline::polarityOfLayers(*study, setOf, theta, balanced, ctx);
    };
    auto done = [this, study = m_study](const base::Result<Layers>& layers) {
        m_layersJob = 0;
        if (layers && study == m_study)
            showLayers(layers.value());
        if (std::exchange(m_layersAgain, false))
            startLayers();
        Q_EMIT changed();
    };
    m_layersJob = m_session->jobs().start<Layers>({}, this, std::move(work), std::move(done));
    Q_EMIT changed();
}

void TaskPolarityModel::startList()
{
    if (!m_active || m_listJob != 0) {
        m_listAgain = true;
        return;
    }
    const Comparison shown = m_session ? m_session->comparison() : nullptr;
    if (!shown || !m_study || m_study->classNames.empty())
        return;
    auto work = [shown, study = m_study, side = m_side, balanced = m_balanced, wanted = m_classIndex,
                    definition = static_cast<std::size_t>(m_definition)](
                    const base::JobContext&) -> base::Result<Rows> {
        const auto& set = conceptsOf(*shown, side);
        const auto all = pipeline::polaritiesOf(*study, set, shown->alignment.theta, balanced);
        return polarRows(*study, set, side, all, definition, wanted);
    };
    auto done = [this, shown, study = m_study](base::Result<Rows> rows) {
        m_listJob = 0;
        if (rows && study == m_study)
            showList(shown, std::move(rows).value());
        if (std::exchange(m_listAgain, false))
            startList();
        Q_EMIT changed();
    };
    m_listJob = m_session->jobs().start<Rows>({}, this, std::move(work), std::move(done));
    Q_EMIT changed();
}

void TaskPolarityModel::showLayers(const Layers& layers)
{
    QList<int> numbers;
    for (const auto& layer : layers) {
        if (numbers.isEmpty() || numbers.back() != layer.layer)
            numbers.append(layer.layer);
    }
    double highest = 0.0; // one axis, since the definitions are compared
    std::array<std::vector<ChartModel::Line>, 3> lines;
    const QStringList names = classNames();
    for (std::size_t d = 0; d < lines.size() && !layers.empty(); ++d) {
        for (int c = 0; c < names.size(); ++c) {
            for (const project::Side side : {project::Side::Base, project::Side::FineTuned}) {
                lines[d].push_back(polarityLine(
                    layers, concepts::kClassDefinitions[d], side, static_cast<std::size_t>(c), names[c]));
                for (const double value : lines[d].back().high)
                    highest = std::max(highest, value);
            }
        }
    }
    const double top = roundScale(std::clamp(highest, 10.0, 100.0)).maximum;
    for (std::size_t d = 0; d < lines.size(); ++d)
        m_charts[d]->setLines(tr("Concepts (%)"), top, numbers, std::move(lines[d]));
}

QStringList TaskPolarityModel::definitionTitles() const
{
    return {tr("Gold class"), tr("Predicted class"), tr("Gold where the model is right")};
}

Figure TaskPolarityModel::figure() const
{
    std::vector<ChartPicture> shown;
    for (std::size_t d = 0; d < m_charts.size(); ++d) {
        if (!hasGold() && d != 1)
            continue;
        if (!hasPredictions() && d != 0)
            continue;
        if (m_charts[d]->pointCount() == 0)
            continue;
        shown.push_back(*m_charts[d]->picture());
        shown.back().title = definitionTitles()[static_cast<qsizetype>(d)];
    }
    return chartsFigure(shown, static_cast<int>(shown.size()));
}

void TaskPolarityModel::showList(const Comparison& comparison, Rows rows)
{
    m_summary.clear();
    if (comparison) {
        const auto certain
            = std::ranges::count_if(rows, [](const auto& row) { return row.polarity.certain(); });
        m_summary = tr("layer %1, %2, %3 task concepts, %4 surely above chance")
                        .arg(comparison->layerA)
                        .arg(modelText(m_side), countText(rows.size()),
                            countText(static_cast<std::uint64_t>(certain)));
    }
    m_concepts.setRows(comparison, classNames(), m_definition, std::move(rows));
}

} // namespace palimpsest::app
