#include "models/figure_export.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLocale>
#include <QMimeData>

#include <algorithm>

#include "bridge/job_controller.h"
#include "bridge/paths.h"
#include "bridge/study_session.h"
#include "figures/figure_source.h"
#include "publish/print_page.h"

namespace palimpsest::app {

namespace {

/// A folder says who it is by its last two names: "minilm-sst2/finetuned". No path of this computer goes into
/// a file.
QString figureModelName(const QString& path)
{
    const QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    return parts.mid(std::max<qsizetype>(0, parts.size() - 2)).join(u'/');
}

} // namespace

QString figureFileStem(const QString& text)
{
    QString stem;
    for (const QChar character : text)
        stem += character.unicode() < 0x80 && (character.isLetterOrNumber() || character == u'-') ? character
                                                                                                  : u'_';
    return stem;
}

FigureExport::FigureExport(JobController& jobs, StudySession& session, QObject* parent)
    : QObject(parent)
    , m_jobs(jobs)
    , m_session(session)
{
    connect(&session, &StudySession::resultsChanged, this, &FigureExport::readKept);
    connect(&m_printQueue, &PrintQueue::printersChanged, this, [this] {
        m_printer = 0;
        Q_EMIT printersChanged();
    });
}

std::vector<FigureSource*> FigureExport::seen() const
{
    std::vector<FigureSource*> sources;
    for (FigureSource* source : FigureSource::all()) {
        if (m_window && source->window() == m_window && source->isSeen() && !source->figure().isEmpty())
            sources.push_back(source);
    }
    return sources;
}

FigureSource* FigureExport::find(const QString& name) const
{
    const auto sources = seen();
    const auto found = std::ranges::find_if(
        sources, [&name](const FigureSource* source) { return source->name() == name; });
    return found == sources.end() ? nullptr : *found;
}

QList<QPair<QString, QString>> FigureExport::parameters(bool layer) const
{
    QList<QPair<QString, QString>> list;
    if (!m_session.isOpen())
        return list;
    const auto value = [this](const char* name) { return m_session.parameter(QString::fromLatin1(name)); };
    const auto add = [&list](const QString& name, const QString& text) {
        if (!text.isEmpty())
            list.append({name, text});
    };
    add(QStringLiteral("project"), m_session.projectName());
    add(QStringLiteral("base model"), figureModelName(value("base")));
    add(QStringLiteral("fine-tuned model"), figureModelName(value("finetuned")));
    add(QStringLiteral("corpus"), QFileInfo(value("corpus")).fileName());
    add(QStringLiteral("occurrences"), QString::number(m_session.occurrenceCount()));
    add(QStringLiteral("pooling"), value("pooling"));
    if (layer)
        add(QStringLiteral("layer"), QString::number(m_session.layer()));
    add(QStringLiteral("K"), QString::number(m_session.k()));
    add(QStringLiteral("theta"), QString::number(m_session.theta(), 'g', 4));
    add(QStringLiteral("fingerprint of the base model"), value("fingerprint.base"));
    add(QStringLiteral("fingerprint of the fine-tuned model"), value("fingerprint.finetuned"));
    add(QStringLiteral("fingerprint of the corpus"), value("fingerprint.corpus"));
    add(QStringLiteral("computed by Palimpsest"), value("palimpsest.version"));
    return list;
}

Figure FigureExport::figureOf(const FigureSource& source, bool asZoomed) const
{
    Figure figure = source.figure(asZoomed);
    figure.parameters = parameters(source.isOfLayer()) + figure.parameters;
    return figure;
}

void FigureExport::refresh()
{
    const QString before = name();
    m_figures.clear();
    for (const FigureSource* source : seen())
        m_figures.push_back({figureOf(*source, false), figureOf(*source, true)});
    const auto same = std::ranges::find(m_figures, before, [](const Seen& seen) { return seen.whole.name; });
    m_current = m_figures.empty() ? -1
        : same == m_figures.end() ? 0
                                  : static_cast<int>(same - m_figures.begin());
    m_printQueue.look();
    say({});
    Q_EMIT figuresChanged();
    Q_EMIT figureChanged();
}

QStringList FigureExport::titles() const
{
    QStringList titles;
    for (const Seen& seen : m_figures)
        titles.append(seen.whole.title);
    return titles;
}

void FigureExport::setCurrent(int current)
{
    if (current >= 0 && current < static_cast<int>(m_figures.size()) && current != m_current)
        change([this, current] { m_current = current; });
}

const Figure& FigureExport::figureNow() const
{
    const Seen& seen = m_figures[static_cast<std::size_t>(m_current)];
    return m_asZoomed ? seen.zoomed : seen.whole;
}

bool FigureExport::isZoomed() const
{
    return m_current >= 0 && !m_figures[static_cast<std::size_t>(m_current)].zoomed.part.isEmpty();
}

void FigureExport::setAsZoomed(bool asZoomed)
{
    if (asZoomed != m_asZoomed)
        change([&] { m_asZoomed = asZoomed; });
}

QString FigureExport::name() const
{
    return m_current < 0 ? QString() : figureNow().name;
}

bool FigureExport::hasNumbers() const
{
    return m_current >= 0 && figureNow().table;
}

QVariant FigureExport::preview() const
{
    std::shared_ptr<const LaidOutFigure> picture;
    if (m_current >= 0 && checkFigureOptions(m_options))
        picture = std::make_shared<const LaidOutFigure>(LaidOutFigure{figureNow(), m_options});
    return QVariant::fromValue(picture);
}

QString FigureExport::caption() const
{
    return m_current < 0 ? QString() : figureNow().caption;
}

QStringList FigureExport::presetTitles() const
{
    QStringList titles;
    for (const FigurePreset& preset : figurePresets())
        titles.append(preset.title);
    titles.append(tr("Own size"));
    return titles;
}

void FigureExport::change(const std::function<void()>& set)
{
    set();
    say({});
    Q_EMIT figureChanged();
}

void FigureExport::setPreset(int preset)
{
    const auto& presets = figurePresets();
    if (preset == m_preset || preset < 0 || preset > static_cast<int>(presets.size()))
        return;
    change([&] {
        m_preset = preset;
        if (preset == static_cast<int>(presets.size()))
            return;
        // What is no size stays as it was chosen.
        const FigureOptions before = m_options;
        m_options = presets[static_cast<std::size_t>(preset)].options;
        m_options.dpi = before.dpi;
        m_options.dark = before.dark;
        m_options.textAsOutlines = before.textAsOutlines;
    });
}

void FigureExport::setWidthMm(double width)
{
    if (width != m_options.widthMm)
        change([&] {
            m_options.widthMm = width;
            m_preset = static_cast<int>(figurePresets().size());
        });
}

double FigureExport::heightMm() const
{
    if (m_options.heightMm > 0.0 || m_current < 0)
        return m_options.heightMm;
    return figurePage(figureNow(), m_options).sizeMm.height();
}

void FigureExport::setHeightMm(double height)
{
    if (height != m_options.heightMm)
        change([&] {
            m_options.heightMm = height;
            m_preset = static_cast<int>(figurePresets().size());
        });
}

void FigureExport::setFreeHeight(bool isFree)
{
    if (isFree != isFreeHeight())
        setHeightMm(isFree ? 0.0 : std::round(heightMm()));
}

void FigureExport::setDpi(int dpi)
{
    if (dpi != m_options.dpi)
        change([&] { m_options.dpi = dpi; });
}

void FigureExport::setDark(bool dark)
{
    if (dark != m_options.dark)
        change([&] { m_options.dark = dark; });
}

void FigureExport::setOutlines(bool outlines)
{
    if (outlines != m_options.textAsOutlines)
        change([&] { m_options.textAsOutlines = outlines; });
}

void FigureExport::setWithTitle(bool withTitle)
{
    if (withTitle != m_options.withTitle)
        change([&] { m_options.withTitle = withTitle; });
}

void FigureExport::setFormat(int format)
{
    if (format != this->format() && format >= 0 && format <= static_cast<int>(FigureFormat::Png))
        change([&] { m_format = static_cast<FigureFormat>(format); });
}

QString FigureExport::sizeText() const
{
    if (m_current < 0)
        return {};
    const FigurePage page = figurePage(figureNow(), m_options);
    const QLocale english(QLocale::English, QLocale::UnitedStates); // as everywhere in figures
    const QString size
        = tr("%1 × %2 mm, text of %3 points")
              .arg(english.toString(page.sizeMm.width(), 'f', 0),
                  english.toString(page.sizeMm.height(), 'f', 0), english.toString(page.textPoints, 'f', 1));
    if (m_format != FigureFormat::Png)
        return size;
    return tr("%1, %2 × %3 pixels")
        .arg(size, english.toString(page.sizeMm.width() * m_options.dpi / 25.4, 'f', 0),
            english.toString(page.sizeMm.height() * m_options.dpi / 25.4, 'f', 0));
}

QString FigureExport::noteText() const
{
    if (m_current < 0)
        return {};
    if (const auto checked = checkFigureOptions(m_options); !checked)
        return QString::fromStdString(checked.error().message);
    const Figure& figure = figureNow();
    QStringList notes;
    if (figure.rasterMarks && m_format != FigureFormat::Png)
        notes.append(tr("The marks are one image of %1 dpi; axes and text are vectors.").arg(m_options.dpi));
    if (figurePage(figure, m_options).textPoints < 5.5)
        notes.append(tr("The text is too small to be read in print: choose a wider figure."));
    return notes.join(u' ');
}

QString FigureExport::ending() const
{
    return endingOf(m_format);
}

QString FigureExport::suggestedName(const QString& ending) const
{
    QString stem = figureFileStem(QFileInfo(m_session.projectPath()).completeBaseName()) + u'-' + name();
    for (const auto& [parameter, value] :
        m_current < 0 ? QList<QPair<QString, QString>>() : figureNow().parameters) {
        if (parameter == QStringLiteral("layer"))
            stem += QStringLiteral("-layer%1").arg(value);
    }
    return stem + u'.' + ending;
}

void FigureExport::say(const QString& notice)
{
    if (notice == m_notice)
        return;
    m_notice = notice;
    Q_EMIT noticeChanged();
}

void FigureExport::write(const QString& path, std::function<base::Status()> work)
{
    m_jobs.start<bool>(
        {tr("Writing %1").arg(QFileInfo(path).fileName())}, this,
        [work = std::move(work)](const base::JobContext&) -> base::Result<bool> {
            PALIMPSEST_CHECK(work());
            return true;
        },
        [this, path](const base::Result<bool>& result) {
            if (result)
                say(tr("%1 was written").arg(path));
        });
}

void FigureExport::save(const QString& pathOrUrl)
{
    QString path = toLocalFile(pathOrUrl);
    if (path.isEmpty() || m_current < 0)
        return;
    if (QFileInfo(path).suffix().compare(ending(), Qt::CaseInsensitive) != 0)
        path += u'.' + ending();
    write(path,
        [figure = figureNow(), options = m_options, path] { return writeFigure(figure, options, path); });
}

void FigureExport::saveNumbers(const QString& pathOrUrl)
{
    QString path = toLocalFile(pathOrUrl);
    if (path.isEmpty() || m_current < 0)
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += QStringLiteral(".csv");
    write(path, [figure = figureNow(), path] { return writeFigureData(figure, path); });
}

void FigureExport::copy()
{
    if (m_current < 0)
        return;
    const Figure& figure = figureNow();
    auto mime = std::make_unique<QMimeData>();
    const auto svg = figureBytes(figure, FigureFormat::Svg, m_options);
    const auto pdf = figureBytes(figure, FigureFormat::Pdf, m_options);
    if (!svg || !pdf) {
        m_jobs.showError(QString::fromStdString(svg ? pdf.error().message : svg.error().message));
        return;
    }
    mime->setImageData(figureImage(figure, m_options));
    mime->setData(QStringLiteral("image/svg+xml"), svg.value());
    mime->setData(QStringLiteral("application/pdf"), pdf.value());
    QGuiApplication::clipboard()->setMimeData(mime.release()); // the clipboard owns it
    say(tr("The figure is in the clipboard, as picture, SVG and PDF"));
}

void FigureExport::print()
{
    if (m_current < 0)
        return;
    const Figure& figure = figureNow();
    const auto sheet = printPage(figure, m_options, paperOfLocale());
    if (!sheet) {
        m_jobs.showError(QString::fromStdString(sheet.error().message));
        return;
    }
    const QString printer = m_printQueue.printers().value(m_printer - 1);
    m_printQueue.print(sheet.value(), figure.title, printer, [this](const base::Status& status) {
        if (status)
            say(tr("The figure was handed to the printer"));
        else
            m_jobs.showError(QString::fromStdString(status.error().message));
    });
}

QStringList FigureExport::printers() const
{
    if (m_printQueue.printers().isEmpty())
        return {};
    return QStringList(tr("The system's own choice")) + m_printQueue.printers();
}

void FigureExport::setPrinter(int printer)
{
    if (printer == m_printer || printer < 0 || printer >= printers().size())
        return;
    m_printer = printer;
    Q_EMIT printersChanged();
}

} // namespace palimpsest::app
