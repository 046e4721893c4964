#include "place_visitor.h"

#include <QApplication>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QSettings>
#include <QTemporaryDir>

#include <utility>

#include "bridge/navigator.h"
#include "window.h"

namespace palimpsest::app {

using base::Error;
using base::ErrorCode;

namespace {

constexpr int kOpeningTickMs = 40;
constexpr std::chrono::seconds kVisitorPatience(5);
constexpr QSize kUnseenSize(1400, 900); // what figures' ratios follow

} // namespace

PlaceVisitor::PlaceVisitor(Window& window)
    : m_window(window)
    , m_tour(window.session(), window.figures(), kVisitorPatience)
{
    m_opening.setInterval(kOpeningTickMs);
    connect(&m_opening, &QTimer::timeout, this, &PlaceVisitor::open);
}

void PlaceVisitor::run(
    const QString& project, std::vector<Stop> stops, std::function<void(base::Status)> done)
{
    m_project = project;
    m_stops = std::move(stops);
    m_done = std::move(done);
    m_window.session().openProject(project);
    m_opening.start();
}

project::SlidePlace PlaceVisitor::startPlace() const
{
    auto* navigator = m_window.quickWindow()->property("navigator").value<Navigator*>();
    project::SlidePlace place = navigator ? navigator->savedPlace() : project::SlidePlace();
    const auto& layers = m_window.session().summaries();
    if (!layers.empty())
        place.layer = align::takeoverLayer(layers);
    place.conceptId = -1;
    return place;
}

int PlaceVisitor::largestConcept() const
{
    const auto comparison = m_window.session().comparison();
    return comparison ? static_cast<int>(base::toIndex(comparison->b->largest())) : -1;
}

PlaceTour::Stop PlaceVisitor::stopAt(Stop stop)
{
    const auto isThere = [this, figure = QString::fromStdString(stop.figure)] {
        return figure.isEmpty() || m_window.figures().find(figure) != nullptr;
    };
    const auto arrive = [this, place = stop.place] {
        const project::SlidePlace there = place();
        if (auto* navigator = m_window.quickWindow()->property("navigator").value<Navigator*>())
            navigator->showSaved(there, there.conceptId >= 0);
    };
    const auto take = [this, isThere, stop]() -> base::Status {
        if (isThere())
            return stop.visit();
        return Error{ErrorCode::NotFound,
            "the view shows no figure \"" + stop.figure + "\" of " + m_project.toStdString()
                + " (maps are made by palimpsest map, labels by palimpsest label); see palimpsest figure "
                  "--list"};
    };
    return {arrive, take, isThere};
}

void PlaceVisitor::open()
{
    const auto& session = m_window.session();
    if (!session.isOpen() && !session.isOpening()) {
        const QString why = session.error();
        end(Error{ErrorCode::Unreadable,
            why.isEmpty() ? m_project.toStdString()
                    + " holds a study that is not finished; palimpsest run goes on with it"
                          : why.toStdString()});
        return;
    }
    if (!session.isSettled() || session.summaries().empty())
        return;
    m_opening.stop();
    std::vector<PlaceTour::Stop> stops;
    for (Stop& stop : m_stops)
        stops.push_back(stopAt(std::move(stop)));
    m_tour.start(std::move(stops), [this](const base::Status& status) { end(status); });
}

void PlaceVisitor::end(const base::Status& status)
{
    m_opening.stop();
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
