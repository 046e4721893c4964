#include "publish/vector_engine.h"

#include <QPainter>

#include <cmath>

namespace palimpsest::app {

VectorEngine::VectorEngine()
    : QPaintEngine(
        PaintEngineFeatures(AllFeatures & ~PerspectiveTransform & ~PorterDuff & ~BlendModes & ~RasterOpModes))
{
}

bool VectorEngine::begin(QPaintDevice* /*device*/)
{
    setActive(true);
    return true;
}

bool VectorEngine::end()
{
    setActive(false);
    return true;
}

QColor VectorEngine::withOpacity(QColor color) const
{
    color.setAlphaF(static_cast<float>(color.alphaF() * m_opacity));
    return color;
}

QPen VectorEngine::pagePen() const
{
    QPen pen = m_pen;
    if (pen.style() == Qt::NoPen)
        return pen;
    if (pen.isCosmetic() || pen.widthF() <= 0.0)
        pen.setWidthF(pen.widthF() <= 0.0 ? 1.0 : pen.widthF());
    else
        pen.setWidthF(pen.widthF() * std::sqrt(std::abs(m_transform.determinant())));
    pen.setCosmetic(false);
    pen.setColor(withOpacity(pen.color()));
    return pen;
}

QBrush VectorEngine::pageBrush() const
{
    if (m_brush.style() == Qt::NoBrush)
        return m_brush;
    QColor color = withOpacity(m_brush.color());
    // A hatching is a tint in print.
    if (m_brush.style() != Qt::SolidPattern)
        color.setAlphaF(color.alphaF() * 0.4F);
    return color;
}

void VectorEngine::setClip(const QPainterPath& path, Qt::ClipOperation operation)
{
    switch (operation) {
    case Qt::NoClip:
        m_clip.reset();
        m_clipping = false;
        return;
    case Qt::IntersectClip:
        m_clip = m_clip ? m_clip->intersected(path) : path;
        break;
    case Qt::ReplaceClip:
        m_clip = path;
        break;
    }
    m_clipping = true;
}

void VectorEngine::updateState(const QPaintEngineState& changed)
{
    const DirtyFlags dirty = changed.state();
    if (dirty & DirtyTransform)
        m_transform = changed.transform();
    if (dirty & DirtyPen)
        m_pen = changed.pen();
    if (dirty & DirtyBrush)
        m_brush = changed.brush();
    if (dirty & DirtyOpacity)
        m_opacity = changed.opacity();
    if (dirty & DirtyClipPath)
        setClip(changed.transform().map(changed.clipPath()), changed.clipOperation());
    if (dirty & DirtyClipRegion) {
        QPainterPath path;
        path.addRegion(changed.clipRegion());
        setClip(changed.transform().map(path), changed.clipOperation());
    }
    if ((dirty & DirtyClipEnabled) && !changed.isClipEnabled())
        m_clip.reset();
}

void VectorEngine::drawPath(const QPainterPath& path)
{
    putPath(m_transform.map(path), pagePen(), pageBrush());
}

void VectorEngine::drawPolygon(const QPointF* points, int count, PolygonDrawMode mode)
{
    if (count < 2)
        return;
    QPainterPath path(points[0]);
    for (int i = 1; i < count; ++i)
        path.lineTo(points[i]);
    if (mode != PolylineMode)
        path.closeSubpath();
    path.setFillRule(mode == WindingMode ? Qt::WindingFill : Qt::OddEvenFill);
    putPath(m_transform.map(path), pagePen(), mode == PolylineMode ? QBrush() : pageBrush());
}

void VectorEngine::drawLines(const QLineF* lines, int count)
{
    QPainterPath path;
    for (int i = 0; i < count; ++i) {
        path.moveTo(lines[i].p1());
        // A point is seen by the caps of its line.
        path.lineTo(lines[i].isNull() ? lines[i].p1() + QPointF(0.01, 0) : lines[i].p2());
    }
    putPath(m_transform.map(path), pagePen(), {});
}

void VectorEngine::drawRects(const QRectF* rects, int count)
{
    QPainterPath path;
    for (int i = 0; i < count; ++i)
        path.addRect(rects[i]);
    path.setFillRule(Qt::WindingFill);
    putPath(m_transform.map(path), pagePen(), pageBrush());
}

void VectorEngine::drawTextItem(const QPointF& at, const QTextItem& item)
{
    if (m_pen.style() != Qt::NoPen && !item.text().trimmed().isEmpty())
        putText(QTransform::fromTranslate(at.x(), at.y()) * m_transform, item.font(), item.text(),
            withOpacity(m_pen.color()));
}

void VectorEngine::drawPixmap(const QRectF& target, const QPixmap& pixmap, const QRectF& source)
{
    drawImage(target, pixmap.toImage(), source, Qt::AutoColor);
}

void VectorEngine::drawImage(
    const QRectF& target, const QImage& image, const QRectF& source, Qt::ImageConversionFlags /*flags*/)
{
    const QRect part = source.toAlignedRect();
    putImage(m_transform, target, part == image.rect() ? image : image.copy(part), m_opacity);
}

VectorDevice::VectorDevice(QSizeF size, std::unique_ptr<VectorEngine> engine)
    : m_size(size)
    , m_engine(std::move(engine))
{
}

int VectorDevice::metric(PaintDeviceMetric metric) const
{
    constexpr int kDpi = 72; // a pixel is a unit of the page
    switch (metric) {
    case PdmWidth:
        return static_cast<int>(std::ceil(m_size.width()));
    case PdmHeight:
        return static_cast<int>(std::ceil(m_size.height()));
    case PdmWidthMM:
        return static_cast<int>(m_size.width() * 25.4 / kDpi);
    case PdmHeightMM:
        return static_cast<int>(m_size.height() * 25.4 / kDpi);
    case PdmNumColors:
        return 0x7fffffff;
    case PdmDepth:
        return 32;
    case PdmDpiX:
    case PdmDpiY:
    case PdmPhysicalDpiX:
    case PdmPhysicalDpiY:
        return kDpi;
    case PdmDevicePixelRatio:
        return 1;
    case PdmDevicePixelRatioScaled:
        return static_cast<int>(devicePixelRatioFScale());
    default:
        return 0;
    }
}

OutlineEngine::OutlineEngine(QPainter& painter)
    : m_painter(painter)
{
    m_painter.save();
}

bool OutlineEngine::end()
{
    m_painter.restore();
    return VectorEngine::end();
}

void OutlineEngine::clipPainter()
{
    m_painter.restore();
    m_painter.save();
    if (clip())
        m_painter.setClipPath(*clip());
}

void OutlineEngine::putPath(const QPainterPath& path, const QPen& pen, const QBrush& brush)
{
    clipPainter();
    m_painter.setPen(pen);
    m_painter.setBrush(brush);
    m_painter.drawPath(path);
}

void OutlineEngine::putText(
    const QTransform& place, const QFont& font, const QString& text, const QColor& color)
{
    clipPainter();
    m_painter.fillPath(textOutline(place, font, text), color);
}

void OutlineEngine::putImage(
    const QTransform& place, const QRectF& target, const QImage& image, double opacity)
{
    clipPainter();
    m_painter.setOpacity(opacity);
    m_painter.setTransform(place, true);
    m_painter.drawImage(target, image);
}

QPainterPath textOutline(const QTransform& place, const QFont& font, const QString& text)
{
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    path.addText(QPointF(0, 0), font, text);
    return place.map(path);
}

} // namespace palimpsest::app
