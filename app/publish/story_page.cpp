#include "publish/story_page.h"

#include <QCoreApplication>

#include "publish/html_writer.h"
#include "publish/svg_engine.h"

namespace palimpsest::app {

namespace {

constexpr double kPageMm = 254.0; // a slide

QByteArray slideStyle()
{
    return commonStyle() + R"(
.slide{padding:3vh 4vw 9vh;background:var(--page)}
.slide h2{margin:0 0 2vh;font-size:clamp(22px,3.4vw,44px)}
.figures{display:grid;gap:2vw;grid-template-columns:repeat(var(--n,1),minmax(0,1fr))}
.figures svg,.slide img{width:100%;max-height:62vh;margin:auto;display:block;object-fit:contain}
.slide .caption{font-size:clamp(16px,1.7vw,24px);margin:2vh 0 0;max-width:70em}
.slide .place{color:var(--muted);font-size:14px;margin:1vh 0 0}
.js .slide{display:none;min-height:100vh}
.js .slide.now{display:block}
.js.all .slide{display:block;min-height:0;border-bottom:1px solid var(--line)}
nav{display:none}
.js nav{display:flex;gap:.6em;align-items:center;position:fixed;right:1.2em;bottom:.8em;color:var(--muted);font-size:14px}
nav button{font:inherit;padding:.3em .9em;border:1px solid var(--line);border-radius:6px;background:var(--paper);color:var(--ink);cursor:pointer}
@media print{.js .slide{display:block;break-after:page;min-height:0}nav,details{display:none!important}}
)";
}

QByteArray slideScript()
{
    return hoverScript() + R"(
(() => {
  const root = document.documentElement;
  const slides = Array.from(document.querySelectorAll('.slide'));
  const count = document.getElementById('count');
  let at = 0;
  const show = row => {
    at = Math.max(0, Math.min(slides.length - 1, row));
    slides.forEach((slide, index) => slide.classList.toggle('now', index === at));
    count.textContent = slides.length ? (at + 1) + ' / ' + slides.length : '';
    document.getElementById('tip').hidden = true;
    if (root.classList.contains('all') && slides[at]) slides[at].scrollIntoView();
    else scrollTo(0, 0);
  };
  const keys = {
    ArrowRight: () => show(at + 1), ArrowDown: () => show(at + 1), PageDown: () => show(at + 1), ' ': () => show(at + 1),
    ArrowLeft: () => show(at - 1), ArrowUp: () => show(at - 1), PageUp: () => show(at - 1), Backspace: () => show(at - 1),
    Home: () => show(0), End: () => show(slides.length - 1),
    o: () => { root.classList.toggle('all'); show(at); }
  };
  document.addEventListener('keydown', event => {
    const inControl = event.target.closest && event.target.closest('button, summary');
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.altKey || event.metaKey || (inControl && event.key === ' ')) return;
    event.preventDefault();
    act();
  });
  document.getElementById('before').addEventListener('click', () => show(at - 1));
  document.getElementById('after').addEventListener('click', () => show(at + 1));
  root.classList.add('js');
  show((parseInt(location.hash.slice(2), 10) || 1) - 1);
})();
)";
}

QString showText(const char* source)
{
    return QCoreApplication::translate("Pages", source);
}

/// Figures beside each other: four stand in two rows.
qsizetype columnsFor(qsizetype figures)
{
    return figures <= 3 ? figures : 2;
}

FigureOptions screenOptions(qsizetype figures)
{
    FigureOptions options;
    options.widthMm = kPageMm / static_cast<double>(figures);
    options.textPoints = 11.0;
    options.dpi = 200;
    return options;
}

base::Result<QByteArray> slideSection(const ShownSlide& slide, int number)
{
    QByteArray html = "<section class=\"slide\" id=\"s" + QByteArray::number(number) + "\">\n<h2>"
        + xmlText(slide.title) + "</h2>\n";
    if (!slide.figures.isEmpty()) {
        const qsizetype columns = columnsFor(slide.figures.size());
        html += "<div class=\"figures\" style=\"--n:" + QByteArray::number(columns) + "\">\n";
        for (qsizetype at = 0; at < slide.figures.size(); ++at) {
            const QString id = QStringLiteral("s%1f%2").arg(number).arg(at + 1);
            PALIMPSEST_TRY(figure,
                htmlFigure(slide.figures[at], id, screenOptions(columnsFor(slide.figures.size())),
                    slide.figures.size() > 1));
            html += figure;
        }
        html += "</div>\n";
    } else if (!slide.picture.isNull()) {
        html += htmlPicture(slide.picture, slide.title);
    }
    if (!slide.caption.isEmpty())
        html += "<p class=\"caption\">" + htmlLines(slide.caption) + "</p>\n";
    return html + "<p class=\"place\">" + xmlText(slide.place) + "</p>\n</section>\n";
}

} // namespace

base::Result<QByteArray> storyPage(const Slideshow& show)
{
    QByteArray body = "<main>\n";
    for (qsizetype at = 0; at < show.slides.size(); ++at) {
        PALIMPSEST_TRY(section, slideSection(show.slides[at], static_cast<int>(at) + 1));
        body += section;
    }
    body += "</main>\n<nav aria-label=\"" + xmlText(showText(QT_TRANSLATE_NOOP("Pages", "Slides")))
        + "\"><span>" + xmlText(show.basis) + "</span><button id=\"before\">"
        + xmlText(showText(QT_TRANSLATE_NOOP("Pages", "Previous")))
        + "</button><span id=\"count\" aria-live=\"polite\"></span><button id=\"after\">"
        + xmlText(showText(QT_TRANSLATE_NOOP("Pages", "Next"))) + "</button></nav>\n";
    return htmlPage(show.title, slideStyle(), body, slideScript());
}

} // namespace palimpsest::app
