#include "models/publisher.h"

#include <QFileInfo>
#include <QQuickItem>

#include <algorithm>
#include <set>

#include "bridge/job_controller.h"
#include "bridge/paths.h"
#include "figures/figure_source.h"
#include "models/number_text.h"
#include "models/suggestion_list_model.h"
#include "models/view_list_model.h"
#include "models/word_mask.h"
#include "project/annotation_store.h"
#include "publish/figure_file.h"
#include "publish/report_page.h"
#include "publish/story_page.h"

namespace palimpsest::app {

namespace {

constexpr std::chrono::seconds kFigurePatience(30);
constexpr std::size_t kReportClouds = 3; // concepts that stand in a report as word clouds

/// What a report reads from the file.
struct ReportFile {
    std::vector<project::Annotation> annotations;
    std::vector<pipeline::KeptTriggers> triggers;
    std::vector<std::pair<QString, QString>> fingerprints;
};

base::Result<ReportFile> readReportFile(const project::StudyResults& results)
{
    ReportFile read;
    PALIMPSEST_TRY(file, project::ProjectFile::open(results.path(), project::ProjectFile::Mode::ReadOnly));
    PALIMPSEST_TRY(annotations, project::AnnotationStore(file).all());
    read.annotations = std::move(annotations);
    PALIMPSEST_TRY(triggers, pipeline::readKeptTriggers(results.path()));
    read.triggers = std::move(triggers);
    const auto add = [&](const std::string& stage) -> base::Status {
        PALIMPSEST_TRY(key, file.stageKey(stage));
        if (key)
            read.fingerprints.emplace_back(QString::fromStdString(stage), QString::fromStdString(key->hex()));
        return {};
    };
    PALIMPSEST_CHECK(add("tokens"));
    for (const auto side : {project::Side::Base, project::Side::FineTuned}) {
        for (const int layer : results.layers())
            PALIMPSEST_CHECK(add(project::linkageStage(side, layer)));
    }
    return read;
}

QQuickItem* itemNamed(QQuickItem* parent, const QString& name)
{
    if (parent->objectName() == name)
        return parent;
    for (QQuickItem* child : parent->childItems()) {
        if (QQuickItem* found = itemNamed(child, name))
            return found;
    }
    return nullptr;
}

} // namespace

Publisher::Publisher(StudySession& session, Story& story, const FigureExport& figures, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_story(story)
    , m_figures(figures)
    , m_tour(session, figures, kFigurePatience)
{
    connect(&m_tour, &PlaceTour::moved, this, &Publisher::progressChanged);
}

QString Publisher::progressText() const
{
    if (m_job != 0)
        return tr("Writing %1").arg(QFileInfo(m_path).fileName());
    if (!m_tour.isRunning())
        return {};
    return tr("Taking the figures for %1, %2 of %3")
        .arg(QFileInfo(m_path).fileName())
        .arg(m_tour.at() + 1)
        .arg(m_tour.count());
}

void Publisher::clearNotice()
{
    m_notice.clear();
    Q_EMIT noticeChanged();
}

bool Publisher::begin(const QString& pathOrUrl)
{
    if (isRunning() || !m_session.isOpen() || !m_story.navigator())
        return false;
    m_path = toLocalFile(pathOrUrl);
    m_pdf = m_path.endsWith(QStringLiteral(".pdf"), Qt::CaseInsensitive);
    if (!m_pdf && !m_path.endsWith(QStringLiteral(".html"), Qt::CaseInsensitive)) {
        end(false, tr("%1 ends neither in .html nor in .pdf; name the file with one of them").arg(m_path));
        return false;
    }
    m_before = m_story.navigator()->savedPlace();
    clearNotice();
    return true;
}

void Publisher::end(bool written, const QString& message)
{
    if (written) {
        m_notice = message;
        Q_EMIT noticeChanged();
    } else if (!message.isEmpty()) {
        m_session.jobs().showError(message);
    }
    Q_EMIT progressChanged();
    Q_EMIT finished(written, message);
}

void Publisher::fail(const base::Error& error)
{
    const bool stopped = error.code == base::ErrorCode::Cancelled;
    end(false, stopped ? QString() : QString::fromStdString(error.message));
}

void Publisher::stop()
{
    m_tour.stop();
    m_session.jobs().cancel(m_job);
}

QList<Figure> Publisher::seenFigures(bool asZoomed) const
{
    QList<Figure> figures;
    for (const FigureSource* source : m_figures.seen()) {
        Figure figure = m_figures.figureOf(*source, asZoomed);
        if (!figure.isEmpty())
            figures.append(std::move(figure));
    }
    return figures;
}

QImage Publisher::viewPicture() const
{
    if (!m_window)
        return {};
    const QQuickItem* views = itemNamed(m_window->contentItem(), QStringLiteral("views"));
    const QImage all = m_window->grabWindow();
    if (!views || all.isNull())
        return all;
    const double ratio = m_window->effectiveDevicePixelRatio();
    const QRectF room = views->mapRectToScene(QRectF(0, 0, views->width(), views->height()));
    return all.copy(QRectF(room.topLeft() * ratio, room.size() * ratio).toRect());
}

ShownSlide Publisher::takeSlide(int row) const
{
    const QModelIndex slide = m_story.index(row, 0);
    ShownSlide shown;
    shown.title = slide.data(Story::ShownTitleRole).toString();
    shown.caption = slide.data(Story::ShownCaptionRole).toString();
    shown.place = slide.data(Story::PlaceTextRole).toString();
    shown.figures = seenFigures(true);
    if (shown.figures.isEmpty())
        shown.picture = viewPicture();
    return shown;
}

void Publisher::writeStory(const QString& pathOrUrl)
{
    if (m_story.count() == 0 || !begin(pathOrUrl))
        return;
    const int current = m_story.current();
    m_show = {};
    m_show.title = m_session.projectName();
    m_show.basis
        = tr("%1, %2 sentences, %3 occurrences")
              .arg(m_session.projectName(), countText(static_cast<std::uint64_t>(m_session.sentenceCount())),
                  countText(static_cast<std::uint64_t>(m_session.occurrenceCount())));
    std::vector<PlaceTour::Stop> stops;
    for (int row = 0; row < m_story.count(); ++row) {
        stops.push_back({[this, row] { m_story.go(row); },
            [this, row]() -> base::Status {
                m_show.slides.append(takeSlide(row));
                return {};
            }});
    }
    m_tour.start(std::move(stops), [this, current](const base::Status& all) {
        m_story.setCurrent(current);
        m_story.navigator()->showSaved(m_before, true);
        if (!all) {
            end(false, {});
            return;
        }
        writeFile([show = m_show, pdf = m_pdf] { return pdf ? storyPdf(show) : storyPage(show); });
    });
}

int Publisher::takeoverLayer() const
{
    const auto& layers = m_session.summaries();
    return layers.empty() ? m_session.layer() : align::takeoverLayer(layers);
}

std::vector<PlaceTour::Stop> Publisher::reportStops()
{
    std::vector<PlaceTour::Stop> stops;
    const auto view = [&](const char* id, const char* detail = "") {
        stops.push_back({[this, name = std::string(id), detail = std::string(detail)] {
                             project::SlidePlace place = m_before;
                             place.view = name;
                             place.detail = detail;
                             place.layer = takeoverLayer();
                             m_story.navigator()->showSaved(place, false);
                         },
            [this] { return takeReportFigures(); }});
    };
    view("overview");
    view("layers");
    view("labels", R"({"labelsPage":0})");
    view("labels", R"({"labelsPage":1})");
    view("flow", R"({"across":0,"grouping":0})");
    view("flow", R"({"across":2,"grouping":0})");
    view("alignment");
    view("dendrogram");
    view("map", R"({"frame":0})");
    view("map", R"({"frame":1})");
    return stops;
}

base::Status Publisher::takeReportFigures()
{
    m_reportFigures.append(seenFigures(false));
    return {};
}

void Publisher::writeReport(const QString& pathOrUrl)
{
    if (!begin(pathOrUrl))
        return;
    m_reportFigures.clear();
    std::vector<PlaceTour::Stop> stops = reportStops();
    // The clouds follow when the layers have been compared: which concepts they are is known only then.
    m_tour.start(std::move(stops), [this](const base::Status& all) {
        if (!all) {
            m_story.navigator()->showSaved(m_before, true);
            end(false, {});
            return;
        }
        std::vector<PlaceTour::Stop> clouds;
        const auto rows = SuggestionListModel::rank(m_session.comparisons());
        for (std::size_t at = 0; at < std::min(kReportClouds, rows.size()); ++at) {
            clouds.push_back({[this, row = rows[at]] {
                                  project::SlidePlace place = m_before;
                                  place.view = "concepts";
                                  place.layer = row.layer->layerA;
                                  place.side = row.suggestion.inBase ? project::Side::Base
                                                                     : project::Side::FineTuned;
                                  place.conceptId = static_cast<int>(base::toIndex(row.suggestion.id));
                                  m_story.navigator()->showSaved(place, true);
                              },
                [this] { return takeReportFigures(); }});
        }
        m_tour.start(std::move(clouds), [this](const base::Status& cloudsToo) {
            m_story.navigator()->showSaved(m_before, true);
            if (cloudsToo)
                composeReport();
            else
                end(false, {});
        });
    });
}

void Publisher::composeReport()
{
    ReportSources sources;
    sources.results = m_session.results();
    sources.summaries = m_session.summaries();
    sources.layers = m_session.comparisons();
    sources.theta = m_session.theta();
    // The same figure may be seen twice: the overview's label curve stands among the labels' too.
    std::set<std::pair<QString, QString>> seen;
    for (Figure& figure : m_reportFigures) {
        if (seen.emplace(figure.name, figure.title).second)
            sources.figures.append(std::move(figure));
    }
    m_reportFigures.clear();
    auto work = [results = m_session.results()](const base::JobContext&) { return readReportFile(*results); };
    auto done = [this, sources = std::move(sources)](base::Result<ReportFile> file) mutable {
        m_job = 0;
        if (!file) {
            fail(file.error());
            return;
        }
        sources.annotations = std::move(file.value().annotations);
        sources.triggers = std::move(file.value().triggers);
        sources.fingerprints = std::move(file.value().fingerprints);
        writeFile([document = studyReport(sources), pdf = m_pdf] {
            return pdf ? documentPdf(document) : documentPage(document);
        });
    };
    m_job = m_session.jobs().start<ReportFile>({}, this, std::move(work), std::move(done));
    Q_EMIT progressChanged();
}

void Publisher::writeFile(Bytes make)
{
    auto work = [make = std::move(make), path = m_path](const base::JobContext&) -> base::Result<qint64> {
        PALIMPSEST_TRY(bytes, make());
        PALIMPSEST_CHECK(writeBytes(bytes, path));
        return static_cast<qint64>(bytes.size());
    };
    auto done = [this](const base::Result<qint64>& size) {
        m_job = 0;
        if (!size) {
            fail(size.error());
            return;
        }
        end(true, tr("%1 was written, %2").arg(m_path, bytesText(static_cast<std::uint64_t>(size.value()))));
    };
    m_job = m_session.jobs().start<qint64>({}, this, std::move(work), std::move(done));
    Q_EMIT progressChanged();
}

} // namespace palimpsest::app
