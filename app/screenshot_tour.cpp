#include "screenshot_tour.h"

#include <QCoreApplication>
#include <QDir>
#include <QImage>
#include <QQuickWindow>

#include <algorithm>
#include <string_view>

#include "models/flow_model.h"
#include "models/task_model.h"
#include "models/view_list_model.h"
#include "window.h"

namespace palimpsest::app {

namespace {

constexpr int kTickMs = 100;
constexpr int kCalmTicks = 8; // lets tool tips, fades and images of workers arrive
constexpr int kPatienceTicks = 1200;

} // namespace

ScreenshotTour::ScreenshotTour(Window& window, const QString& folder)
    : m_window(window)
    , m_folder(folder)
{
    m_timer.setInterval(kTickMs);
    connect(&m_timer, &QTimer::timeout, this, &ScreenshotTour::next);
}

void ScreenshotTour::start(bool withProject, int layer)
{
    m_withProject = withProject;
    m_layer = layer;
    for (const bool dark : {false, true}) {
        const QString theme = dark ? QStringLiteral("-dark") : QStringLiteral("-light");
        const auto stop = [&](const QString& name, const char* property, const QVariant& value) {
            m_stops.push_back({name + theme,
                [this, dark, property, value] {
                    m_window.settings().setDark(dark);
                    flowThroughLayers(false);
                    m_window.quickWindow()->setProperty(property, value);
                },
                {}});
        };
        if (withProject) {
            int at = 0;
            for (const ViewDescriptor& view : viewRegistry()) {
                stop(QString::fromLatin1(view.id), "currentView", at++);
                if (QLatin1String(view.id) == QLatin1String("flow"))
                    m_stops.push_back(
                        {QStringLiteral("flow-layers") + theme, [this] { flowThroughLayers(true); }, {}});
            }
            stopAtLabels(dark, theme);
            stopAtTask(dark, theme);
            addSheet(theme, dark, "search", "searchOpen");
            addSheet(theme, dark, "commands", "paletteOpen");
            addSheet(theme, dark, "menu", "menuOpen");
            addSheet(theme, dark, "annotators", "annotationsOpen");
            addSheet(theme, dark, "export-figure", "figureExportOpen");
        } else {
            stop(QStringLiteral("start"), "newProjectOpen", false);
            addSheet(theme, dark, "new-project", "newProjectOpen");
            addSheet(theme, dark, "help", "helpOpen");
        }
    }
    QDir().mkpath(m_folder);
    m_timer.start();
}

void ScreenshotTour::flowThroughLayers(bool layers)
{
    auto* flow = m_window.quickWindow()->findChild<FlowModel*>();
    if (!flow)
        return; // not looked at yet
    flow->setAcross(layers ? FlowModel::FineTunedLayers : FlowModel::Models);
    flow->setGrouping(layers ? FlowModel::ByClass : FlowModel::ByStatus);
}

void ScreenshotTour::stopAtLabels(bool dark, const QString& theme)
{
    const auto stop = [&](const char* name, const char* property, const QVariant& value) {
        m_stops.push_back({QString::fromLatin1(name) + theme, [this, dark, property, value] {
                               auto* window = m_window.quickWindow();
                               m_window.settings().setDark(dark);
                               for (const char* dialog : {"addLabelsOpen", "importOpen", "exportOpen"})
                                   window->setProperty(dialog, false);
                               window->setProperty("labelsPage", 0);
                               window->setProperty("currentView", viewIndex("labels"));
                               window->setProperty(property, value);
                           }});
    };
    stop("label-curves", "labelsPage", 1);
    stop("add-labels", "addLabelsOpen", true);
    stop("import", "importOpen", true);
    stop("export", "exportOpen", true);
    m_stops.back().leave = [this] { m_window.quickWindow()->setProperty("exportOpen", false); };
}

void ScreenshotTour::stopAtTask(bool dark, const QString& theme)
{
    const auto stop = [&](const char* name, int part, bool search) {
        m_stops.push_back({QString::fromLatin1(name) + theme,
            [this, dark, part, search] {
                auto* window = m_window.quickWindow();
                m_window.settings().setDark(dark);
                window->setProperty("currentView", viewIndex("task"));
                window->setProperty("taskPart", part);
                auto* model = window->findChild<TaskModel*>();
                if (!model || !search || model->lab()->state() != TriggerLabModel::Idle)
                    return;
                model->lab()->setCandidates(24);
                model->lab()->setSentences(50);
                model->lab()->start();
            },
            [this] { m_window.quickWindow()->setProperty("taskPart", 0); }});
    };
    stop("task-triggers", 1, true);
    stop("task-sentence", 2, false);
}

void ScreenshotTour::addSheet(const QString& theme, bool dark, const char* name, const char* property)
{
    m_stops.push_back({QString::fromLatin1(name) + theme,
        [this, dark, property] {
            m_window.settings().setDark(dark);
            m_window.quickWindow()->setProperty("currentView", viewIndex("alignment"));
            m_window.quickWindow()->setProperty("searchText", QStringLiteral("good"));
            m_window.quickWindow()->setProperty(property, true);
        },
        [this, property] { m_window.quickWindow()->setProperty(property, false); }});
}

void ScreenshotTour::next()
{
    if (++m_waited > kPatienceTicks) {
        qCritical("The window had nothing to show in time");
        QCoreApplication::exit(1);
        return;
    }
    m_calm = settled() ? m_calm + 1 : 0;
    if (m_calm < kCalmTicks)
        return;
    m_calm = 0;
    if (!m_prepared) {
        m_prepared = true;
        if (m_withProject) {
            auto& session = m_window.session();
            session.setLayer(m_layer >= 0 ? m_layer : align::takeoverLayer(session.summaries()));
        }
        m_stops.front().arrive();
        return;
    }
    if (m_withProject && m_window.selection().conceptId() < 0) {
        chooseConcept();
        return;
    }
    save();
}

bool ScreenshotTour::settled() const
{
    auto& session = m_window.session();
    if (!m_withProject)
        return m_window.jobs().activeCount() == 0;
    return session.isSettled() && !session.summaries().empty();
}

void ScreenshotTour::chooseConcept()
{
    const base::ClusterId largest = m_window.session().comparison()->b->largest();
    m_window.selection().selectConcept(Selection::FineTuned, static_cast<int>(base::toIndex(largest)));
}

void ScreenshotTour::save()
{
    const QString file = QDir(m_folder).filePath(m_stops[m_at].name + QStringLiteral(".png"));
    const QImage image = m_window.quickWindow()->grabWindow();
    if (image.isNull() || !image.save(file)) {
        qCritical("%s could not be written", qPrintable(file));
        QCoreApplication::exit(1);
        return;
    }
    if (m_stops[m_at].leave)
        m_stops[m_at].leave();
    m_waited = 0;
    if (++m_at == m_stops.size()) {
        m_timer.stop();
        QCoreApplication::exit(0);
        return;
    }
    m_stops[m_at].arrive();
}

} // namespace palimpsest::app
