#pragma once
// How tests look at what is painted: one style, pictures on white. Thread: reentrant.

#include <QImage>
#include <QPainter>

#include "figures/figure_style.h"

namespace palimpsest::testing {

[[nodiscard]] inline app::FigureStyle lightStyle()
{
    app::FigureStyle style;
    style.text = style.muted = Qt::black;
    style.border = Qt::gray;
    style.surface = Qt::white;
    style.accent = Qt::blue;
    style.font.setPixelSize(11);
    return style;
}

/// What `draw` paints on a white picture.
template <typename Draw>
[[nodiscard]] QImage painted(QSize size, const Draw& draw)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::white);
    {
        QPainter painter(&image);
        draw(painter);
    }
    return image;
}

} // namespace palimpsest::testing
