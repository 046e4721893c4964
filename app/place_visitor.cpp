#include "place_visitor.h"

#include <QApplication>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QSettings>
#include <QTemporaryDir>

#include <algorithm>

#include "bridge/navigator.h"
#include "figures/figure_source.h"
#include "window.h"

namespace palimpsest::app {

using base::Error;
using base::ErrorCode;

namespace {

constexpr int kVisitorTickMs = 40;
constexpr int kVisitorCalmTicks = 5; // lets polished items ask for their images
constexpr int kVisitorPatienceTicks = 60'000 / kVisitorTickMs; // without any work under way
constexpr QSize kUnseenSize(1400, 900); // what figures' ratios follow

} // namespace

PlaceVisitor::PlaceVisitor(Window& window)
    : m_window(window)
{
    m_timer.setInterval(kVisitorTickMs);
    connect(&m_timer, &QTimer::timeout, this, &PlaceVisitor::next);
}

void PlaceVisitor::run(
    const QString& project, std::vector<Stop> stops, std::function<void(base::Status)> done)
{
    m_project = project;
    m_stops = std::move(stops);
    m_done = std::move(done);
    m_window.session().openProject(project);
    m_timer.start();
}

project::SlidePlace PlaceVisitor::startPlace() const
{
    auto* navigator = m_window.quickWindow()->property("navigator").value<Navigator*>();
    project::SlidePlace place = navigator ? navigator->savedPlace() : project::SlidePlace();
    const auto& layers = m_window.session().summaries();
    if (!layers.empty()) {
        const auto finding = align::findTakeover(layers);
        place.layer = layers[std::min(finding.takeoverIndex, layers.size() - 1)].layer;
    }
    place.conceptId = -1;
    return place;
}

int PlaceVisitor::largestConcept() const
{
    const auto comparison = m_window.session().comparison();
    if (!comparison)
        return -1;
    std::size_t best = 0;
    for (std::size_t id = 1; id < comparison->b->conceptCount(); ++id) {
        if (comparison->b->size(base::toId<base::ClusterId>(id))
            > comparison->b->size(base::toId<base::ClusterId>(best)))
            best = id;
    }
    return static_cast<int>(best);
}

bool PlaceVisitor::isSettled() const
{
    const auto& session = m_window.session();
    return session.isOpen() && !session.isComparing() && !session.isSummarizing() && session.comparison()
        && !session.summaries().empty() && m_window.jobs().activeCount() == 0;
}

bool PlaceVisitor::showsWanted() const
{
    const auto seen = m_window.figures().seen();
    if (!std::ranges::all_of(seen, [](const FigureSource* source) { return source->isSettled(); }))
        return false;
    const std::string& wanted = m_stops[m_at].figure;
    return wanted.empty() || m_window.figures().find(QString::fromStdString(wanted)) != nullptr;
}

bool PlaceVisitor::isTired() const
{
    return m_waited > (m_arrived ? kVisitorPatienceTicks / 12 : kVisitorPatienceTicks);
}

bool PlaceVisitor::isThere() const
{
    return m_arrived && m_window.figures().find(QString::fromStdString(m_stops[m_at].figure)) != nullptr;
}

void PlaceVisitor::arrive()
{
    auto* navigator = m_window.quickWindow()->property("navigator").value<Navigator*>();
    const project::SlidePlace place = m_stops[m_at].place();
    if (navigator)
        navigator->showSaved(place, place.conceptId >= 0);
    m_arrived = true;
}

void PlaceVisitor::next()
{
    const auto& session = m_window.session();
    if (!session.isOpen() && !session.isOpening()) {
        const QString why = session.error();
        end(Error{ErrorCode::Unreadable,
            why.isEmpty() ? m_project.toStdString() + " could not be opened" : why.toStdString()});
        return;
    }
    const bool idle = isSettled();
    m_waited = idle ? m_waited + 1 : 0;
    const bool shown = idle && (!m_arrived || showsWanted());
    m_calm = shown ? m_calm + 1 : 0;
    if (m_calm < kVisitorCalmTicks && !isTired())
        return;
    if (m_calm < kVisitorCalmTicks && !isThere()) {
        end(Error{ErrorCode::NotFound,
            "the view shows no figure \"" + (m_arrived ? m_stops[m_at].figure : std::string()) + "\" of "
                + m_project.toStdString()
                + " (maps are made by palimpsest map, labels by palimpsest label); see palimpsest figure "
                  "--list"});
        return;
    }
    m_calm = 0;
    m_waited = 0;
    if (m_at == m_stops.size()) {
        end({});
        return;
    }
    if (!m_arrived) {
        arrive();
        return;
    }
    const base::Status status = m_stops[m_at].visit();
    m_arrived = false;
    ++m_at;
    if (!status)
        end(status);
    else if (m_at == m_stops.size())
        end({});
    else
        arrive();
}

void PlaceVisitor::end(const base::Status& status)
{
    m_timer.stop();
    if (const auto done = std::exchange(m_done, nullptr))
        done(status);
}

int runOffscreen(int argc, char** argv, const std::function<void(Window&, std::function<void(int)>)>& start)
{
    // Nothing is shown, so no display is needed; and the same file comes out everywhere.
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_SCALE_FACTOR", "1");
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("Palimpsest"));
    QApplication::setApplicationName(QStringLiteral("palimpsest"));
    const QTemporaryDir settings;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    Window window;
    if (!window.show())
        return 1;
    window.quickWindow()->resize(kUnseenSize);
    QTimer::singleShot(
        0, &application, [&] { start(window, [](int code) { QCoreApplication::exit(code); }); });
    return QApplication::exec();
}

} // namespace palimpsest::app
