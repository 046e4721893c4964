#include "figures/alignment_matrix_item.h"

#include <QHoverEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

#include "figures/figure_input.h"
#include "figures/view_figures.h"

namespace palimpsest::app {

namespace {

constexpr double kMatrixKeyZoom = 1.5;
constexpr double kReadablePixels = 44.0;
constexpr double kSnapPixels = 5.0; ///< how far a pointer may miss a small cell

int idOf(base::ClusterId id)
{
    return static_cast<int>(base::toIndex(id));
}

ShareOf shareOfCells(AlignmentMatrixItem::Share share)
{
    return share == AlignmentMatrixItem::OfBase     ? ShareOf::Base
        : share == AlignmentMatrixItem::OfFineTuned ? ShareOf::FineTuned
                                                    : ShareOf::Larger;
}

} // namespace

AlignmentMatrixItem::AlignmentMatrixItem(QQuickItem* parent)
    : FigureItem(parent)
{
    m_matrixWorker.setMaxThreadCount(1);
    setAcceptedMouseButtons(Qt::LeftButton);
    setAcceptHoverEvents(true);
    setFlag(ItemIsFocusScope, false);
    connect(this, &AlignmentMatrixItem::styleChanged, this, [this] { layOut(); });
    connect(this, &AlignmentMatrixItem::optionsChanged, this, &AlignmentMatrixItem::build);
    connect(this, &AlignmentMatrixItem::marksChanged, this, [this] { update(); });
}

AlignmentMatrixItem::~AlignmentMatrixItem()
{
    m_matrixWorker.waitForDone();
}

void AlignmentMatrixItem::setSnapshot(const Comparison& snapshot)
{
    if (snapshot == m_snapshot)
        return;
    m_snapshot = snapshot;
    Q_EMIT snapshotChanged();
    build();
}

void AlignmentMatrixItem::setShareOf(Share share)
{
    if (share == m_shareOf)
        return;
    m_shareOf = share;
    Q_EMIT optionsChanged();
}

void AlignmentMatrixItem::setHideBelowTheta(bool hide)
{
    if (hide == m_hideBelowTheta)
        return;
    m_hideBelowTheta = hide;
    Q_EMIT optionsChanged();
}

void AlignmentMatrixItem::setHideUnaligned(bool hide)
{
    if (hide == m_hideUnaligned)
        return;
    m_hideUnaligned = hide;
    Q_EMIT optionsChanged();
}

void AlignmentMatrixItem::build()
{
    const int generation = ++m_generation;
    m_matrixWorker.clear(); // requests that have not begun are of no use any more
    if (!m_snapshot) {
        adopt(nullptr);
        return;
    }
    const MatrixOptions options{shareOfCells(m_shareOf), m_hideBelowTheta, m_hideUnaligned};
    m_matrixWorker.start([this, generation, options, snapshot = m_snapshot] {
        auto matrix = AlignmentMatrix::make(snapshot, options);
        // The destructor waits for this thread, and Qt drops calls to objects that are gone.
        QMetaObject::invokeMethod(
            this,
            [this, generation, matrix = std::move(matrix)] {
                if (generation == m_generation)
                    adopt(matrix);
            },
            Qt::QueuedConnection);
    });
}

void AlignmentMatrixItem::adopt(std::shared_ptr<const AlignmentMatrix> matrix)
{
    m_matrix = std::move(matrix);
    m_viewport.setMatrix(rows(), columns());
    setHovered({-1, -1}, {});
    layOut();
    Q_EMIT matrixChanged();
}

QString AlignmentMatrixItem::summary() const
{
    const QLocale english(QLocale::English, QLocale::UnitedStates); // as everywhere in figures
    return tr("%1 × %2 concepts, %3 cells")
        .arg(english.toString(rows()), english.toString(columns()), english.toString(cellCount()));
}

void AlignmentMatrixItem::layOut()
{
    m_viewport.setPlot(matrixPlotRect(size(), style()));
    if (!m_glide.isRunning())
        showWanted(0);
    viewMoved();
}

QString AlignmentMatrixItem::viewport() const
{
    const auto text = [](const SeenPart& part, int rows, int columns) {
        return part.zoom <= 1.0 ? kAllSeen.toString()
                                : numbersText({part.zoom, part.middle.x(), part.middle.y(),
                                    static_cast<double>(rows), static_cast<double>(columns)});
    };
    if (m_wanted)
        return text(m_wanted->part, m_wanted->rows, m_wanted->columns);
    return m_viewport.isEmpty() ? QString() : text(m_viewport.seen(), rows(), columns());
}

void AlignmentMatrixItem::setViewport(const QString& viewport)
{
    if (viewport == kAllSeen) {
        m_wanted = WantedView{{1.0, {0.5, 0.5}}, 0, 0};
    } else {
        const auto numbers = numbersOf(viewport, 5);
        if (!numbers || numbers->at(0) < 1.0)
            return;
        const auto count
            = [&](std::size_t at) { return static_cast<int>(std::clamp(numbers->at(at), 1.0, 1e9)); };
        m_wanted = WantedView{{numbers->at(0), {numbers->at(1), numbers->at(2)}}, count(3), count(4)};
    }
    showWanted(m_glideMs);
}

void AlignmentMatrixItem::showWanted(int ms)
{
    if (!m_wanted || m_viewport.isEmpty())
        return;
    if (m_wanted->rows > 0 && (m_wanted->rows != rows() || m_wanted->columns != columns()))
        return;
    m_glide.start(ms, [this, from = m_viewport.seen(), to = m_wanted->part](double share) {
        m_viewport.show(between(from, to, share));
        viewMoved();
    });
}

void AlignmentMatrixItem::movedByHand()
{
    m_glide.stop();
    m_wanted.reset();
    viewMoved();
}

void AlignmentMatrixItem::viewMoved()
{
    redraw();
    update();
    Q_EMIT viewChanged();
}

void AlignmentMatrixItem::geometryChange(const QRectF& newGeometry, const QRectF& oldGeometry)
{
    FigureItem::geometryChange(newGeometry, oldGeometry);
    layOut();
}

FigureItem::Painting AlignmentMatrixItem::painting() const
{
    if (!m_matrix)
        return {};
    return [matrix = m_matrix, viewport = m_viewport, style = style(), size = size(),
               titles = MatrixTitles{m_rowTitle, m_columnTitle}](QPainter& painter) {
        paintAlignmentMatrix(painter, size, *matrix, viewport, style, {}, titles);
    };
}

void AlignmentMatrixItem::paintMarks(QPainter& painter) const
{
    if (m_matrix)
        paintMatrixMarks(painter, size(), *m_matrix, m_viewport, style(), {selectedCell(), m_hovered});
}

Figure AlignmentMatrixItem::figure() const
{
    return figureOf(m_viewport);
}

Figure AlignmentMatrixItem::wholeFigure() const
{
    MatrixViewport all = m_viewport;
    all.reset();
    return figureOf(all);
}

Figure AlignmentMatrixItem::figureOf(const MatrixViewport& viewport) const
{
    return alignmentFigure(
        m_matrix, shareOfCells(m_shareOf), viewport, selectedCell(), {m_rowTitle, m_columnTitle});
}

MatrixCell AlignmentMatrixItem::selectedCell() const
{
    MatrixCell cell{-1, -1};
    if (!m_matrix)
        return cell;
    const auto& comparison = m_matrix->comparison();
    if (m_selectedBase >= 0 && static_cast<std::size_t>(m_selectedBase) < comparison.a->conceptCount())
        cell.row = m_matrix->rowOf(base::toId<base::ClusterId>(static_cast<std::size_t>(m_selectedBase)));
    if (m_selectedFineTuned >= 0
        && static_cast<std::size_t>(m_selectedFineTuned) < comparison.b->conceptCount())
        cell.column
            = m_matrix->columnOf(base::toId<base::ClusterId>(static_cast<std::size_t>(m_selectedFineTuned)));
    return cell;
}

void AlignmentMatrixItem::setSelectedBase(int id)
{
    if (id == m_selectedBase)
        return;
    m_selectedBase = id;
    Q_EMIT marksChanged();
}

void AlignmentMatrixItem::setSelectedFineTuned(int id)
{
    if (id == m_selectedFineTuned)
        return;
    m_selectedFineTuned = id;
    Q_EMIT marksChanged();
}

int AlignmentMatrixItem::hoveredBase() const
{
    return m_hovered.row < 0 ? -1 : idOf(m_matrix->baseAt(m_hovered.row));
}

int AlignmentMatrixItem::hoveredFineTuned() const
{
    return m_hovered.column < 0 ? -1 : idOf(m_matrix->fineTunedAt(m_hovered.column));
}

std::optional<MatrixCell> AlignmentMatrixItem::cellNear(QPointF point) const
{
    const auto exact = m_viewport.cellAt(point);
    if (!exact || m_matrix->share(exact->row, exact->column) || m_viewport.cellPixels() >= 2 * kSnapPixels)
        return exact;
    // The strongest cell within reach: one pixel cannot be aimed at.
    const int reach = static_cast<int>(std::ceil(kSnapPixels / m_viewport.cellPixels()));
    MatrixCell best = *exact;
    double strongest = 0.0;
    for (int row = exact->row - reach; row <= exact->row + reach; ++row) {
        for (int column = exact->column - reach; column <= exact->column + reach; ++column) {
            const auto share = m_matrix->share(row, column);
            if (share && *share > strongest) {
                strongest = *share;
                best = {row, column};
            }
        }
    }
    return best;
}

void AlignmentMatrixItem::setHovered(MatrixCell cell, QPointF point)
{
    if (cell == m_hovered && point == m_hoverPoint)
        return;
    m_hovered = cell;
    m_hoverPoint = point;
    update();
    Q_EMIT hoveredChanged();
}

void AlignmentMatrixItem::zoomBy(double factor)
{
    const MatrixCell selected = selectedCell();
    QPointF fixed = m_viewport.plot().center();
    if (selected.row >= 0 && selected.column >= 0) {
        const QPointF centre = m_viewport.rectOf(selected).center();
        if (m_viewport.plot().contains(centre))
            fixed = centre;
    }
    m_viewport.zoomBy(factor, fixed);
    movedByHand();
}

void AlignmentMatrixItem::zoomIn()
{
    zoomBy(kMatrixKeyZoom);
}

void AlignmentMatrixItem::zoomOut()
{
    zoomBy(1 / kMatrixKeyZoom);
}

void AlignmentMatrixItem::showAll()
{
    m_viewport.reset();
    movedByHand();
}

void AlignmentMatrixItem::showSelected()
{
    const MatrixCell cell = selectedCell();
    if (cell.row < 0 || cell.column < 0)
        return;
    const QPointF middle = m_viewport.plot().center();
    m_viewport.zoomBy(kReadablePixels / m_viewport.cellPixels(), middle);
    m_viewport.panBy(middle - m_viewport.rectOf(cell).center());
    movedByHand();
}

void AlignmentMatrixItem::showEverything()
{
    setHideBelowTheta(false);
    setHideUnaligned(false);
}

QPointF AlignmentMatrixItem::cellCentre(int baseId, int fineTunedId) const
{
    if (!m_matrix || baseId < 0 || fineTunedId < 0)
        return {-1, -1};
    const auto& comparison = m_matrix->comparison();
    const auto row = static_cast<std::size_t>(baseId);
    const auto column = static_cast<std::size_t>(fineTunedId);
    if (row >= comparison.a->conceptCount() || column >= comparison.b->conceptCount())
        return {-1, -1};
    const MatrixCell cell{m_matrix->rowOf(base::toId<base::ClusterId>(row)),
        m_matrix->columnOf(base::toId<base::ClusterId>(column))};
    return cell.row < 0 || cell.column < 0 ? QPointF(-1, -1) : m_viewport.rectOf(cell).center();
}

void AlignmentMatrixItem::pick(MatrixCell cell)
{
    Q_EMIT pairPicked(idOf(m_matrix->baseAt(cell.row)), idOf(m_matrix->fineTunedAt(cell.column)));
}

void AlignmentMatrixItem::moveCursor(int rowSteps, int columnSteps)
{
    if (m_viewport.isEmpty())
        return;
    MatrixCell cell = selectedCell();
    if (cell.row < 0 || cell.column < 0) {
        cell = m_viewport.firstVisible();
    } else {
        cell.row = std::clamp(cell.row + rowSteps, 0, rows() - 1);
        cell.column = std::clamp(cell.column + columnSteps, 0, columns() - 1);
    }
    m_viewport.reveal(cell);
    movedByHand();
    pick(cell);
}

bool AlignmentMatrixItem::event(QEvent* event)
{
    return keepsOwnKey(*event) || FigureItem::event(event);
}

void AlignmentMatrixItem::wheelEvent(QWheelEvent* event)
{
    m_viewport.zoomBy(wheelZoom(*event), event->position());
    movedByHand();
    event->accept();
}

void AlignmentMatrixItem::mousePressEvent(QMouseEvent* event)
{
    forceActiveFocus(Qt::MouseFocusReason);
    m_pressed = event->position();
    m_dragged = false;
    event->accept();
}

void AlignmentMatrixItem::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_pressed)
        return;
    const QPointF moved = event->position() - *m_pressed;
    if (!m_dragged && !startsDrag(moved))
        return;
    m_dragged = true;
    m_pressed = event->position();
    m_viewport.panBy(moved);
    movedByHand();
}

void AlignmentMatrixItem::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_pressed && !m_dragged && m_matrix)
        if (const auto cell = cellNear(event->position()))
            pick(*cell);
    m_pressed.reset();
}

void AlignmentMatrixItem::mouseDoubleClickEvent(QMouseEvent* event)
{
    m_pressed.reset();
    showAll();
    event->accept();
}

void AlignmentMatrixItem::hoverMoveEvent(QHoverEvent* event)
{
    const auto cell = m_matrix ? cellNear(event->position()) : std::nullopt;
    setHovered(cell.value_or(MatrixCell{-1, -1}), event->position());
}

void AlignmentMatrixItem::hoverLeaveEvent(QHoverEvent*)
{
    setHovered({-1, -1}, {});
}

void AlignmentMatrixItem::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomIn();
        break;
    case Qt::Key_Minus:
        zoomOut();
        break;
    case Qt::Key_0:
    case Qt::Key_Home:
        showAll();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        showSelected();
        break;
    case Qt::Key_Left:
        moveCursor(0, -1);
        break;
    case Qt::Key_Right:
        moveCursor(0, 1);
        break;
    case Qt::Key_Up:
        moveCursor(-1, 0);
        break;
    case Qt::Key_Down:
        moveCursor(1, 0);
        break;
    default:
        FigureItem::keyPressEvent(event);
        return;
    }
    event->accept();
}

} // namespace palimpsest::app
