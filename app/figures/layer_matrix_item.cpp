#include "figures/layer_matrix_item.h"

#include <QHoverEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

#include "figures/figure_input.h"
#include "figures/view_figures.h"

namespace palimpsest::app {

namespace {

int indexOf(const std::vector<int>& layers, int layer)
{
    const auto found = std::ranges::find(layers, layer);
    return found == layers.end() ? -1 : static_cast<int>(found - layers.begin());
}

} // namespace

LayerMatrixItem::LayerMatrixItem(QQuickItem* parent)
    : FigureItem(parent)
{
    setAcceptedMouseButtons(Qt::LeftButton);
    setAcceptHoverEvents(true);
    connect(this, &LayerMatrixItem::marksChanged, this, [this] { update(); });
}

void LayerMatrixItem::change()
{
    redraw();
    Q_EMIT pictureChanged();
    Q_EMIT hoveredChanged();
}

void LayerMatrixItem::setSnapshotValue(const QVariant& snapshot)
{
    m_picture.matrix = snapshot.value<Snapshot>();
    if (m_hovered.row >= m_picture.rows() || m_hovered.column >= m_picture.columns())
        m_hovered = {};
    change();
}

void LayerMatrixItem::setShare(Share share)
{
    if (share == this->share())
        return;
    m_picture.share = static_cast<LayerShare>(share);
    change();
}

void LayerMatrixItem::setTheta(double theta)
{
    if (theta == m_picture.theta)
        return;
    m_picture.theta = theta;
    change();
}

void LayerMatrixItem::setRowTitle(const QString& title)
{
    if (title == m_picture.rowTitle)
        return;
    m_picture.rowTitle = title;
    change();
}

void LayerMatrixItem::setColumnTitle(const QString& title)
{
    if (title == m_picture.columnTitle)
        return;
    m_picture.columnTitle = title;
    change();
}

void LayerMatrixItem::setRowLayer(int layer)
{
    if (layer == m_rowLayer)
        return;
    m_rowLayer = layer;
    Q_EMIT marksChanged();
}

void LayerMatrixItem::setColumnLayer(int layer)
{
    if (layer == m_columnLayer)
        return;
    m_columnLayer = layer;
    Q_EMIT marksChanged();
}

Figure LayerMatrixItem::figure() const
{
    return layerMatrixFigure(m_picture);
}

FigureItem::Painting LayerMatrixItem::painting() const
{
    if (!m_picture.matrix)
        return {};
    return [picture = m_picture, style = style(), size = size()](
               QPainter& painter) { paintLayerMatrix(painter, size, picture, style); };
}

void LayerMatrixItem::paintMarks(QPainter& painter) const
{
    const FigureStyle look = style();
    const auto mark = [&](Place place, const QColor& color, double width) {
        if (place.row < 0 || place.column < 0)
            return;
        const QRectF rect = layerCell(plot(), m_picture, place.row, place.column).adjusted(1, 1, -1, -1);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(look.surface, width + 2));
        painter.drawRect(rect);
        painter.setPen(QPen(color, width));
        painter.drawRect(rect);
    };
    mark(m_hovered, look.text, 1);
    mark(placeOf(m_rowLayer, m_columnLayer), look.accent, 3);
}

LayerMatrixItem::Place LayerMatrixItem::placeOf(int rowLayer, int columnLayer) const
{
    if (!m_picture.matrix)
        return {};
    return {indexOf(m_picture.matrix->rows, rowLayer), indexOf(m_picture.matrix->columns, columnLayer)};
}

LayerMatrixItem::Place LayerMatrixItem::placeAt(QPointF point) const
{
    const QRectF cells = plot();
    if (m_picture.rows() == 0 || !cells.contains(point))
        return {};
    const double cell = cells.width() / m_picture.columns();
    return {std::clamp(static_cast<int>((cells.bottom() - point.y()) / cell), 0, m_picture.rows() - 1),
        std::clamp(static_cast<int>((point.x() - cells.left()) / cell), 0, m_picture.columns() - 1)};
}

QPointF LayerMatrixItem::cellCentre(int rowLayer, int columnLayer) const
{
    const Place place = placeOf(rowLayer, columnLayer);
    return place.row < 0 || place.column < 0 ? QPointF(-1, -1)
                                             : layerCell(plot(), m_picture, place.row, place.column).center();
}

double LayerMatrixItem::shareOf(int rowLayer, int columnLayer) const
{
    const Place place = placeOf(rowLayer, columnLayer);
    return m_picture.shareAt(place.row, place.column).value_or(-1.0);
}

QString LayerMatrixItem::hoverText() const
{
    if (m_hovered.row < 0 || m_hovered.column < 0)
        return {};
    const int row = m_picture.matrix->rows[static_cast<std::size_t>(m_hovered.row)];
    const int column = m_picture.matrix->columns[static_cast<std::size_t>(m_hovered.column)];
    const auto share = m_picture.shareAt(m_hovered.row, m_hovered.column);
    if (!share)
        return tr("Row layer %1, column layer %2, not computed yet").arg(row).arg(column);
    return tr("Row layer %1, column layer %2, %3\u00a0%").arg(row).arg(column).arg(*share * 100, 0, 'f', 1);
}

void LayerMatrixItem::hover(Place place, QPointF point)
{
    if (place == m_hovered && point == m_hoverPoint)
        return;
    m_hovered = place;
    m_hoverPoint = point;
    update();
    Q_EMIT hoveredChanged();
}

void LayerMatrixItem::move(int rows, int columns)
{
    if (m_picture.rows() == 0)
        return;
    Place place = placeOf(m_rowLayer, m_columnLayer);
    if (place.row < 0 || place.column < 0) {
        place = {0, 0};
    } else {
        place.row = std::clamp(place.row + rows, 0, m_picture.rows() - 1);
        place.column = std::clamp(place.column + columns, 0, m_picture.columns() - 1);
    }
    Q_EMIT cellPicked(m_picture.matrix->rows[static_cast<std::size_t>(place.row)],
        m_picture.matrix->columns[static_cast<std::size_t>(place.column)]);
}

bool LayerMatrixItem::event(QEvent* event)
{
    return keepsOwnKey(*event) || FigureItem::event(event);
}

void LayerMatrixItem::mousePressEvent(QMouseEvent* event)
{
    forceActiveFocus(Qt::MouseFocusReason);
    const Place place = placeAt(event->position());
    if (place.row >= 0)
        Q_EMIT cellPicked(m_picture.matrix->rows[static_cast<std::size_t>(place.row)],
            m_picture.matrix->columns[static_cast<std::size_t>(place.column)]);
    event->accept();
}

void LayerMatrixItem::hoverMoveEvent(QHoverEvent* event)
{
    hover(placeAt(event->position()), event->position());
}

void LayerMatrixItem::hoverLeaveEvent(QHoverEvent*)
{
    hover({}, {});
}

void LayerMatrixItem::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        move(0, -1);
        break;
    case Qt::Key_Right:
        move(0, 1);
        break;
    case Qt::Key_Up:
        move(1, 0);
        break;
    case Qt::Key_Down:
        move(-1, 0);
        break;
    default:
        FigureItem::keyPressEvent(event);
        return;
    }
    event->accept();
}

} // namespace palimpsest::app
