#pragma once
// The label matrix on the screen: scroll, hover, choose a cell, sort by a column.
// Thread: GUI; paint() runs on the render thread while the GUI waits.

#include <QQuickPaintedItem>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include "figures/figure.h"
#include "figures/label_matrix_painter.h"
#include "figures/seen_part.h"

namespace palimpsest::app {

class LabelMatrixItem : public QQuickPaintedItem, public FigureProvider {
    Q_OBJECT
    QML_NAMED_ELEMENT(LabelMatrix)
    Q_PROPERTY(QVariant matrix READ matrixValue WRITE setMatrixValue NOTIFY matrixChanged FINAL)
    Q_PROPERTY(int rows READ rows NOTIFY matrixChanged FINAL)
    Q_PROPERTY(int columns READ columns NOTIFY matrixChanged FINAL)
    Q_PROPERTY(double positionX READ positionX WRITE setPositionX NOTIFY scrolled FINAL)
    Q_PROPERTY(double positionY READ positionY WRITE setPositionY NOTIFY scrolled FINAL)
    Q_PROPERTY(QString viewport READ viewport WRITE setViewport NOTIFY scrolled FINAL)
    Q_PROPERTY(double sizeX READ sizeX NOTIFY scrolled FINAL)
    Q_PROPERTY(double sizeY READ sizeY NOTIFY scrolled FINAL)
    Q_PROPERTY(int selectedLabel READ selectedLabel WRITE setSelectedLabel NOTIFY marksChanged FINAL)
    Q_PROPERTY(int selectedLayer READ selectedLayer WRITE setSelectedLayer NOTIFY marksChanged FINAL)
    Q_PROPERTY(int selectedSide READ selectedSide WRITE setSelectedSide NOTIFY marksChanged FINAL)
    Q_PROPERTY(int sortedLayer READ sortedLayer WRITE setSortedLayer NOTIFY marksChanged FINAL)
    Q_PROPERTY(int sortedSide READ sortedSide WRITE setSortedSide NOTIFY marksChanged FINAL)
    Q_PROPERTY(QString hoverText READ hoverText NOTIFY hoveredChanged FINAL)
    Q_PROPERTY(QPointF hoverPoint READ hoverPoint NOTIFY hoveredChanged FINAL)
    Q_PROPERTY(bool dark MEMBER m_dark NOTIFY styleChanged FINAL)
    Q_PROPERTY(QColor textColor MEMBER m_textColor NOTIFY styleChanged FINAL)
    Q_PROPERTY(QColor mutedColor MEMBER m_mutedColor NOTIFY styleChanged FINAL)
    Q_PROPERTY(QColor borderColor MEMBER m_borderColor NOTIFY styleChanged FINAL)
    Q_PROPERTY(QColor surfaceColor MEMBER m_surfaceColor NOTIFY styleChanged FINAL)
    Q_PROPERTY(QColor raisedColor MEMBER m_raisedColor NOTIFY styleChanged FINAL)
    Q_PROPERTY(QColor accentColor MEMBER m_accentColor NOTIFY styleChanged FINAL)
    Q_PROPERTY(QColor baseColor MEMBER m_baseColor NOTIFY styleChanged FINAL)
    Q_PROPERTY(QColor fineTunedColor MEMBER m_fineTunedColor NOTIFY styleChanged FINAL)
    Q_PROPERTY(QFont font MEMBER m_font NOTIFY styleChanged FINAL)

public:
    explicit LabelMatrixItem(QQuickItem* parent = nullptr);

    using Matrix = std::shared_ptr<const LabelMatrix>;
    const Matrix& matrix() const { return m_matrix; }
    void setMatrix(const Matrix& matrix);
    /// The same as a value that QML can hand from one C++ object to another.
    QVariant matrixValue() const { return QVariant::fromValue(m_matrix); }
    void setMatrixValue(const QVariant& matrix) { setMatrix(matrix.value<Matrix>()); }
    int rows() const { return m_matrix ? static_cast<int>(m_matrix->rows.size()) : 0; }
    int columns() const { return m_matrix ? static_cast<int>(m_matrix->columns.size()) : 0; }

    /// Shares of the content, as scroll bars have them.
    double positionX() const;
    void setPositionX(double position);
    double positionY() const;
    void setPositionY(double position);
    /// What a place keeps of both: "all" at the top left, or numbers that hold for a matrix with as many rows
    /// and columns. May be set before that matrix is there; holds until a person scrolls. Any other text is
    /// ignored.
    QString viewport() const;
    void setViewport(const QString& viewport);
    double sizeX() const;
    double sizeY() const;

    /// Label id; -1: all labels, -2: none. Set from outside, so that the figure follows the selection.
    int selectedLabel() const { return m_selectedLabel; }
    void setSelectedLabel(int label);
    int selectedLayer() const { return m_selectedLayer; }
    void setSelectedLayer(int layer);
    int selectedSide() const { return m_selectedSide; }
    void setSelectedSide(int side);
    int sortedLayer() const { return m_sortedLayer; }
    void setSortedLayer(int layer);
    int sortedSide() const { return m_sortedSide; }
    void setSortedSide(int side);
    /// What the cell under the pointer says, in lines; empty: none.
    QString hoverText() const;
    QPointF hoverPoint() const { return m_hoverPoint; }
    /// Middle of a cell in the item; (-1, -1) when it is not in the matrix.
    Q_INVOKABLE QPointF cellCentre(int label, int layer, int side) const;

    void paint(QPainter* painter) override;
    /// Rows that are seen, whole ones only; all columns.
    Figure figure() const override;
    bool isComplete() const override; ///< chance levels are there

Q_SIGNALS:
    void matrixChanged();
    void scrolled();
    void marksChanged();
    void hoveredChanged();
    void styleChanged();
    /// A person chose a cell; label -1: all labels.
    void cellPicked(int label, int layer, int side);
    /// A person chose the heading of a column.
    void headingPicked(int layer, int side);

protected:
    bool event(QEvent* event) override;
    void geometryChange(const QRectF& newGeometry, const QRectF& oldGeometry) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void hoverMoveEvent(QHoverEvent* event) override;
    void hoverLeaveEvent(QHoverEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void layOut();
    void scrollTo(QPointF offset);
    void scrollByHand(QPointF offset);
    void showWanted();
    void moveCursor(int rows, int columns);
    void reveal(LabelCell cell);
    void pick(LabelCell cell);
    void setHovered(LabelCell cell, QPointF point);
    template <typename T>
    void changeMark(T& member, T value);
    LabelCell cellOf(int label, int layer, int side) const;
    int columnOf(int layer, int side) const;
    LabelMatrixStyle style() const;

    Matrix m_matrix;
    LabelMatrixLayout m_layout;
    QPointF m_offset;
    std::optional<std::vector<double>> m_wanted; ///< shares of the content, x and y, and rows and columns
    int m_selectedLabel = -2;
    int m_selectedLayer = -1;
    int m_selectedSide = 0;
    int m_sortedLayer = -1;
    int m_sortedSide = 0;
    LabelCell m_hovered;
    QPointF m_hoverPoint;
    bool m_dark = false;
    QColor m_textColor, m_mutedColor, m_borderColor, m_surfaceColor, m_raisedColor, m_accentColor;
    QColor m_baseColor, m_fineTunedColor;
    QFont m_font;
};

} // namespace palimpsest::app
