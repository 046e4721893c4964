#include "figures/label_matrix_item.h"

#include <QHoverEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

#include "figures/chance_text.h"
#include "figures/figure_input.h"
#include "figures/view_figures.h"

namespace palimpsest::app {

namespace {

QString countText(std::size_t count)
{
    return QLocale(QLocale::English, QLocale::UnitedStates).toString(static_cast<qulonglong>(count));
}

} // namespace

LabelMatrixItem::LabelMatrixItem(QQuickItem* parent)
    : QQuickPaintedItem(parent)
{
    m_font.setPixelSize(12);
    setAcceptedMouseButtons(Qt::LeftButton);
    setAcceptHoverEvents(true);
    connect(this, &LabelMatrixItem::styleChanged, this, &LabelMatrixItem::layOut);
    connect(this, &LabelMatrixItem::marksChanged, this, [this] { update(); });
}

void LabelMatrixItem::setMatrix(const Matrix& matrix)
{
    if (matrix == m_matrix)
        return;
    m_matrix = matrix;
    m_hovered = {};
    layOut();
    Q_EMIT matrixChanged();
    Q_EMIT hoveredChanged();
}

LabelMatrixStyle LabelMatrixItem::style() const
{
    return {m_dark, m_textColor, m_mutedColor, m_borderColor, m_surfaceColor, m_raisedColor, m_accentColor,
        m_baseColor, m_fineTunedColor, m_font};
}

void LabelMatrixItem::layOut()
{
    m_layout = m_matrix ? LabelMatrixLayout(*m_matrix, size(), style()) : LabelMatrixLayout();
    scrollTo(m_offset);
    showWanted();
}

QString LabelMatrixItem::viewport() const
{
    if (m_wanted)
        return numbersText(*m_wanted);
    if (!m_matrix)
        return {};
    return m_offset.isNull() ? kAllSeen.toString()
                             : numbersText({positionX(), positionY(), static_cast<double>(rows()),
                                 static_cast<double>(columns())});
}

void LabelMatrixItem::setViewport(const QString& viewport)
{
    if (viewport == kAllSeen) {
        m_wanted.reset();
        scrollTo({0, 0});
    } else if (auto numbers = numbersOf(viewport, 4)) {
        m_wanted = std::move(numbers);
        showWanted();
    }
}

void LabelMatrixItem::showWanted()
{
    if (m_wanted && m_matrix && m_wanted->at(2) == rows() && m_wanted->at(3) == columns())
        scrollTo(
            {m_wanted->at(0) * m_layout.content().width(), m_wanted->at(1) * m_layout.content().height()});
}

void LabelMatrixItem::scrollByHand(QPointF offset)
{
    m_wanted.reset();
    scrollTo(offset);
}

void LabelMatrixItem::scrollTo(QPointF offset)
{
    const QPointF most = m_layout.maximumOffset();
    m_offset = {std::clamp(offset.x(), 0.0, most.x()), std::clamp(offset.y(), 0.0, most.y())};
    update();
    Q_EMIT scrolled();
}

double LabelMatrixItem::positionX() const
{
    return m_layout.content().width() > 0 ? m_offset.x() / m_layout.content().width() : 0.0;
}

void LabelMatrixItem::setPositionX(double position)
{
    if (position != positionX())
        scrollByHand({position * m_layout.content().width(), m_offset.y()});
}

double LabelMatrixItem::positionY() const
{
    return m_layout.content().height() > 0 ? m_offset.y() / m_layout.content().height() : 0.0;
}

void LabelMatrixItem::setPositionY(double position)
{
    if (position != positionY())
        scrollByHand({m_offset.x(), position * m_layout.content().height()});
}

double LabelMatrixItem::sizeX() const
{
    const double content = m_layout.content().width();
    return content > 0 ? std::min(1.0, m_layout.plot().width() / content) : 1.0;
}

double LabelMatrixItem::sizeY() const
{
    const double content = m_layout.content().height();
    return content > 0 ? std::min(1.0, m_layout.plot().height() / content) : 1.0;
}

template <typename T>
void LabelMatrixItem::changeMark(T& member, T value)
{
    if (member == value)
        return;
    member = value;
    Q_EMIT marksChanged();
}

void LabelMatrixItem::setSelectedLabel(int label)
{
    changeMark(m_selectedLabel, label);
}

void LabelMatrixItem::setSelectedLayer(int layer)
{
    changeMark(m_selectedLayer, layer);
}

void LabelMatrixItem::setSelectedSide(int side)
{
    changeMark(m_selectedSide, side);
}

void LabelMatrixItem::setSortedLayer(int layer)
{
    changeMark(m_sortedLayer, layer);
}

void LabelMatrixItem::setSortedSide(int side)
{
    changeMark(m_sortedSide, side);
}

int LabelMatrixItem::columnOf(int layer, int side) const
{
    for (int column = 0; column < columns(); ++column) {
        const auto& entry = m_matrix->columns[static_cast<std::size_t>(column)];
        if (entry.layer == layer && entry.side == side)
            return column;
    }
    return -1;
}

Figure LabelMatrixItem::figure() const
{
    const double rowHeight = m_layout.rowHeight();
    const int first = static_cast<int>(std::ceil(m_offset.y() / rowHeight - 0.01));
    const int seen = static_cast<int>((m_offset.y() + m_layout.plot().height()) / rowHeight + 0.01) - first;
    return labelMatrixFigure(m_matrix, first, first + std::max(1, seen) - 1);
}

bool LabelMatrixItem::isComplete() const
{
    return m_matrix
        && std::ranges::none_of(m_matrix->columns, [](const auto& column) { return column.chance < 0.0; });
}

LabelCell LabelMatrixItem::cellOf(int label, int layer, int side) const
{
    const int column = columnOf(layer, side);
    if (!m_matrix || column < 0 || label < -1)
        return {};
    if (label == -1)
        return {-1, column};
    const auto found
        = std::ranges::find(m_matrix->rows, static_cast<label::LabelId>(label), &LabelMatrix::Row::label);
    if (found == m_matrix->rows.end())
        return {};
    return {static_cast<int>(found - m_matrix->rows.begin()), column};
}

QPointF LabelMatrixItem::cellCentre(int label, int layer, int side) const
{
    const LabelCell cell = cellOf(label, layer, side);
    return cell.column < 0 ? QPointF(-1, -1) : m_layout.rectOf(cell, m_offset).center();
}

QString LabelMatrixItem::hoverText() const
{
    if (!m_matrix || m_hovered.row < -1 || m_hovered.column < 0)
        return {};
    const auto at = static_cast<std::size_t>(m_hovered.column);
    const auto& column = m_matrix->columns[at];
    const QString model = column.side == 0 ? tr("base model") : tr("fine-tuned model");
    if (m_hovered.row < 0) {
        const QString head = tr("All labels, layer %1, %2").arg(QString::number(column.layer), model);
        const QString aligned
            = tr("%1 of %2 concepts aligned").arg(countText(column.aligned), countText(column.concepts));
        if (column.chance < 0)
            return head + QLatin1Char('\n') + aligned;
        return tr("%1\n%2\nBy chance %3 (95 %: %4 to %5), p = %6")
            .arg(head, aligned, chanceText(column.chance), QString::number(column.chanceLow),
                QString::number(column.chanceHigh), QString::number(column.pValue, 'f', 3));
    }
    const auto row = static_cast<std::size_t>(m_hovered.row);
    const auto& entry = m_matrix->rows[row];
    const QString head = tr("%1, layer %2, %3")
                             .arg(QString::fromStdString(entry.name), QString::number(column.layer), model);
    const std::uint32_t count = m_matrix->count(row, at);
    const QString carried
        = count == 1 ? tr("1 concept carries it") : tr("%1 concepts carry it").arg(countText(count));
    const double chance = m_matrix->chance(row, at);
    return chance < 0 ? head + QLatin1Char('\n') + carried
                      : tr("%1\n%2, by chance %3").arg(head, carried, chanceText(chance));
}

void LabelMatrixItem::setHovered(LabelCell cell, QPointF point)
{
    if (cell == m_hovered && point == m_hoverPoint)
        return;
    m_hovered = cell;
    m_hoverPoint = point;
    update();
    Q_EMIT hoveredChanged();
}

void LabelMatrixItem::pick(LabelCell cell)
{
    if (cell.column < 0 || cell.row < -1)
        return;
    const auto& column = m_matrix->columns[static_cast<std::size_t>(cell.column)];
    const int label
        = cell.row < 0 ? -1 : static_cast<int>(m_matrix->rows[static_cast<std::size_t>(cell.row)].label);
    Q_EMIT cellPicked(label, column.layer, column.side);
}

void LabelMatrixItem::reveal(LabelCell cell)
{
    const QRectF rect = m_layout.rectOf(cell, m_offset);
    const QRectF plot = m_layout.plot();
    QPointF offset = m_offset;
    if (cell.row >= 0 && rect.top() < plot.top())
        offset.ry() -= plot.top() - rect.top();
    if (cell.row >= 0 && rect.bottom() > plot.bottom())
        offset.ry() += rect.bottom() - plot.bottom();
    if (rect.left() < plot.left())
        offset.rx() -= plot.left() - rect.left();
    if (rect.right() > plot.right())
        offset.rx() += rect.right() - plot.right();
    scrollByHand(offset);
}

void LabelMatrixItem::moveCursor(int rowSteps, int columnSteps)
{
    if (columns() == 0)
        return;
    LabelCell cell = cellOf(m_selectedLabel, m_selectedLayer, m_selectedSide);
    if (cell.column < 0)
        cell = {-1, 0};
    else
        cell = {std::clamp(cell.row + rowSteps, -1, rows() - 1),
            std::clamp(cell.column + columnSteps, 0, columns() - 1)};
    reveal(cell);
    pick(cell);
}

void LabelMatrixItem::paint(QPainter* painter)
{
    if (!m_matrix)
        return;
    paintLabelMatrix(*painter, *m_matrix, m_layout, m_offset, style(),
        {cellOf(m_selectedLabel, m_selectedLayer, m_selectedSide), m_hovered,
            columnOf(m_sortedLayer, m_sortedSide)});
}

bool LabelMatrixItem::event(QEvent* event)
{
    return keepsOwnKey(*event) || QQuickPaintedItem::event(event);
}

void LabelMatrixItem::geometryChange(const QRectF& newGeometry, const QRectF& oldGeometry)
{
    QQuickPaintedItem::geometryChange(newGeometry, oldGeometry);
    layOut();
}

void LabelMatrixItem::wheelEvent(QWheelEvent* event)
{
    QPointF delta = event->angleDelta();
    if (event->modifiers() & Qt::ShiftModifier)
        delta = {delta.y(), delta.x()};
    scrollByHand(m_offset - delta / 120.0 * 3.0 * m_layout.rowHeight());
    event->accept();
}

void LabelMatrixItem::mousePressEvent(QMouseEvent* event)
{
    forceActiveFocus(Qt::MouseFocusReason);
    const int heading = m_layout.headingAt(event->position(), m_offset, columns());
    if (heading >= 0) {
        const auto& column = m_matrix->columns[static_cast<std::size_t>(heading)];
        Q_EMIT headingPicked(column.layer, column.side);
    } else {
        pick(m_layout.cellAt(event->position(), m_offset, rows(), columns()));
    }
    event->accept();
}

void LabelMatrixItem::hoverMoveEvent(QHoverEvent* event)
{
    setHovered(m_matrix ? m_layout.cellAt(event->position(), m_offset, rows(), columns()) : LabelCell(),
        event->position());
}

void LabelMatrixItem::hoverLeaveEvent(QHoverEvent*)
{
    setHovered({}, {});
}

void LabelMatrixItem::keyPressEvent(QKeyEvent* event)
{
    const int page = std::max(1, static_cast<int>(m_layout.plot().height() / m_layout.rowHeight()) - 1);
    switch (event->key()) {
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
    case Qt::Key_PageUp:
        moveCursor(-page, 0);
        break;
    case Qt::Key_PageDown:
        moveCursor(page, 0);
        break;
    case Qt::Key_Home:
        moveCursor(-rows() - 1, 0);
        break;
    case Qt::Key_End:
        moveCursor(rows(), 0);
        break;
    default:
        QQuickPaintedItem::keyPressEvent(event);
        return;
    }
    event->accept();
}

} // namespace palimpsest::app
