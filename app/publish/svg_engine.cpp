#include "publish/svg_engine.h"

#include <QBuffer>
#include <QFontInfo>
#include <QImage>

#include <cmath>

namespace palimpsest::app {

namespace {

QByteArray attribute(const char* name, const QByteArray& value)
{
    return QByteArray(" ") + name + "=\"" + value + '"';
}

QByteArray paint(const char* name, const QColor& color)
{
    QByteArray text = attribute(name, color.name(QColor::HexRgb).toLatin1());
    if (color.alpha() < 255)
        text += attribute((QByteArray(name) + "-opacity").constData(), svgNumber(color.alphaF()));
    return text;
}

QByteArray stroke(const QPen& pen)
{
    QByteArray text = paint("stroke", pen.color());
    if (std::abs(pen.widthF() - 1.0) > 0.005)
        text += attribute("stroke-width", svgNumber(pen.widthF()));
    if (pen.style() != Qt::SolidLine) {
        QByteArrayList lengths;
        const auto pattern = pen.dashPattern();
        for (const double length : pattern)
            lengths.append(svgNumber(length * pen.widthF()));
        text += attribute("stroke-dasharray", lengths.join(','));
    }
    if (pen.capStyle() != Qt::SquareCap)
        text += attribute("stroke-linecap", pen.capStyle() == Qt::RoundCap ? "round" : "butt");
    if (pen.joinStyle() != Qt::BevelJoin)
        text += attribute("stroke-linejoin", pen.joinStyle() == Qt::RoundJoin ? "round" : "miter");
    return text;
}

QByteArray matrix(const QTransform& place)
{
    QByteArrayList numbers;
    for (const double value : {place.m11(), place.m12(), place.m21(), place.m22()})
        numbers.append(QByteArray::number(value, 'g', 6));
    for (const double value : {place.dx(), place.dy()})
        numbers.append(svgNumber(value));
    return "matrix(" + numbers.join(' ') + ')';
}

} // namespace

QByteArray svgNumber(double value)
{
    QByteArray text = QByteArray::number(value, 'f', 2);
    while (text.endsWith('0'))
        text.chop(1);
    if (text.endsWith('.'))
        text.chop(1);
    return text == "-0" ? QByteArray("0") : text;
}

QByteArray xmlText(const QString& text)
{
    QString clean = text;
    for (QChar& character : clean) {
        if (character < QChar(0x20) && character != u'\n' && character != u'\t')
            character = u' ';
    }
    return clean.toHtmlEscaped().toUtf8();
}

QByteArray svgPath(const QPainterPath& path)
{
    QByteArray text;
    QByteArray x, y, startX, startY;
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element at = path.elementAt(i);
        const QByteArray nextX = svgNumber(at.x);
        const QByteArray nextY = svgNumber(at.y);
        if (at.isMoveTo()) {
            text += 'M' + nextX + ' ' + nextY;
            startX = nextX;
            startY = nextY;
        } else if (at.isCurveTo() && i + 2 < path.elementCount()) {
            text += 'C' + nextX + ' ' + nextY;
            for (int control = 1; control <= 2; ++control) {
                const QPainterPath::Element point = path.elementAt(i + control);
                x = svgNumber(point.x);
                y = svgNumber(point.y);
                text += ' ' + x + ' ' + y;
            }
            i += 2;
            continue;
        } else if (nextX == startX && nextY == startY
            && (i + 1 == path.elementCount() || path.elementAt(i + 1).isMoveTo())) {
            text += 'Z';
        } else if (nextY == y) {
            text += 'H' + nextX;
        } else if (nextX == x) {
            text += 'V' + nextY;
        } else {
            text += 'L' + nextX + ' ' + nextY;
        }
        x = nextX;
        y = nextY;
    }
    return text;
}

QByteArray fontList(const QString& family)
{
    // Verdana is as wide as DejaVu Sans, which both descend from.
    return "'" + xmlText(family) + "',Verdana,Arial,sans-serif";
}

SvgEngine::SvgEngine(const QByteArray& idPrefix, const QString& fontFamily, bool textAsOutlines)
    : m_prefix(idPrefix)
    , m_family(fontFamily)
    , m_outlines(textAsOutlines)
{
}

void SvgEngine::closeGroup()
{
    if (!m_openClip.isEmpty())
        m_body += "</g>\n";
    m_openClip.clear();
}

void SvgEngine::clipTo(const QRectF& bounds)
{
    QByteArray wanted;
    if (clip() && !clip()->contains(bounds))
        wanted = svgPath(*clip());
    if (wanted == m_openClip)
        return;
    closeGroup();
    if (wanted.isEmpty())
        return;
    const QByteArray id = m_prefix + QByteArray::number(++m_clips);
    m_definitions += "<clipPath id=\"" + id + "\"><path d=\"" + wanted + "\"/></clipPath>\n";
    m_body += "<g clip-path=\"url(#" + id + ")\">\n";
    m_openClip = wanted;
}

void SvgEngine::putPath(const QPainterPath& path, const QPen& pen, const QBrush& brush)
{
    const bool filled = brush.style() != Qt::NoBrush && brush.color().alpha() > 0;
    const bool stroked = pen.style() != Qt::NoPen && pen.color().alpha() > 0;
    if (path.isEmpty() || (!filled && !stroked))
        return;
    const double half = stroked ? pen.widthF() : 0.0;
    const QRectF bounds = path.boundingRect().adjusted(-half, -half, half, half);
    if (clip() && !clip()->intersects(bounds))
        return;
    clipTo(bounds);
    m_body += "<path";
    if (filled) {
        m_body += paint("fill", brush.color());
        if (path.fillRule() == Qt::OddEvenFill && path.elementCount() > 8)
            m_body += attribute("fill-rule", "evenodd");
    }
    if (stroked)
        m_body += stroke(pen);
    m_body += attribute("d", svgPath(path)) + "/>\n";
}

void SvgEngine::putText(const QTransform& place, const QFont& font, const QString& text, const QColor& color)
{
    if (m_outlines) {
        putPath(textOutline(place, font, text), Qt::NoPen, color);
        return;
    }
    const QFontMetricsF metrics(font);
    const QRectF bounds = place.mapRect(metrics.boundingRect(text));
    if (clip() && !clip()->intersects(bounds))
        return;
    clipTo(bounds);
    m_body += "<text";
    if (place.type() <= QTransform::TxTranslate)
        m_body += attribute("x", svgNumber(place.dx())) + attribute("y", svgNumber(place.dy()));
    else
        m_body += attribute("transform", matrix(place));
    m_body += attribute("font-size", QByteArray::number(QFontInfo(font).pixelSize()));
    if (font.weight() != QFont::Normal)
        m_body += attribute("font-weight", QByteArray::number(static_cast<int>(font.weight())));
    if (font.italic())
        m_body += attribute("font-style", "italic");
    if (font.underline())
        m_body += attribute("text-decoration", "underline");
    if (const QString family = QFontInfo(font).family(); family != m_family)
        m_body += attribute("font-family", fontList(family));
    m_body += paint("fill", color) + '>' + xmlText(text) + "</text>\n";
}

void SvgEngine::putImage(const QTransform& place, const QRectF& target, const QImage& image, double opacity)
{
    clipTo(place.mapRect(target));
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    QImage plain = image;
    plain.setDotsPerMeterX(0);
    plain.setDotsPerMeterY(0);
    if (!plain.save(&buffer, "PNG"))
        return;
    m_body += "<image" + attribute("x", svgNumber(target.x())) + attribute("y", svgNumber(target.y()))
        + attribute("width", svgNumber(target.width())) + attribute("height", svgNumber(target.height()))
        + attribute("preserveAspectRatio", "none");
    if (place.type() > QTransform::TxNone)
        m_body += attribute("transform", matrix(place));
    if (opacity < 1.0)
        m_body += attribute("opacity", svgNumber(opacity));
    m_body += attribute("xlink:href", "data:image/png;base64," + png.toBase64()) + "/>\n";
}

QByteArray SvgEngine::finish()
{
    closeGroup();
    QByteArray all;
    if (!m_definitions.isEmpty())
        all = "<defs>\n" + m_definitions + "</defs>\n";
    // Qt's own pens are so, hence most of what is painted.
    return all + "<g fill=\"none\" stroke-linecap=\"square\" stroke-linejoin=\"bevel\" font-family=\""
        + fontList(m_family) + "\">\n" + m_body + "</g>\n";
}

} // namespace palimpsest::app
