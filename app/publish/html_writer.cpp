#include "publish/html_writer.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QCryptographicHash>

#include "publish/figure_file.h"
#include "publish/svg_engine.h"

namespace palimpsest::app {

namespace {

QString pageText(const char* source)
{
    return QCoreApplication::translate("Pages", source);
}

/// The element alone, with the places that say something.
QByteArray inlineSvg(const QByteArray& file, const QByteArray& spots, const QString& title)
{
    const qsizetype begin = file.indexOf("<svg ");
    const qsizetype open = file.indexOf('>', begin);
    const qsizetype end = file.lastIndexOf("</svg>");
    QByteArray tag = file.mid(begin, open - begin);
    // The browser decides on the size.
    for (const char* name : {" width=\"", " height=\""}) {
        const QByteArray attribute(name);
        const qsizetype at = tag.indexOf(attribute);
        if (at >= 0)
            tag.remove(at, tag.indexOf('"', at + attribute.size()) + 1 - at);
    }
    return tag + " role=\"img\" aria-label=\"" + xmlText(title) + "\">" + file.mid(open + 1, end - open - 1)
        + spots + "</svg>";
}

QByteArray spotElements(const Figure& figure, const FigureOptions& options)
{
    if (!figure.spots)
        return {};
    const FigurePage page = figurePage(figure, options);
    const double high = page.size.height() - legendHeight(figure.legend, page.size.width(), page.style);
    QByteArray elements = "<g class=\"spots\">\n";
    for (const FigureSpot& spot : figure.spots({page.size.width(), high}, page.style)) {
        const QByteArray text = xmlText(spot.text);
        elements += "<path d=\"" + svgPath(spot.area) + "\" data-t=\"" + text + "\"><title>" + text
            + "</title></path>\n";
    }
    return elements + "</g>\n";
}

} // namespace

QByteArray htmlPage(
    const QString& title, const QByteArray& style, const QByteArray& body, const QByteArray& script)
{
    const QByteArray hash = QCryptographicHash::hash(script, QCryptographicHash::Sha256).toBase64();
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
           "style-src 'unsafe-inline'; script-src 'sha256-"
        + hash
        + "'; base-uri 'none'; form-action 'none'\">\n"
          "<meta name=\"referrer\" content=\"no-referrer\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta name=\"generator\" content=\"Palimpsest\">\n<link rel=\"icon\" href=\"data:,\">\n<title>"
        + xmlText(title) + "</title>\n<style>" + style + "</style>\n</head>\n<body>\n" + body
        + "<div id=\"tip\" role=\"status\" hidden></div>\n<script>" + script
        + "</script>\n</body>\n</html>\n";
}

QByteArray htmlLines(const QString& text)
{
    QByteArray lines;
    for (const QString& line : text.split(QLatin1Char('\n')))
        lines += (lines.isEmpty() ? "" : "<br>\n") + xmlText(line);
    return lines;
}

QByteArray htmlTable(const DocumentTable& table)
{
    QByteArray html = "<div class=\"wide\"><table>\n";
    if (!table.caption.isEmpty())
        html += "<caption>" + xmlText(table.caption) + "</caption>\n";
    html += "<thead><tr>";
    for (qsizetype column = 0; column < table.header.size(); ++column) {
        const bool number = !table.rows.isEmpty() && isNumberCell(table.rows.front().value(column));
        html += (number ? "<th class=\"n\">" : "<th>") + xmlText(table.header[column]) + "</th>";
    }
    html += "</tr></thead>\n<tbody>\n";
    for (const QVariantList& row : table.rows) {
        html += "<tr>";
        for (const QVariant& cell : row)
            html += (isNumberCell(cell) ? "<td class=\"n\">" : "<td>") + xmlText(cellText(cell)) + "</td>";
        html += "</tr>\n";
    }
    html += "</tbody></table></div>\n";
    if (table.all > table.rows.size()) {
        html += "<p class=\"note\">"
            + xmlText(pageText(QT_TRANSLATE_NOOP("Pages", "The first %1 of %2 rows"))
                          .arg(table.rows.size())
                          .arg(table.all))
            + "</p>\n";
    }
    return html;
}

base::Result<QByteArray> htmlFigure(
    const Figure& figure, const QString& id, const FigureOptions& options, bool withCaption)
{
    Figure named = figure;
    named.name = id + QLatin1Char('-') + figure.name; // ids of its picture come from its name
    PALIMPSEST_TRY(file, figureBytes(named, FigureFormat::Svg, options));
    QByteArray html = "<figure id=\"" + xmlText(named.name) + "\">\n"
        + inlineSvg(file, spotElements(figure, options), figure.title) + '\n';
    if (withCaption)
        html += "<figcaption><b>" + xmlText(figure.title) + "</b> " + htmlLines(figure.caption)
            + "</figcaption>\n";
    const DocumentTable numbers = tableOf(figure);
    if (!numbers.rows.isEmpty()) {
        DocumentTable bare = numbers;
        bare.caption.clear();
        html += "<details><summary>" + xmlText(pageText(QT_TRANSLATE_NOOP("Pages", "Numbers of this figure")))
            + "</summary>\n" + htmlTable(bare) + "</details>\n";
    }
    return html + "</figure>\n";
}

QByteArray htmlPicture(const QImage& picture, const QString& description)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    picture.save(&buffer, "PNG");
    return "<img alt=\"" + xmlText(description) + "\" src=\"data:image/png;base64," + bytes.toBase64()
        + "\">\n";
}

QByteArray commonStyle()
{
    return R"(
:root{--ink:#22201c;--muted:#6b665c;--line:#ddd9d0;--paper:#fff;--page:#faf9f6;--accent:#1f5fa8}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 "Inter","Noto Sans","DejaVu Sans",sans-serif}
h1,h2,h3{line-height:1.2}
figure{margin:0}
svg{display:block;max-width:100%;background:var(--paper)}
.spots path{fill:#000;fill-opacity:0}
.spots path:hover{fill-opacity:.06;stroke:var(--ink);stroke-width:1;vector-effect:non-scaling-stroke}
figcaption,.note{color:var(--muted);font-size:14px}
details{font-size:14px;margin:.5em 0}
summary{cursor:pointer;color:var(--accent)}
.wide{overflow-x:auto}
table{border-collapse:collapse;font-size:14px;font-variant-numeric:tabular-nums;margin:.5em 0}
caption{text-align:left;font-weight:600;padding:.3em 0}
th,td{padding:.25em .9em .25em 0;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
th{border-bottom:1.5px solid var(--ink)}
th.n,td.n{text-align:right}
#tip{position:fixed;z-index:9;max-width:28em;padding:.35em .7em;background:var(--paper);border:1px solid var(--muted);
border-radius:6px;font-size:14px;pointer-events:none;white-space:pre-line;box-shadow:0 2px 8px #0003}
#tip[hidden]{display:none}
)";
}

QByteArray hoverScript()
{
    return R"(
(() => {
  const tip = document.getElementById('tip');
  const hide = () => { tip.hidden = true; };
  for (const title of document.querySelectorAll('.spots title')) title.remove();
  document.addEventListener('pointermove', event => {
    const spot = event.target.closest && event.target.closest('[data-t]');
    if (!spot) { hide(); return; }
    tip.textContent = spot.dataset.t;
    tip.hidden = false;
    const room = tip.getBoundingClientRect();
    tip.style.left = Math.max(4, Math.min(event.clientX + 14, innerWidth - room.width - 4)) + 'px';
    tip.style.top = (event.clientY + 18 + room.height > innerHeight ? event.clientY - room.height - 10
                                                                   : event.clientY + 18) + 'px';
  });
  document.addEventListener('pointerleave', hide);
})();
)";
}

} // namespace palimpsest::app
