#include "models/layer_matrix_model.h"

#include <algorithm>
#include <cstdlib>

#include "bridge/job_controller.h"
#include "models/number_text.h"

namespace palimpsest::app {

namespace {

constexpr std::size_t kMatricesKept = 9; // three K of all three kinds
constexpr int kRestMs = 150;

using Pairs = std::vector<std::shared_ptr<const align::LayerPair>>;

} // namespace

LayerMatrixModel::LayerMatrixModel(QObject* parent)
    : QObject(parent)
{
    m_restTimer.setSingleShot(true);
    m_restTimer.setInterval(kRestMs);
    connect(&m_restTimer, &QTimer::timeout, this, &LayerMatrixModel::show);
}

void LayerMatrixModel::setSession(StudySession* session)
{
    if (session == m_session)
        return;
    if (m_session)
        disconnect(m_session, nullptr, this, nullptr);
    m_session = session;
    if (session) {
        connect(session, &StudySession::resultsChanged, this, &LayerMatrixModel::reset);
        connect(session, &StudySession::openingChanged, this, &LayerMatrixModel::stateChanged);
        connect(session, &StudySession::kChanged, this, [this] {
            abandon(); // what is under way is of another K
            m_restTimer.start();
        });
        connect(session, &StudySession::thetaChanged, this, [this] {
            Q_EMIT thetaChanged();
            Q_EMIT cellTextChanged();
            requestList();
        });
    }
    Q_EMIT sessionChanged();
    reset();
}

void LayerMatrixModel::setNavigator(Navigator* navigator)
{
    if (navigator == m_navigator)
        return;
    m_navigator = navigator;
    Q_EMIT navigatorChanged();
}

void LayerMatrixModel::setAnnotations(Annotations* annotations)
{
    if (annotations == m_annotations)
        return;
    m_annotations = annotations;
    m_concepts.setAnnotations(annotations);
    Q_EMIT annotationsChanged();
}

void LayerMatrixModel::setActive(bool active)
{
    if (active == m_active)
        return;
    m_active = active;
    Q_EMIT activeChanged();
    show();
}

void LayerMatrixModel::setModels(Models models)
{
    if (models == m_models)
        return;
    m_models = models;
    Q_EMIT modelsChanged();
    Q_EMIT cellChanged();
    show();
    requestList();
}

LayerMatrixModel::State LayerMatrixModel::state() const
{
    if (!m_error.isEmpty())
        return Failed;
    if (m_matrix && m_matrix->computed() > 0)
        return Ready;
    return m_session && (m_session->isOpen() || m_session->isOpening()) ? Computing : NothingOpen;
}

void LayerMatrixModel::reset()
{
    m_kept.clear();
    m_layerConcepts.reset();
    m_matrix.reset();
    m_error.clear();
    m_rowLayer = m_columnLayer = -1;
    ++m_listGeneration;
    m_concepts.setComparison(nullptr);
    Q_EMIT cellChanged();
    Q_EMIT snapshotChanged();
    show();
}

void LayerMatrixModel::show()
{
    m_restTimer.stop();
    abandon();
    m_stopped = false;
    if (!m_active || !m_session || !m_session->isOpen()) {
        Q_EMIT stateChanged();
        return;
    }
    const Key key{m_session->k(), m_models};
    const auto found = std::ranges::find(m_kept, key, &Kept::key);
    if (found != m_kept.end()) {
        m_matrix = found->matrix;
    } else {
        const std::vector<int>& layers = m_session->results()->layers();
        auto empty = std::make_shared<align::LayerMatrix>();
        empty->rows = empty->columns = layers;
        empty->cells.resize(layers.size() * layers.size());
        m_matrix = std::move(empty);
    }
    if (m_rowLayer < 0) {
        m_rowLayer = m_columnLayer = m_session->layer();
        Q_EMIT cellChanged();
    }
    Q_EMIT snapshotChanged();
    Q_EMIT cellTextChanged();
    requestList();
    computeNext();
}

void LayerMatrixModel::abandon()
{
    ++m_generation;
    if (m_session && m_job != 0)
        m_session->jobs().cancel(m_job);
    m_job = 0;
}

int LayerMatrixModel::nextRow() const
{
    // The shown layer first, then its neighbours.
    int best = -1;
    int nearest = 0;
    for (std::size_t row = 0; row < m_matrix->rows.size(); ++row) {
        bool missing = false;
        for (std::size_t column = 0; column < m_matrix->columns.size(); ++column)
            missing = missing || !m_matrix->at(row, column);
        const int distance = std::abs(m_matrix->rows[row] - m_session->layer());
        if (missing && (best < 0 || distance < nearest)) {
            best = static_cast<int>(row);
            nearest = distance;
        }
    }
    return best;
}

void LayerMatrixModel::computeNext()
{
    const int row = nextRow();
    if (row < 0 || m_stopped) {
        if (row < 0)
            m_layerConcepts.reset(); // some hundred megabytes in a large project
        Q_EMIT stateChanged();
        return;
    }
    const auto k = static_cast<std::size_t>(m_session->k());
    if (!m_layerConcepts || m_layerConcepts->k() != k)
        m_layerConcepts = std::make_shared<project::LayerConcepts>(m_session->results(), k);
    const auto at = static_cast<std::size_t>(row);
    std::vector<int> columns;
    for (std::size_t column = 0; column < m_matrix->columns.size(); ++column) {
        if (!m_matrix->at(at, column))
            columns.push_back(m_matrix->columns[column]);
    }
    auto work = [concepts = m_layerConcepts, layer = m_matrix->rows[at], columns, rows = rowSide(),
                    other = columnSide()](const base::JobContext& ctx) {
        return concepts->compareRow(rows, layer, other, columns, ctx);
    };
    auto done = [this, generation = m_generation, at, columns](const base::Result<Pairs>& pairs) {
        if (generation != m_generation)
            return;
        m_job = 0;
        if (pairs) {
            fill(at, columns, pairs.value());
            computeNext();
            return;
        }
        if (pairs.error().code != base::ErrorCode::Cancelled)
            m_error = QString::fromStdString(pairs.error().message);
        Q_EMIT stateChanged();
    };
    JobController::Request request;
    request.announceFailure = false;
    m_job = m_session->jobs().start<Pairs>(request, this, std::move(work), std::move(done));
    Q_EMIT stateChanged();
}

void LayerMatrixModel::fill(std::size_t row, const std::vector<int>& columns, const Pairs& pairs)
{
    auto filled = std::make_shared<align::LayerMatrix>(*m_matrix);
    const std::size_t width = filled->columns.size();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto found = std::ranges::find(filled->columns, columns[i]);
        const auto column = static_cast<std::size_t>(found - filled->columns.begin());
        filled->cells[row * width + column] = pairs[i];
        // One model against itself: the cell across the diagonal is the same pair.
        if (m_models != BaseAndFineTuned && !filled->cells[column * width + row])
            filled->cells[column * width + row]
                = std::make_shared<const align::LayerPair>(pairs[i]->turned());
    }
    m_matrix = std::move(filled);
    const Key key{m_session->k(), m_models};
    std::erase_if(m_kept, [&key](const Kept& kept) { return kept.key == key; });
    m_kept.push_front({key, m_matrix});
    if (m_kept.size() > kMatricesKept)
        m_kept.pop_back();
    Q_EMIT snapshotChanged();
    Q_EMIT cellTextChanged();
}

double LayerMatrixModel::progress() const
{
    return m_matrix && !m_matrix->cells.empty()
        ? static_cast<double>(m_matrix->computed()) / static_cast<double>(m_matrix->cells.size())
        : 0.0;
}

QString LayerMatrixModel::progressText() const
{
    if (!m_matrix)
        return {};
    return tr("%1 of %2 pairs of layers")
        .arg(countText(m_matrix->computed()), countText(m_matrix->cells.size()));
}

void LayerMatrixModel::stop()
{
    if (m_job == 0)
        return;
    abandon();
    m_stopped = true;
    Q_EMIT stateChanged();
}

void LayerMatrixModel::resume()
{
    m_error.clear();
    show();
}

QString LayerMatrixModel::rowTitle() const
{
    return rowSide() == project::Side::Base ? tr("Layer of the base model")
                                            : tr("Layer of the fine-tuned model");
}

QString LayerMatrixModel::columnTitle() const
{
    return columnSide() == project::Side::Base ? tr("Layer of the base model")
                                               : tr("Layer of the fine-tuned model");
}

QString LayerMatrixModel::cellTitle() const
{
    if (m_rowLayer < 0)
        return {};
    const auto name = [](project::Side side) {
        return side == project::Side::Base ? tr("base layer %1") : tr("fine-tuned layer %1");
    };
    const QString title
        = tr("%1 and %2").arg(name(rowSide()).arg(m_rowLayer), name(columnSide()).arg(m_columnLayer));
    return title.left(1).toUpper() + title.mid(1);
}

QString LayerMatrixModel::cellText() const
{
    if (!m_matrix || m_rowLayer < 0)
        return {};
    const auto row = std::ranges::find(m_matrix->rows, m_rowLayer);
    const auto column = std::ranges::find(m_matrix->columns, m_columnLayer);
    if (row == m_matrix->rows.end() || column == m_matrix->columns.end())
        return {};
    const align::LayerPair* pair = m_matrix->at(static_cast<std::size_t>(row - m_matrix->rows.begin()),
        static_cast<std::size_t>(column - m_matrix->columns.begin()));
    if (!pair)
        return tr("Not computed yet");
    return tr(
        "%1 of the row's concepts are kept; %2 of them are aligned to one of the column, %3 of the column's "
        "to one of the row (θ\u00a0=\u00a0%4)")
        .arg(percentText(pair->keptShare(theta())), percentText(pair->alignedShareA(theta())),
            percentText(pair->alignedShareB(theta())), QString::number(theta(), 'f', 2));
}

void LayerMatrixModel::pickCell(int rowLayer, int columnLayer)
{
    if (rowLayer == m_rowLayer && columnLayer == m_columnLayer)
        return;
    m_rowLayer = rowLayer;
    m_columnLayer = columnLayer;
    Q_EMIT cellChanged();
    Q_EMIT cellTextChanged();
    requestList();
}

void LayerMatrixModel::requestList()
{
    if (!m_active || !m_session || !m_session->isOpen() || m_rowLayer < 0)
        return;
    const int generation = ++m_listGeneration;
    m_session->jobs().cancel(m_listJob);
    auto work = [results = m_session->results(), rows = rowSide(), columns = columnSide(), row = m_rowLayer,
                    column = m_columnLayer, k = static_cast<std::size_t>(m_session->k()),
                    theta = theta()](const base::JobContext&) -> base::Result<Comparison> {
        PALIMPSEST_TRY(a, results->linkage(rows, row));
        PALIMPSEST_TRY(b, results->linkage(columns, column));
        return align::compareLayers(
            results->tokens(), row, *a, column, *b, k, theta, align::Measure::Occurrence);
    };
    const auto toSelection = [](project::Side side) {
        return side == project::Side::Base ? Selection::Base : Selection::FineTuned;
    };
    auto done = [this, generation, rows = toSelection(rowSide()), columns = toSelection(columnSide())](
                    const base::Result<Comparison>& comparison) {
        if (comparison && generation == m_listGeneration)
            m_concepts.setComparison(comparison.value(), rows, columns);
    };
    m_listJob = m_session->jobs().start<Comparison>({}, this, std::move(work), std::move(done));
}

void LayerMatrixModel::goToConcept(int row)
{
    const int id = m_concepts.conceptIdAt(row);
    if (m_navigator && id >= 0)
        m_navigator->showConcept(
            m_rowLayer, rowSide() == project::Side::Base ? Selection::Base : Selection::FineTuned, id, {});
}

} // namespace palimpsest::app
