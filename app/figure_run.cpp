#include "figure_run.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QQuickWindow>
#include <QSvgRenderer>

#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <memory>

#include "bridge/paths.h"
#include "figures/figure_source.h"
#include "models/trigger_list_model.h"
#include "place_visitor.h"
#include "project/figure_store.h"
#include "publish/figure_file.h"
#include "publish/paper_figures.h"
#include "window.h"

namespace palimpsest::app {

using base::Error;
using base::ErrorCode;

namespace {

/// Where a figure is seen; the first of a view is meant by the view's name.
struct FigurePlace {
    const char* figure;
    const char* view;
    const char* what;
};
constexpr std::string_view kCurvePrefix = "label-curve-";
constexpr std::array kFigurePlaces{
    FigurePlace{"kept", "overview", "kept and new concepts by layer"},
    FigurePlace{"status", "overview", "what became of base concepts, by layer"},
    FigurePlace{"task", "overview", "task concepts by layer; needs classes"},
    FigurePlace{"label-curve", "overview", "concepts with a label by layer; needs a label set"},
    FigurePlace{"concept", "concepts", "word cloud of the selected concept"},
    FigurePlace{"alignment", "alignment", "overlap of all concepts of a layer"},
    FigurePlace{"labels", "labels", "concepts by label and layer; needs a label set"},
    FigurePlace{"label-curve-1", "labels", "the same of the first label set, -2 of the second, …"},
    FigurePlace{"dendrogram", "dendrogram", "merge trees of a layer with aligned concepts"},
    FigurePlace{"layers", "layers", "every layer against every layer"},
    FigurePlace{"triggers", "task", "trigger words beside their controls; needs palimpsest triggers"},
    FigurePlace{"flow", "flow", "occurrences between groups of concepts"},
    FigurePlace{"word", "words", "way of a word through the layers; --set word=…"},
    FigurePlace{
        "polarity", "task", "task concepts by layer under three definitions of a class; needs classes"},
    FigurePlace{"polarity-gold", "task", "the same under one: the corpus's classes"},
    FigurePlace{
        "polarity-predicted", "task", "the classes that the fine-tuned model predicts; needs the model"},
    FigurePlace{"polarity-right", "task", "the corpus's classes where the model is right; needs both"},
    FigurePlace{"map", "map", "occurrences of a layer in two dimensions; needs palimpsest map"},
};

struct FoundFigure {
    std::string figure, view;
};

std::optional<FoundFigure> placeOfFigure(const std::string& name)
{
    for (const FigurePlace& place : kFigurePlaces) {
        if (name == place.figure)
            return FoundFigure{place.figure, place.view};
    }
    for (const FigurePlace& place : kFigurePlaces) {
        if (name == place.view)
            return FoundFigure{place.figure, place.view};
    }
    if (name.starts_with(kCurvePrefix)) // of the n-th label set
        return FoundFigure{name, "labels"};
    return std::nullopt;
}

FigureOptions optionsOf(const cli::FigureRequest& request)
{
    FigureOptions options;
    for (const FigurePreset& preset : figurePresets()) {
        if (preset.name.toStdString() == request.preset)
            options = preset.options;
    }
    options.widthMm = request.widthMm.value_or(options.widthMm);
    options.heightMm = request.heightMm.value_or(request.widthMm ? 0.0 : options.heightMm);
    options.textPoints = request.textPoints.value_or(options.textPoints);
    options.dpi = request.dpi.value_or(options.dpi);
    options.withTitle = request.title.value_or(options.withTitle);
    options.dark = request.dark;
    options.textAsOutlines = request.outlines;
    options.date = QString::fromStdString(request.date);
    return options;
}

/// "name=value" with a truth value, a number or a text.
base::Result<QJsonObject> detailOf(const std::vector<std::string>& settings)
{
    QJsonObject detail;
    for (const std::string& setting : settings) {
        const QString text = QString::fromStdString(setting);
        const qsizetype at = text.indexOf(u'=');
        if (at < 1)
            return Error{ErrorCode::InvalidArgument, "--set takes name=value, not " + setting};
        const QString value = text.mid(at + 1);
        bool isNumber = false;
        const double number = value.toDouble(&isNumber);
        detail.insert(text.left(at),
            value == QStringLiteral("true")        ? QJsonValue(true)
                : value == QStringLiteral("false") ? QJsonValue(false)
                : isNumber                         ? QJsonValue(number)
                                                   : QJsonValue(value));
    }
    return detail;
}

/// The file and its numbers, and a line about them on standard output.
base::Status writeAll(
    const Figure& figure, const FigureOptions& options, const QString& file, const QString& data)
{
    if (!file.isEmpty()) {
        PALIMPSEST_CHECK(writeFigure(figure, options, file));
        const FigurePage page = figurePage(figure, options);
        std::printf("%s: %.0f × %.0f mm, text of %.1f points, %lld bytes%s\n", file.toUtf8().constData(),
            page.sizeMm.width(), page.sizeMm.height(), page.textPoints,
            static_cast<long long>(QFileInfo(file).size()),
            figure.rasterMarks && !file.endsWith(QStringLiteral(".png")) ? ", marks are one image" : "");
    }
    if (!data.isEmpty()) {
        PALIMPSEST_CHECK(writeFigureData(figure, data));
        std::printf(
            "%s: %lld rows\n", data.toUtf8().constData(), static_cast<long long>(figure.table().rows.size()));
    }
    std::fflush(stdout);
    return {};
}

QImage pictureOf(const QString& file)
{
    if (file.endsWith(QStringLiteral(".png")))
        return QImage(file);
    if (!file.endsWith(QStringLiteral(".svg")))
        return {};
    QSvgRenderer renderer(file);
    if (!renderer.isValid())
        return {};
    QImage image(renderer.defaultSize().scaled(800, 800, Qt::KeepAspectRatio), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    renderer.render(&painter);
    return image;
}

/// "same", "new", or how much of the picture is another one.
QString changeOf(const QString& oldFile, const QString& newFile)
{
    QFile before(oldFile);
    QFile after(newFile);
    if (!before.open(QIODevice::ReadOnly))
        return QStringLiteral("new");
    if (!after.open(QIODevice::ReadOnly))
        return QStringLiteral("cannot be read");
    if (before.readAll() == after.readAll())
        return QStringLiteral("same");
    const QImage one = pictureOf(oldFile);
    const QImage other = pictureOf(newFile);
    if (one.isNull() || other.isNull())
        return QStringLiteral("changed");
    if (one.size() != other.size())
        return QStringLiteral("changed, another size");
    qint64 different = 0;
    for (int y = 0; y < one.height(); ++y) {
        for (int x = 0; x < one.width(); ++x)
            different += one.pixel(x, y) == other.pixel(x, y) ? 0 : 1;
    }
    return QStringLiteral("changed, %1 % of the picture")
        .arg(100.0 * static_cast<double>(different) / (one.width() * one.height()), 0, 'f', 1);
}

int exitCodeOf(const base::Status& status)
{
    if (status)
        return 0;
    std::fprintf(stderr, "palimpsest figure: %s\n", status.error().message.c_str());
    return status.error().code == ErrorCode::InvalidArgument ? 2 : 1;
}

/// The newest search of the project, of the layer that is asked for.
base::Result<pipeline::KeptTriggers> keptOf(const cli::FigureRequest& request)
{
    const std::filesystem::path& path = request.projects.front();
    PALIMPSEST_TRY(all, pipeline::readKeptTriggers(path));
    const auto found = std::find_if(all.rbegin(), all.rend(), [&](const pipeline::KeptTriggers& kept) {
        return !request.layer || kept.found.layer == *request.layer;
    });
    if (found != all.rend())
        return std::move(*found);
    return Error{ErrorCode::NotFound,
        path.string() + " keeps no trigger search"
            + (request.layer ? " of layer " + std::to_string(*request.layer) : std::string())
            + "; make one with palimpsest triggers or in the window's Task view"};
}

/// One run: what is asked for, in the window that nobody sees.
class FigureRun {
public:
    FigureRun(Window& window, const cli::FigureRequest& request, std::function<void(int)> quit)
        : m_window(window)
        , m_request(request)
        , m_quit(std::move(quit))
        , m_visitor(window)
    {
    }

    void start()
    {
        auto stops = m_request.kind == cli::FigureRequest::Kind::All ? savedStops() : viewStops();
        if (!stops) {
            m_quit(exitCodeOf(stops.error()));
            return;
        }
        m_visitor.run(project(), std::move(stops.value()),
            [this](const base::Status& status) { m_quit(exitCodeOf(status ? keep() : status)); });
    }

private:
    [[nodiscard]] QString project() const { return toText(m_request.projects.front()); }

    base::Result<std::vector<PlaceVisitor::Stop>> viewStops()
    {
        const auto wanted = placeOfFigure(m_request.name);
        if (!wanted) {
            std::string names;
            for (const FigurePlace& place : kFigurePlaces)
                names += std::string(names.empty() ? "" : ", ") + place.figure;
            return Error{
                ErrorCode::InvalidArgument, "there is no figure " + m_request.name + "; there are " + names};
        }
        PALIMPSEST_TRY(detail, detailOf(m_request.settings));
        if (wanted->figure.starts_with(kCurvePrefix))
            detail.insert(QStringLiteral("labelsPage"), 1);
        if (wanted->figure == "triggers") {
            detail.insert(QStringLiteral("taskPart"), 1);
            PALIMPSEST_CHECK(checkTriggers());
        }
        const FigureOptions options = optionsOf(m_request);
        PALIMPSEST_CHECK(checkFigureOptions(options));
        std::vector<PlaceVisitor::Stop> stops;
        const auto place = [this, wanted, detail] {
            project::SlidePlace there = m_visitor.startPlace();
            there.view = wanted->view;
            there.layer = m_request.layer.value_or(there.layer);
            if (m_request.k > 0)
                there.k = m_request.k;
            if (m_request.theta > 0.0)
                there.theta = m_request.theta;
            there.conceptId = m_request.conceptId;
            there.side = m_request.model == "base" ? project::Side::Base : project::Side::FineTuned;
            there.detail = QJsonDocument(detail).toJson(QJsonDocument::Compact).toStdString();
            m_place = there;
            return there;
        };
        // A cloud is of a concept; without one that is asked for, of the largest, known once the layer is
        // there.
        if (m_request.conceptId < 0 && wanted->figure == "concept") {
            stops.push_back({place, {}, [this]() -> base::Status {
                                 m_request.conceptId = m_visitor.largestConcept();
                                 return {};
                             }});
        }
        stops.push_back({place, wanted->figure, [this, wanted, options]() -> base::Status {
                             const FigureSource* source
                                 = m_window.figures().find(QString::fromStdString(wanted->figure));
                             m_figure = wanted->figure;
                             PALIMPSEST_CHECK(checkLayer());
                             return writeAll(m_window.figures().figureOf(*source, true), options,
                                 toText(m_request.output), toText(m_request.data));
                         }});
        return stops;
    }

    /// Waiting for a figure that cannot come would only end in a time-out.
    base::Status checkTriggers()
    {
        PALIMPSEST_TRY(kept, keptOf(m_request));
        m_request.layer = kept.found.layer;
        return {};
    }

    base::Status checkLayer() const
    {
        if (!m_request.layer || m_window.session().layers().contains(*m_request.layer))
            return {};
        return Error{ErrorCode::NotFound,
            project().toStdString() + " has no layer " + std::to_string(*m_request.layer)
                + " in both models; see palimpsest info"};
    }

    base::Result<std::vector<PlaceVisitor::Stop>> savedStops()
    {
        PALIMPSEST_TRY(file,
            project::ProjectFile::open(m_request.projects.front(), project::ProjectFile::Mode::ReadOnly));
        PALIMPSEST_TRY(saved, project::FigureStore(file).read());
        if (saved.empty()) {
            return Error{ErrorCode::NotFound,
                project().toStdString()
                    + " remembers no figure; keep some with palimpsest figure --keep NAME or in the window "
                      "(Ctrl+E)"};
        }
        if (!QDir().mkpath(toText(m_request.output)))
            return Error{
                ErrorCode::WriteFailed, m_request.output.string() + " cannot be made; choose another folder"};
        std::vector<PlaceVisitor::Stop> stops;
        for (const project::SavedFigure& figure : saved) {
            stops.push_back({[figure] { return figure.place; }, figure.figure,
                [this, figure]() -> base::Status { return writeSaved(figure); }});
        }
        return stops;
    }

    base::Status writeSaved(const project::SavedFigure& saved)
    {
        const FigureSource* source = m_window.figures().find(QString::fromStdString(saved.figure));
        const QString name = QString::fromStdString(saved.name + '.' + saved.format);
        const QString file = QDir(toText(m_request.output)).filePath(name);
        PALIMPSEST_CHECK(writeFigure(m_window.figures().figureOf(*source, true), rememberedOptions(saved), file));
        const QString change = m_request.old.empty()
            ? QStringLiteral("written")
            : changeOf(QDir(toText(m_request.old)).filePath(name), file);
        std::printf("%s\t%s\n", name.toUtf8().constData(), change.toUtf8().constData());
        return {};
    }

    base::Status keep()
    {
        if (m_request.keep.empty() || m_figure.empty())
            return {};
        project::SavedFigure saved;
        saved.name = m_request.keep;
        saved.figure = m_figure;
        saved.place = m_place;
        saved.format = m_request.output.empty()
            ? "svg"
            : QFileInfo(toText(m_request.output)).suffix().toLower().toStdString();
        rememberOptions(optionsOf(m_request), saved);
        PALIMPSEST_TRY(file,
            project::ProjectFile::open(m_request.projects.front(), project::ProjectFile::Mode::ReadWrite));
        return project::FigureStore(file).put(saved);
    }

    Window& m_window;
    cli::FigureRequest m_request;
    std::function<void(int)> m_quit;
    PlaceVisitor m_visitor;
    project::SlidePlace m_place;
    std::string m_figure;
};

base::Result<Figure> paperFigure(const cli::FigureRequest& request)
{
    if (request.name == "triggers") {
        if (!toText(request.projects.front()).endsWith(QStringLiteral(".palimpsest")))
            return triggersFigure(request.projects.front().string());
        PALIMPSEST_TRY(kept, keptOf(request));
        return searchFigure(kept);
    }
    std::vector<PaperProject> projects;
    for (const auto& path : request.projects) {
        PALIMPSEST_TRY(results, project::StudyResults::open(path));
        projects.push_back(results);
    }
    PaperOptions options;
    options.k = request.k;
    options.theta = request.theta;
    options.layer = request.layer.value_or(-1);
    options.labels = request.labels;
    options.words = request.words;
    const base::JobContext ctx;
    if (request.name == "overlap")
        return overlapFigure(projects, options, ctx);
    if (request.name == "human-concepts")
        return humanConceptsFigure(projects, options, ctx);
    if (request.name == "task-concepts")
        return taskConceptsFigure(projects, options, ctx);
    return examplesFigure(projects.front(), options, ctx);
}

base::Status list(const cli::FigureRequest& request)
{
    for (const FigurePlace& place : kFigurePlaces)
        std::printf("%-20s %s\n", place.figure, place.what);
    PALIMPSEST_TRY(
        file, project::ProjectFile::open(request.projects.front(), project::ProjectFile::Mode::ReadOnly));
    PALIMPSEST_TRY(saved, project::FigureStore(file).read());
    if (!saved.empty())
        std::printf("\nremembered by the project\n");
    for (const project::SavedFigure& figure : saved) {
        std::printf("%-24s %s, layer %d, K %zu, theta %g, %s, %g mm\n", figure.name.c_str(),
            figure.figure.c_str(), figure.place.layer, figure.place.k, figure.place.theta,
            figure.format.c_str(), figure.widthMm);
    }
    return {};
}

} // namespace

int runFigures(int argc, char** argv, const cli::FigureRequest& request)
{
    if (request.kind == cli::FigureRequest::Kind::List)
        return exitCodeOf(list(request));
    std::unique_ptr<FigureRun> run;
    return runOffscreen(argc, argv, [&](Window& window, const std::function<void(int)>& quit) {
        if (request.kind == cli::FigureRequest::Kind::Paper) {
            const auto figure = paperFigure(request);
            quit(exitCodeOf(figure ? writeAll(figure.value(), optionsOf(request), toText(request.output),
                                toText(request.data))
                                   : base::Status(figure.error())));
            return;
        }
        run = std::make_unique<FigureRun>(window, request, quit);
        run->start();
    });
}

} // namespace palimpsest::app
