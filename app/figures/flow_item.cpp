#include "figures/flow_item.h"

#include <QHoverEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

#include "figures/figure_input.h"
#include "figures/view_figures.h"

namespace palimpsest::app {

namespace {

constexpr double kBlockGap = 0.03; // of the height

} // namespace

FlowItem::FlowItem(QQuickItem* parent)
    : FigureItem(parent)
{
    setAcceptedMouseButtons(Qt::LeftButton);
    setAcceptHoverEvents(true);
}

void FlowItem::change()
{
    redraw();
    Q_EMIT pictureChanged();
}

void FlowItem::setSnapshotValue(const QVariant& snapshot)
{
    m_picture.flow = snapshot.value<Snapshot>();
    m_picture.lineage.reset();
    // Some dozen ribbons: laying them out takes microseconds.
    m_picture.alluvial = m_picture.flow
        ? std::make_shared<const layout::Alluvial>(layout::layOutFlow(*m_picture.flow, kBlockGap))
        : nullptr;
    hover({}, {});
    change();
}

void FlowItem::setLineageValue(const QVariant& lineage)
{
    m_picture.lineage = lineage.value<LineageSnapshot>();
    if (m_picture.flow && m_picture.lineage
        && m_picture.lineage->steps.size() != m_picture.flow->columns.size())
        m_picture.lineage.reset(); // of another flow
    change();
}

void FlowItem::setGroupNames(const QStringList& names)
{
    if (names == m_picture.groupNames)
        return;
    m_picture.groupNames = names;
    change();
}

void FlowItem::setColumnTitles(const QStringList& titles)
{
    if (titles == m_picture.columnTitles)
        return;
    m_picture.columnTitles = titles;
    change();
}

void FlowItem::setCurrent(int column, int from, int to)
{
    m_current = {column, from, to};
    update();
}

Figure FlowItem::figure() const
{
    return flowFigure(m_picture, m_current, size());
}

FigureItem::Painting FlowItem::painting() const
{
    if (m_picture.isEmpty())
        return {};
    return [picture = m_picture, style = style(), size = size()](
               QPainter& painter) { paintFlow(painter, size, picture, style); };
}

void FlowItem::paintMarks(QPainter& painter) const
{
    const FigureStyle look = style();
    paintFlowMark(painter, plot(), m_picture, m_hovered, look.text, 1);
    paintFlowMark(painter, plot(), m_picture, m_current, look.accent, 2.5);
}

QPointF FlowItem::pointOf(int column, int from, int to) const
{
    if (m_picture.isEmpty() || column < 0 || column >= static_cast<int>(m_picture.flow->columns.size()))
        return {-1, -1};
    if (to < 0)
        return flowBlock(plot(), m_picture, column, from).center();
    for (std::size_t i = 0; i < m_picture.flow->ribbons.size(); ++i) {
        const align::FlowRibbon& ribbon = m_picture.flow->ribbons[i];
        if (static_cast<int>(ribbon.column) == column && static_cast<int>(ribbon.from) == from
            && static_cast<int>(ribbon.to) == to)
            return flowRibbon(plot(), m_picture, i).boundingRect().center();
    }
    return {-1, -1};
}

void FlowItem::hover(const FlowPlace& place, QPointF point)
{
    if (place == m_hovered && point == m_hoverPoint)
        return;
    m_hovered = place;
    m_hoverPoint = point;
    update();
    Q_EMIT hoveredChanged();
}

void FlowItem::step(int ribbons)
{
    if (m_picture.isEmpty() || m_picture.flow->ribbons.empty())
        return;
    const auto& all = m_picture.flow->ribbons;
    const auto found = std::ranges::find_if(all, [this](const align::FlowRibbon& ribbon) {
        return static_cast<int>(ribbon.column) == m_current.column
            && static_cast<int>(ribbon.from) == m_current.from && static_cast<int>(ribbon.to) == m_current.to;
    });
    const int last = static_cast<int>(all.size()) - 1;
    const int at
        = found == all.end() ? 0 : std::clamp(static_cast<int>(found - all.begin()) + ribbons, 0, last);
    const align::FlowRibbon& ribbon = all[static_cast<std::size_t>(at)];
    Q_EMIT picked(
        static_cast<int>(ribbon.column), static_cast<int>(ribbon.from), static_cast<int>(ribbon.to));
}

bool FlowItem::event(QEvent* event)
{
    return keepsOwnKey(*event) || FigureItem::event(event);
}

void FlowItem::mousePressEvent(QMouseEvent* event)
{
    forceActiveFocus(Qt::MouseFocusReason);
    const FlowPlace place = flowPlaceAt(plot(), m_picture, event->position());
    if (place.column >= 0)
        Q_EMIT picked(place.column, place.from, place.to);
    event->accept();
}

void FlowItem::hoverMoveEvent(QHoverEvent* event)
{
    hover(flowPlaceAt(plot(), m_picture, event->position()), event->position());
}

void FlowItem::hoverLeaveEvent(QHoverEvent*)
{
    hover({}, {});
}

void FlowItem::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Up:
        step(-1);
        break;
    case Qt::Key_Right:
    case Qt::Key_Down:
        step(1);
        break;
    default:
        FigureItem::keyPressEvent(event);
        return;
    }
    event->accept();
}

} // namespace palimpsest::app
