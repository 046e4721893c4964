// A story as PDF slides.
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

#include "publish/page_writer.h"
#include "publish/story_page.h"

namespace palimpsest::app {

namespace {

const QSizeF kSlideMm(254.0, 142.9); // 16:9
constexpr double kMargin = 30.0; // points
constexpr double kGapBetween = 14.0;
constexpr double kMmOfPoint = 25.4 / 72.0;

QFont slideFont(int points, bool strong)
{
    QFont font = themeStyle(false).font;
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setPixelSize(points);
    font.setWeight(strong ? QFont::DemiBold : QFont::Normal);
    return font;
}

/// Draws wrapped text from the top of `room` on and returns the height it took, at most that of the room.
double drawWrapped(
    QPainter& painter, const QRectF& room, const QString& text, const QFont& font, const QColor& color)
{
    if (text.isEmpty())
        return 0.0;
    const int flags = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;
    const QRectF needed = QFontMetricsF(font).boundingRect(room, flags, text);
    painter.save();
    painter.setClipRect(room);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(room, flags, text);
    painter.restore();
    return std::min(needed.height(), room.height());
}

double wrappedHeight(const QString& text, const QFont& font, double width, double most)
{
    if (text.isEmpty())
        return 0.0;
    const QRectF room(0, 0, width, most);
    const int flags = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;
    return std::min(most, QFontMetricsF(font).boundingRect(room, flags, text).height());
}

void drawFigures(QPainter& painter, const QRectF& room, const QList<Figure>& figures)
{
    const qsizetype count = figures.size();
    const qsizetype columns = count <= 3 ? count : 2; // four stand in two rows
    const qsizetype rows = (count + columns - 1) / columns;
    const auto part = [](double whole, qsizetype parts) {
        return (whole - kGapBetween * static_cast<double>(parts - 1)) / static_cast<double>(parts);
    };
    const QSizeF cell(part(room.width(), columns), part(room.height(), rows));
    for (qsizetype at = 0; at < count; ++at) {
        FigureOptions options;
        options.widthMm = cell.width() * kMmOfPoint;
        options.heightMm = cell.height() * kMmOfPoint;
        options.textPoints = 9.0; // a square matrix with its legend has no room for more
        options.withTitle = count > 1;
        const QPointF corner(room.left() + static_cast<double>(at % columns) * (cell.width() + kGapBetween),
            room.top() + static_cast<double>(at / columns) * (cell.height() + kGapBetween));
        paintFigureAt(painter, corner, figures[at], options, figurePage(figures[at], options));
    }
}

void drawPicture(QPainter& painter, const QRectF& room, const QImage& picture)
{
    const QSizeF size = QSizeF(picture.size()).scaled(room.size(), Qt::KeepAspectRatio);
    painter.drawImage(QRectF({room.left(), room.top()}, size), picture);
}

void drawSlide(QPainter& painter, QSizeF page, const ShownSlide& slide, const QString& number)
{
    const FigureStyle style = themeStyle(false);
    const QRectF inside(kMargin, kMargin * 0.8, page.width() - 2 * kMargin, page.height() - 1.6 * kMargin);
    const double title = drawWrapped(painter, {inside.topLeft(), QSizeF(inside.width(), 60)}, slide.title,
        slideFont(24, true), style.text);
    const QFont small = slideFont(9, false);
    const double footer = QFontMetricsF(small).height();
    painter.setFont(small);
    painter.setPen(style.muted);
    const QRectF foot(inside.left(), inside.bottom() - footer, inside.width(), footer);
    painter.drawText(foot, Qt::AlignLeft | Qt::AlignBottom, slide.place);
    painter.drawText(foot, Qt::AlignRight | Qt::AlignBottom, number);
    const QFont captionFont = slideFont(14, false);
    const double caption = wrappedHeight(slide.caption, captionFont, inside.width(), 90);
    const double captionTop = foot.top() - 6 - caption;
    drawWrapped(painter, QRectF(inside.left(), captionTop, inside.width(), caption + 1), slide.caption,
        captionFont, style.text);
    const double top = inside.top() + title + 10;
    const QRectF room(inside.left(), top, inside.width(), std::max(60.0, captionTop - 8 - top));
    if (!slide.figures.isEmpty())
        drawFigures(painter, room, slide.figures);
    else if (!slide.picture.isNull())
        drawPicture(painter, room, slide.picture);
}

} // namespace

base::Result<QByteArray> storyPdf(const Slideshow& show)
{
    PageWriter writer(kSlideMm, show.title);
    for (qsizetype at = 0; at < show.slides.size(); ++at) {
        QPainter* painter = writer.painter();
        if (!painter)
            break; // finish() says so
        if (at > 0)
            writer.newPage();
        drawSlide(*painter, writer.pageSize(), show.slides[at],
            QStringLiteral("%1 / %2").arg(at + 1).arg(show.slides.size()));
    }
    return writer.finish();
}

} // namespace palimpsest::app
