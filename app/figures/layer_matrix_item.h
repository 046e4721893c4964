#pragma once
// The layer × layer matrix on the screen: hover, choose a cell by pointer or arrow keys.
// Thread: GUI; painted by a worker.

#include <QVariant>

#include "figures/figure_item.h"
#include "figures/layer_matrix_painter.h"

namespace palimpsest::app {

class LayerMatrixItem : public FigureItem {
    Q_OBJECT
    QML_NAMED_ELEMENT(LayerMatrix)
    Q_PROPERTY(QVariant snapshot READ snapshotValue WRITE setSnapshotValue NOTIFY pictureChanged FINAL)
    Q_PROPERTY(Share share READ share WRITE setShare NOTIFY pictureChanged FINAL)
    Q_PROPERTY(double theta READ theta WRITE setTheta NOTIFY pictureChanged FINAL)
    Q_PROPERTY(QString rowTitle READ rowTitle WRITE setRowTitle NOTIFY pictureChanged FINAL)
    Q_PROPERTY(QString columnTitle READ columnTitle WRITE setColumnTitle NOTIFY pictureChanged FINAL)
    Q_PROPERTY(int rowLayer READ rowLayer WRITE setRowLayer NOTIFY marksChanged FINAL)
    Q_PROPERTY(int columnLayer READ columnLayer WRITE setColumnLayer NOTIFY marksChanged FINAL)
    Q_PROPERTY(QString hoverText READ hoverText NOTIFY hoveredChanged FINAL)
    Q_PROPERTY(QPointF hoverPoint READ hoverPoint NOTIFY hoveredChanged FINAL)

public:
    enum Share { Kept, RowInColumn, ColumnInRow };
    Q_ENUM(Share)
    using Snapshot = std::shared_ptr<const align::LayerMatrix>;

    explicit LayerMatrixItem(QQuickItem* parent = nullptr);

    QVariant snapshotValue() const { return QVariant::fromValue(m_picture.matrix); }
    void setSnapshotValue(const QVariant& snapshot);
    Share share() const { return static_cast<Share>(m_picture.share); }
    void setShare(Share share);
    double theta() const { return m_picture.theta; }
    void setTheta(double theta);
    QString rowTitle() const { return m_picture.rowTitle; }
    void setRowTitle(const QString& title);
    QString columnTitle() const { return m_picture.columnTitle; }
    void setColumnTitle(const QString& title);
    int rowLayer() const { return m_rowLayer; } ///< the chosen cell; -1: none
    void setRowLayer(int layer);
    int columnLayer() const { return m_columnLayer; }
    void setColumnLayer(int layer);
    QString hoverText() const; ///< "Layer 3 and layer 4, 41 %"; empty outside
    QPointF hoverPoint() const { return m_hoverPoint; }

    /// Middle of a cell in the item; (-1, -1) when there is none.
    Q_INVOKABLE QPointF cellCentre(int rowLayer, int columnLayer) const;
    /// 0..1; -1 while the cell is not computed.
    Q_INVOKABLE double shareOf(int rowLayer, int columnLayer) const;
    Figure figure() const override;

Q_SIGNALS:
    void pictureChanged();
    void marksChanged();
    void hoveredChanged();
    void cellPicked(int rowLayer, int columnLayer);

protected:
    Painting painting() const override;
    void paintMarks(QPainter& painter) const override;
    bool event(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void hoverMoveEvent(QHoverEvent* event) override;
    void hoverLeaveEvent(QHoverEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Place {
        int row = -1;
        int column = -1;
        friend bool operator==(const Place&, const Place&) = default;
    };
    void change();
    void hover(Place place, QPointF point);
    Place placeAt(QPointF point) const;
    Place placeOf(int rowLayer, int columnLayer) const;
    void move(int rows, int columns);
    QRectF plot() const { return layerMatrixPlot(size(), m_picture, style()); }

    LayerMatrixPicture m_picture;
    int m_rowLayer = -1;
    int m_columnLayer = -1;
    Place m_hovered;
    QPointF m_hoverPoint;
};

} // namespace palimpsest::app
