#pragma once
// What SVG and outlined PDF have in common: a paint engine that brings everything that is painted into the
// page's coordinates and follows clipping. Thread: a painter belongs to one thread.

#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainterPath>
#include <QPen>

#include <memory>
#include <optional>

namespace palimpsest::app {

class VectorEngine : public QPaintEngine {
public:
    VectorEngine();

    bool begin(QPaintDevice* device) override;
    bool end() override;
    Type type() const override { return User; }
    void updateState(const QPaintEngineState& changed) override;
    void drawPath(const QPainterPath& path) override;
    void drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) override;
    void drawLines(const QLineF* lines, int count) override;
    void drawRects(const QRectF* rects, int count) override;
    void drawTextItem(const QPointF& at, const QTextItem& item) override;
    void drawPixmap(const QRectF& target, const QPixmap& pixmap, const QRectF& source) override;
    void drawImage(const QRectF& target, const QImage& image, const QRectF& source,
        Qt::ImageConversionFlags flags) override;
    using QPaintEngine::drawLines;
    using QPaintEngine::drawPolygon;
    using QPaintEngine::drawRects;

protected:
    /// A path in the page's coordinates. The pen is scaled, colours carry the opacity; either may be none.
    virtual void putPath(const QPainterPath& path, const QPen& pen, const QBrush& brush) = 0;
    /// A run of text whose base line begins at the origin of `place`.
    virtual void putText(const QTransform& place, const QFont& font, const QString& text, const QColor& color)
        = 0;
    virtual void putImage(const QTransform& place, const QRectF& target, const QImage& image, double opacity)
        = 0;
    /// What is seen of all that is painted now, in the page's coordinates; nothing: all.
    [[nodiscard]] const std::optional<QPainterPath>& clip() const { return m_clip; }

private:
    [[nodiscard]] QColor withOpacity(QColor color) const;
    [[nodiscard]] QPen pagePen() const;
    [[nodiscard]] QBrush pageBrush() const;
    void setClip(const QPainterPath& path, Qt::ClipOperation operation);

    QPen m_pen;
    QBrush m_brush;
    QTransform m_transform;
    double m_opacity = 1.0;
    bool m_clipping = false;
    std::optional<QPainterPath> m_clip;
};

/// A page of a size in pixels that an engine receives.
class VectorDevice : public QPaintDevice {
public:
    VectorDevice(QSizeF size, std::unique_ptr<VectorEngine> engine);
    QPaintEngine* paintEngine() const override { return m_engine.get(); }

protected:
    int metric(PaintDeviceMetric metric) const override;

private:
    QSizeF m_size;
    std::unique_ptr<VectorEngine> m_engine;
};

/// Paints on with another painter, text as filled outlines.
class OutlineEngine final : public VectorEngine {
public:
    /// Leaves the painter as it was when the painting ends.
    explicit OutlineEngine(QPainter& painter);
    bool end() override;

protected:
    void putPath(const QPainterPath& path, const QPen& pen, const QBrush& brush) override;
    void putText(
        const QTransform& place, const QFont& font, const QString& text, const QColor& color) override;
    void putImage(
        const QTransform& place, const QRectF& target, const QImage& image, double opacity) override;

private:
    void clipPainter();

    QPainter& m_painter;
};

/// The outline of a text in the page's coordinates.
[[nodiscard]] QPainterPath textOutline(const QTransform& place, const QFont& font, const QString& text);

} // namespace palimpsest::app
