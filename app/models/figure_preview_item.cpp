#include "models/figure_preview_item.h"

#include <QPainter>

#include <algorithm>

namespace palimpsest::app {

void FigurePreviewItem::setPicture(const QVariant& picture)
{
    m_picture = picture.value<std::shared_ptr<const LaidOutFigure>>();
    redraw();
    Q_EMIT pictureChanged();
}

FigureItem::Painting FigurePreviewItem::painting() const
{
    if (!m_picture)
        return {};
    return [picture = m_picture, look = style(), room = size()](QPainter& painter) {
        FigurePage page = figurePage(picture->figure, picture->options);
        const double scale = std::min(room.width() / page.size.width(), room.height() / page.size.height());
        const QSizeF paper = page.size * scale;
        painter.translate((room.width() - paper.width()) / 2, (room.height() - paper.height()) / 2);
        painter.fillRect(QRectF({0, 0}, paper), page.style.surface);
        painter.setPen(QPen(look.border, 1));
        painter.drawRect(QRectF({0.5, 0.5}, paper - QSizeF(1, 1)));
        painter.scale(scale, scale);
        page.style.pixelRatio = look.pixelRatio * scale;
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        paintFigure(painter, picture->figure, picture->options, page);
    };
}

} // namespace palimpsest::app
