// A document as one HTML page.
#include "publish/report_page.h"

#include <QCoreApplication>

#include "publish/html_writer.h"
#include "publish/svg_engine.h"

namespace palimpsest::app {

namespace {

QByteArray documentStyle()
{
    return commonStyle() + R"(
main{max-width:1080px;margin:0 auto;padding:2em 2em 6em;background:var(--paper)}
h1{font-size:32px;margin:.3em 0 .1em}
h2{font-size:22px;margin:2.2em 0 .5em;padding-top:.6em;border-top:1px solid var(--line)}
.subtitle{color:var(--muted);margin:0 0 1.5em}
.contents ol{columns:2;padding-left:1.4em}
.contents a{color:var(--accent);text-decoration:none}
main>figure{margin:1.5em 0 2em}
main>figure svg{width:100%;max-width:900px;max-height:80vh}
p{max-width:46em}
@media print{figure,tr{break-inside:avoid}details{display:none}}
)";
}

QByteArray anchorOf(int heading)
{
    return "h" + QByteArray::number(heading);
}

FigureOptions pageOptions()
{
    FigureOptions options;
    options.widthMm = 174.0;
    options.textPoints = 8.0;
    options.dpi = 220;
    return options;
}

QByteArray contents(const Document& document)
{
    QByteArray html = "<div class=\"contents\"><ol>\n";
    int heading = 0;
    for (const DocumentBlock& block : document.blocks) {
        if (block.kind == DocumentBlock::Kind::Heading)
            html += "<li><a href=\"#" + anchorOf(++heading) + "\">" + xmlText(block.text) + "</a></li>\n";
    }
    return html + "</ol></div>\n";
}

} // namespace

base::Result<QByteArray> documentPage(const Document& document)
{
    QByteArray body = "<main>\n<h1>" + xmlText(document.title) + "</h1>\n<p class=\"subtitle\">"
        + xmlText(document.subtitle) + "</p>\n" + contents(document);
    int heading = 0;
    int figure = 0;
    for (const DocumentBlock& block : document.blocks) {
        switch (block.kind) {
        case DocumentBlock::Kind::Heading:
            ++heading;
            body += "<h2 id=\"" + anchorOf(heading) + "\">" + xmlText(block.text) + "</h2>\n";
            break;
        case DocumentBlock::Kind::Text:
            body += "<p>" + htmlLines(block.text) + "</p>\n";
            break;
        case DocumentBlock::Kind::Note:
            body += "<p class=\"note\">" + htmlLines(block.text) + "</p>\n";
            break;
        case DocumentBlock::Kind::Table:
            body += htmlTable(block.table);
            break;
        case DocumentBlock::Kind::Figure: {
            PALIMPSEST_TRY(
                html, htmlFigure(block.figure, QStringLiteral("f%1").arg(++figure), pageOptions(), true));
            body += html;
            break;
        }
        }
    }
    return htmlPage(document.title, documentStyle(), body + "</main>\n", hoverScript());
}

} // namespace palimpsest::app
