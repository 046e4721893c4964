#pragma once
// The alignment matrix on the screen: zoom, pan, hover, choose a cell.
// Thread: GUI; the matrix is made and painted by workers.

#include <QThreadPool>
#include <QVariant>

#include "figures/alignment_matrix_painter.h"
#include "figures/figure_item.h"

namespace palimpsest::app {

class AlignmentMatrixItem : public FigureItem {
    Q_OBJECT
    QML_NAMED_ELEMENT(AlignmentMatrix)
    Q_PROPERTY(QVariant snapshot READ snapshotValue WRITE setSnapshotValue NOTIFY snapshotChanged FINAL)
    Q_PROPERTY(Share shareOf READ shareOfWhat WRITE setShareOf NOTIFY optionsChanged FINAL)
    Q_PROPERTY(bool hideBelowTheta READ hideBelowTheta WRITE setHideBelowTheta NOTIFY optionsChanged FINAL)
    Q_PROPERTY(bool hideUnaligned READ hideUnaligned WRITE setHideUnaligned NOTIFY optionsChanged FINAL)
    Q_PROPERTY(bool ready READ isReady NOTIFY matrixChanged FINAL)
    Q_PROPERTY(int rows READ rows NOTIFY matrixChanged FINAL)
    Q_PROPERTY(int columns READ columns NOTIFY matrixChanged FINAL)
    Q_PROPERTY(int cellCount READ cellCount NOTIFY matrixChanged FINAL)
    Q_PROPERTY(QString summary READ summary NOTIFY matrixChanged FINAL)
    Q_PROPERTY(double zoom READ zoom NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString viewport READ viewport WRITE setViewport NOTIFY viewChanged FINAL)
    Q_PROPERTY(int glideMs MEMBER m_glideMs FINAL)
    Q_PROPERTY(int selectedBase READ selectedBase WRITE setSelectedBase NOTIFY marksChanged FINAL)
    Q_PROPERTY(
        int selectedFineTuned READ selectedFineTuned WRITE setSelectedFineTuned NOTIFY marksChanged FINAL)
    Q_PROPERTY(int hoveredBase READ hoveredBase NOTIFY hoveredChanged FINAL)
    Q_PROPERTY(int hoveredFineTuned READ hoveredFineTuned NOTIFY hoveredChanged FINAL)
    Q_PROPERTY(QPointF hoverPoint READ hoverPoint NOTIFY hoveredChanged FINAL)
    Q_PROPERTY(QString rowTitle MEMBER m_rowTitle NOTIFY styleChanged FINAL)
    Q_PROPERTY(QString columnTitle MEMBER m_columnTitle NOTIFY styleChanged FINAL)

public:
    enum Share { OfBase, OfFineTuned, Larger };
    Q_ENUM(Share)

    explicit AlignmentMatrixItem(QQuickItem* parent = nullptr);
    ~AlignmentMatrixItem() override;

    using Comparison = std::shared_ptr<const align::LayerComparison>;
    const Comparison& snapshot() const { return m_snapshot; }
    void setSnapshot(const Comparison& snapshot);
    /// The same as a value that QML can hand from one C++ object to another; anything but a Comparison is
    /// null.
    QVariant snapshotValue() const { return QVariant::fromValue(m_snapshot); }
    void setSnapshotValue(const QVariant& snapshot) { setSnapshot(snapshot.value<Comparison>()); }
    Share shareOfWhat() const { return m_shareOf; }
    void setShareOf(Share share);
    bool hideBelowTheta() const { return m_hideBelowTheta; }
    void setHideBelowTheta(bool hide);
    bool hideUnaligned() const { return m_hideUnaligned; }
    void setHideUnaligned(bool hide);

    Figure figure() const override;
    Figure wholeFigure() const override;
    /// What a place keeps of zoom and pan: "all", or numbers that hold for a matrix with as many rows and
    /// columns. May be set before that matrix is there; holds until a person moves the picture. Within
    /// `glideMs` the picture moves there; 0: at once. Any other text is ignored.
    QString viewport() const;
    void setViewport(const QString& viewport);

    bool isReady() const { return m_matrix != nullptr; }
    int rows() const { return m_matrix ? m_matrix->rows() : 0; } ///< base concepts that are shown
    int columns() const { return m_matrix ? m_matrix->columns() : 0; }
    int cellCount() const { return m_matrix ? static_cast<int>(m_matrix->cellCount()) : 0; }
    QString summary() const; ///< "600 × 600 concepts, 4,310 cells"
    double zoom() const { return m_viewport.zoom(); } ///< 1: all of the matrix

    /// Concept ids, -1: none. Set from outside, so that the figure follows the selection.
    int selectedBase() const { return m_selectedBase; }
    void setSelectedBase(int id);
    int selectedFineTuned() const { return m_selectedFineTuned; }
    void setSelectedFineTuned(int id);
    int hoveredBase() const;
    int hoveredFineTuned() const;
    QPointF hoverPoint() const { return m_hoverPoint; }

    /// Zooms about the selected cell when it is in the plot, else about the middle.
    Q_INVOKABLE void zoomIn();
    Q_INVOKABLE void zoomOut();
    Q_INVOKABLE void showAll();
    /// Zooms until the selected cell and its neighbours can be read.
    Q_INVOKABLE void showSelected();
    /// Drops both filters.
    Q_INVOKABLE void showEverything();
    /// Middle of a pair's cell in the item; (-1, -1) when it is not in the matrix.
    Q_INVOKABLE QPointF cellCentre(int baseId, int fineTunedId) const;

Q_SIGNALS:
    void snapshotChanged();
    void optionsChanged();
    void matrixChanged();
    void viewChanged();
    void marksChanged();
    void hoveredChanged();
    /// A person chose a cell.
    void pairPicked(int baseId, int fineTunedId);

protected:
    Painting painting() const override;
    void paintMarks(QPainter& painter) const override;
    bool event(QEvent* event) override;
    void geometryChange(const QRectF& newGeometry, const QRectF& oldGeometry) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void hoverMoveEvent(QHoverEvent* event) override;
    void hoverLeaveEvent(QHoverEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void build();
    void adopt(std::shared_ptr<const AlignmentMatrix> matrix);
    void layOut();
    void viewMoved();
    void movedByHand();
    void showWanted(int ms);
    Figure figureOf(const MatrixViewport& viewport) const;
    void zoomBy(double factor);
    void moveCursor(int rows, int columns);
    void pick(MatrixCell cell);
    void setHovered(MatrixCell cell, QPointF point);
    std::optional<MatrixCell> cellNear(QPointF point) const;
    MatrixCell selectedCell() const;

    Comparison m_snapshot;
    std::shared_ptr<const AlignmentMatrix> m_matrix;
    MatrixViewport m_viewport;
    struct WantedView {
        SeenPart part;
        int rows = 0, columns = 0; ///< 0: of any matrix
    };
    std::optional<WantedView> m_wanted;
    Glide m_glide;
    int m_glideMs = 0;
    Share m_shareOf = Larger;
    bool m_hideBelowTheta = false;
    bool m_hideUnaligned = false;
    int m_selectedBase = -1;
    int m_selectedFineTuned = -1;
    MatrixCell m_hovered{-1, -1};
    QPointF m_hoverPoint;
    std::optional<QPointF> m_pressed;
    bool m_dragged = false;
    QString m_rowTitle, m_columnTitle;
    int m_generation = 0; ///< matrices of superseded requests are dropped
    QThreadPool m_matrixWorker; ///< one thread; waited for before this item is gone
};

} // namespace palimpsest::app
