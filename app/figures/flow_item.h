#pragma once
// A flow on the screen: hover, choose a ribbon or a block by pointer or arrow keys.
// Thread: GUI; painted by a worker.

#include <QVariant>

#include "figures/figure_item.h"
#include "figures/flow_painter.h"

namespace palimpsest::app {

class FlowItem : public FigureItem {
    Q_OBJECT
    QML_NAMED_ELEMENT(FlowFigure)
    Q_PROPERTY(QVariant snapshot READ snapshotValue WRITE setSnapshotValue NOTIFY pictureChanged FINAL)
    Q_PROPERTY(QVariant lineage READ lineageValue WRITE setLineageValue NOTIFY pictureChanged FINAL)
    Q_PROPERTY(QStringList groupNames READ groupNames WRITE setGroupNames NOTIFY pictureChanged FINAL)
    Q_PROPERTY(QStringList columnTitles READ columnTitles WRITE setColumnTitles NOTIFY pictureChanged FINAL)
    Q_PROPERTY(int hoveredColumn READ hoveredColumn NOTIFY hoveredChanged FINAL)
    Q_PROPERTY(int hoveredFrom READ hoveredFrom NOTIFY hoveredChanged FINAL)
    Q_PROPERTY(int hoveredTo READ hoveredTo NOTIFY hoveredChanged FINAL)
    Q_PROPERTY(QPointF hoverPoint READ hoverPoint NOTIFY hoveredChanged FINAL)

public:
    using Snapshot = std::shared_ptr<const align::Flow>;
    using LineageSnapshot = std::shared_ptr<const align::Lineage>;

    explicit FlowItem(QQuickItem* parent = nullptr);

    QVariant snapshotValue() const { return QVariant::fromValue(m_picture.flow); }
    void setSnapshotValue(const QVariant& snapshot); ///< drops the lineage, which is of the flow before
    QVariant lineageValue() const { return QVariant::fromValue(m_picture.lineage); }
    void setLineageValue(const QVariant& lineage); ///< of the present snapshot; null: none
    QStringList groupNames() const { return m_picture.groupNames; }
    void setGroupNames(const QStringList& names);
    QStringList columnTitles() const { return m_picture.columnTitles; }
    void setColumnTitles(const QStringList& titles);
    int hoveredColumn() const { return m_hovered.column; } ///< -1: nothing
    int hoveredFrom() const { return m_hovered.from; }
    int hoveredTo() const { return m_hovered.to; } ///< -1: a block
    QPointF hoverPoint() const { return m_hoverPoint; }

    /// Marks a ribbon, or a block when `to` is -1; column -1: nothing.
    Q_INVOKABLE void setCurrent(int column, int from, int to);
    /// Middle of a ribbon or of a block (`to` -1) in the item; (-1, -1) when there is none.
    Q_INVOKABLE QPointF pointOf(int column, int from, int to) const;
    Figure figure() const override;

Q_SIGNALS:
    void pictureChanged();
    void hoveredChanged();
    /// A person chose a ribbon, or a block (`to` is -1).
    void picked(int column, int from, int to);

protected:
    Painting painting() const override;
    void paintMarks(QPainter& painter) const override;
    bool event(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void hoverMoveEvent(QHoverEvent* event) override;
    void hoverLeaveEvent(QHoverEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void change();
    void hover(const FlowPlace& place, QPointF point);
    void step(int ribbons); ///< to a ribbon further on
    QRectF plot() const { return flowPlot(size(), m_picture, style()); }

    FlowPicture m_picture;
    FlowPlace m_current;
    FlowPlace m_hovered;
    QPointF m_hoverPoint;
};

} // namespace palimpsest::app
