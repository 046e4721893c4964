#pragma once
// A chart over the layers on the screen: hover, choose a layer by pointer or arrow keys; and the mark that
// stands before a line's name in the legend beside it.
// Thread: GUI; painted by a worker.

#include <QVariant>

#include <memory>

#include "figures/chart_painter.h"
#include "figures/figure_item.h"

namespace palimpsest::app {

/// Paints lines or bars, with its axes and without a legend. What follows the pointer or the shown layer
/// stands below or above it and finds its place by `plot`: the picture stays as it is while layers change.
class ChartItem : public FigureItem {
    Q_OBJECT
    QML_NAMED_ELEMENT(LayerChart)
    Q_PROPERTY(QVariant snapshot READ snapshotValue WRITE setSnapshotValue NOTIFY pictureChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY pictureChanged FINAL)
    Q_PROPERTY(int currentIndex MEMBER m_currentIndex NOTIFY currentIndexChanged FINAL)
    Q_PROPERTY(QRectF plot READ plot NOTIFY plotChanged FINAL)
    Q_PROPERTY(int hoveredIndex READ hoveredIndex NOTIFY hoveredChanged FINAL)
    Q_PROPERTY(QPointF hoverPoint READ hoverPoint NOTIFY hoveredChanged FINAL)

public:
    using Snapshot = std::shared_ptr<const ChartPicture>;

    explicit ChartItem(QQuickItem* parent = nullptr);

    QVariant snapshotValue() const { return QVariant::fromValue(m_picture); }
    void setSnapshotValue(const QVariant& snapshot);
    int count() const; ///< of categories
    int currentIndex() const { return m_currentIndex; } ///< from which arrow keys go on; -1: none
    QRectF plot() const { return m_plot; } ///< in the item; empty while there is nothing to show
    int hoveredIndex() const { return m_hovered; } ///< -1: none
    QPointF hoverPoint() const { return m_hoverPoint; }
    /// The category whose room is at this place of the item; -1 outside of the plot.
    Q_INVOKABLE int indexAt(QPointF point) const;
    Figure figure() const override;

Q_SIGNALS:
    void pictureChanged();
    void currentIndexChanged();
    void plotChanged();
    void hoveredChanged();
    void indexPicked(int index); ///< a person chose this category

protected:
    Painting painting() const override;
    bool event(QEvent* event) override;
    void geometryChange(const QRectF& newGeometry, const QRectF& oldGeometry) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void hoverEnterEvent(QHoverEvent* event) override { hoverMoveEvent(event); }
    void hoverMoveEvent(QHoverEvent* event) override;
    void hoverLeaveEvent(QHoverEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void placePlot();
    void hover(QPointF point, int index);
    void pick(int index);

    Snapshot m_picture;
    QRectF m_plot;
    QPointF m_hoverPoint;
    int m_currentIndex = -1;
    int m_hovered = -1;
};

/// Paints what paintLegendMark() paints.
class ChartMarkItem : public QQuickPaintedItem {
    Q_OBJECT
    QML_NAMED_ELEMENT(ChartMark)
    Q_PROPERTY(bool bar MEMBER m_bar NOTIFY changed FINAL)
    Q_PROPERTY(bool dashed MEMBER m_dashed NOTIFY changed FINAL)
    Q_PROPERTY(int shape MEMBER m_shape NOTIFY changed FINAL)
    Q_PROPERTY(QColor ink MEMBER m_ink NOTIFY changed FINAL)
    Q_PROPERTY(QColor surfaceColor MEMBER m_surfaceColor NOTIFY changed FINAL)
    Q_PROPERTY(QFont font MEMBER m_font NOTIFY changed FINAL)

public:
    explicit ChartMarkItem(QQuickItem* parent = nullptr);

    void paint(QPainter* painter) override;

Q_SIGNALS:
    void changed();

private:
    FigureLegend::Mark mark() const;
    FigureStyle style() const;

    bool m_bar = false, m_dashed = false;
    int m_shape = 0;
    QColor m_ink, m_surfaceColor;
    QFont m_font; ///< of the text beside it
};

} // namespace palimpsest::app
