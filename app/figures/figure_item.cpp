#include "figures/figure_item.h"

#include <QPainter>
#include <QQuickWindow>

#include <cmath>

#include "figures/word_writing.h"

namespace palimpsest::app {

FigureItem::FigureItem(QQuickItem* parent)
    : QQuickPaintedItem(parent)
{
    m_worker.setMaxThreadCount(1);
    m_font.setPixelSize(11);
    connect(this, &FigureItem::styleChanged, this, &FigureItem::redraw);
    connect(&WordWriting::instance(), &WordWriting::changed, this, &FigureItem::redraw);
}

FigureItem::~FigureItem()
{
    m_worker.waitForDone();
}

void FigureItem::paintMarks(QPainter& /*painter*/) const { }

void FigureItem::redraw()
{
    const bool was = isSettled();
    m_stale = true;
    if (was)
        Q_EMIT settledChanged();
    polish();
}

void FigureItem::updatePolish()
{
    if (!m_stale || m_drawing || !isVisible() || width() < 1 || height() < 1)
        return;
    m_stale = false;
    const double ratio = style().pixelRatio;
    const QSize pixels(
        static_cast<int>(std::ceil(width() * ratio)), static_cast<int>(std::ceil(height() * ratio)));
    auto work = painting();
    m_drawing = true;
    m_worker.start([this, ratio, pixels, work = std::move(work)] {
        QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(ratio);
        image.fill(Qt::transparent);
        if (work) {
            QPainter painter(&image);
            work(painter);
        }
        // The destructor waits for this thread, and Qt drops calls to objects that are gone.
        QMetaObject::invokeMethod(
            this, [this, image] { adopt(image); }, Qt::QueuedConnection);
    });
}

void FigureItem::adopt(const QImage& image)
{
    m_drawing = false;
    m_image = image;
    update();
    if (m_stale)
        polish();
    else
        Q_EMIT settledChanged();
}

void FigureItem::paint(QPainter* painter)
{
    if (!m_image.isNull())
        painter->drawImage(QPointF(0, 0), m_image);
    paintMarks(*painter);
}

FigureStyle FigureItem::style() const
{
    return {m_dark, m_textColor, m_mutedColor, m_borderColor, m_surfaceColor, m_accentColor, m_font,
        window() ? window()->effectiveDevicePixelRatio() : 1.0};
}

void FigureItem::itemChange(ItemChange change, const ItemChangeData& data)
{
    QQuickPaintedItem::itemChange(change, data);
    if (change == ItemVisibleHasChanged && data.boolValue && m_stale)
        polish();
}

void FigureItem::geometryChange(const QRectF& newGeometry, const QRectF& oldGeometry)
{
    QQuickPaintedItem::geometryChange(newGeometry, oldGeometry);
    if (newGeometry.size() != oldGeometry.size())
        redraw();
}

} // namespace palimpsest::app
