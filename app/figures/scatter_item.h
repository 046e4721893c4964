#pragma once
// Up to hundreds of thousands of points that move between two pictures, drawn by the graphics processor: pan,
// zoom and morph change a few numbers of the shader and no vertex.
// Thread: GUI; updatePaintNode on the render thread while the GUI thread waits.

#include <QElapsedTimer>
#include <QFont>
#include <QPointer>
#include <QQuickItem>
#include <QTimer>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include <atomic>

#include "figures/figure.h"
#include "figures/scatter_labels.h"
#include "figures/scatter_points.h"
#include "figures/scatter_viewport.h"

namespace palimpsest::app {

class ScatterItem : public QQuickItem, public FigureProvider {
    Q_OBJECT
    QML_NAMED_ELEMENT(Scatter)
    Q_PROPERTY(QVariant points READ pointsValue WRITE setPoints NOTIFY pointsChanged FINAL)
    Q_PROPERTY(QVariant colors READ colorsValue WRITE setColors NOTIFY colorsChanged FINAL)
    Q_PROPERTY(QVariant marked READ markedValue WRITE setMarked NOTIFY markedChanged FINAL)
    Q_PROPERTY(QVariant names READ namesValue WRITE setNames NOTIFY namesChanged FINAL)
    Q_PROPERTY(double morph READ morph WRITE setMorph NOTIFY morphChanged FINAL)
    Q_PROPERTY(QColor markColor MEMBER m_markColor WRITE setMarkColor NOTIFY markColorChanged FINAL)
    Q_PROPERTY(
        QColor outlineColor MEMBER m_outlineColor WRITE setOutlineColor NOTIFY outlineColorChanged FINAL)
    Q_PROPERTY(QFont font MEMBER m_font WRITE setFont NOTIFY fontChanged FINAL)
    Q_PROPERTY(bool lassoMode MEMBER m_lassoMode WRITE setLassoMode NOTIFY lassoModeChanged FINAL)
    Q_PROPERTY(bool hasLasso READ hasLasso NOTIFY lassoChanged FINAL)
    Q_PROPERTY(int hoveredPoint READ hoveredPoint NOTIFY hoveredChanged FINAL)
    Q_PROPERTY(QPointF hoverPosition READ hoverPosition NOTIFY hoveredChanged FINAL)
    Q_PROPERTY(double zoom READ zoom NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString viewport READ viewport WRITE setViewport NOTIFY viewChanged FINAL)
    Q_PROPERTY(int glideMs MEMBER m_glideMs FINAL)
    Q_PROPERTY(double pointRadius READ pointRadius NOTIFY viewChanged FINAL)
    Q_PROPERTY(bool drawable READ isDrawable NOTIFY drawableChanged FINAL)
    Q_PROPERTY(palimpsest::app::ScatterLabels* labels READ labels CONSTANT FINAL)

public:
    explicit ScatterItem(QQuickItem* parent = nullptr);

    QVariant pointsValue() const { return QVariant::fromValue(m_points); } ///< ScatterData
    void setPoints(const QVariant& points);
    QVariant colorsValue() const { return QVariant::fromValue(m_colors); } ///< ScatterColors
    void setColors(const QVariant& colors);
    QVariant markedValue() const
    {
        return QVariant::fromValue(m_marked);
    } ///< ScatterRows: drawn large, on top
    void setMarked(const QVariant& marked);
    QVariant namesValue() const { return QVariant::fromValue(m_names); } ///< ScatterNames
    void setNames(const QVariant& names);
    double morph() const { return m_morph; } ///< 0: base, 1: fine-tuned
    void setMorph(double morph);
    void setMarkColor(const QColor& color);
    void setOutlineColor(const QColor& color); ///< of the lasso
    void setFont(const QFont& font); ///< of the names, which QML draws
    void setLassoMode(bool on); ///< dragging draws a lasso; else only with Shift
    bool hasLasso() const { return m_outline.size() > 2; }
    int hoveredPoint() const { return m_hovered; } ///< -1: none
    QPointF hoverPosition() const; ///< of the hovered point
    double zoom() const { return m_viewport.zoom(); }
    double pointRadius() const; ///< in pixels
    bool isDrawable() const { return m_drawable; } ///< false: the software renderer draws no points
    ScatterLabels* labels() { return &m_labels; }

    Figure figure() const override;
    Figure wholeFigure() const override;
    /// What a place keeps of zoom and pan: "all", or numbers that hold for points in the same bounds. May be
    /// set before these are there; holds until a person moves the picture. Within `glideMs` the picture moves
    /// there; 0: at once. Any other text is ignored.
    QString viewport() const;
    void setViewport(const QString& viewport);

    Q_INVOKABLE void zoomIn();
    Q_INVOKABLE void zoomOut();
    Q_INVOKABLE void showAll();
    /// Zooms to what is marked; nothing where nothing is.
    Q_INVOKABLE void showMarked();
    Q_INVOKABLE void clearLasso();
    /// Where a point stands now; outside of the item where there is no such point.
    Q_INVOKABLE QPointF positionOf(int point) const;

Q_SIGNALS:
    void pointsChanged();
    void colorsChanged();
    void markedChanged();
    void namesChanged();
    void morphChanged();
    void markColorChanged();
    void outlineColorChanged();
    void fontChanged();
    void lassoModeChanged();
    void lassoChanged();
    void hoveredChanged();
    void viewChanged();
    void drawableChanged();
    void pointPicked(int point);
    void backgroundPicked();
    void labelPicked(int id);
    /// A lasso was closed; `rows` is a ScatterRows.
    void lassoDrawn(const QVariant& rows);

protected:
    QSGNode* updatePaintNode(QSGNode* node, UpdatePaintNodeData* data) override;
    void geometryChange(const QRectF& newGeometry, const QRectF& oldGeometry) override;
    void itemChange(ItemChange change, const ItemChangeData& data) override;
    bool event(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseUngrabEvent() override;
    void hoverMoveEvent(QHoverEvent* event) override;
    void hoverLeaveEvent(QHoverEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Drag { None, Pressed, Pan, Lasso };
    void viewMoved();
    void movedByHand();
    void showWanted(int ms);
    double pointRadius(double zoom) const;
    void moved(); ///< the picture is in motion; when it rests, names are chosen anew and all points drawn
    void rested();
    void chooseLabels();
    void hoverAt(std::optional<QPointF> position);
    std::optional<std::uint32_t> pointAt(QPointF position) const;
    void finishLasso();
    void watchFrames(QQuickWindow* window);
    void paceFrames();

    ScatterData m_points;
    ScatterColors m_colors;
    ScatterRows m_marked;
    ScatterNames m_names;
    ScatterViewport m_viewport;
    struct WantedView {
        SeenPart part;
        QRectF bounds; ///< of the points; empty: any
    };
    std::optional<WantedView> m_wanted;
    Glide m_glide;
    int m_glideMs = 0;
    ScatterLabels m_labels;
    QPolygonF m_outline; ///< of the lasso, in places of the points
    QColor m_markColor{Qt::black};
    QColor m_outlineColor{Qt::blue};
    QFont m_font;
    QTimer m_rest;
    double m_morph = 0.0;
    bool m_lassoMode = false;
    bool m_drawable = true;
    int m_hovered = -1;
    Drag m_drag = Drag::None;
    QPointF m_pressed;
    // For updatePaintNode:
    bool m_verticesStale = true;
    bool m_marksStale = true;
    bool m_inMotion = false;
    int m_chunksInMotion; ///< of the random parts of the points, how many keep up with the screen
    int m_chunksDrawn = 0; ///< in the last frame
    int m_calmFrames = 0;
    QPointer<QQuickWindow> m_watched;
    // Render thread:
    QElapsedTimer m_frame;
    std::atomic<int> m_frameMs = 0; ///< from the begin of the last frame to its end
};

} // namespace palimpsest::app
