#include "window.h"

#include <QApplication>
#include <QIcon>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QVariant>

#include "bridge/navigator.h"
#include "bridge/paths.h"
#include "screenshot_tour.h"
#include "start_meter.h"

namespace palimpsest::app {

namespace {

struct Arguments {
    QString project;
    QString screenshotFolder;
    QString screenshotStudy;
    int screenshotLayer = -1;
    QSize screenshotSize; ///< of the window; invalid: as it was left
    double screenshotScale = 0.0; ///< of texts; 0: as it was left
    bool measureStart = false;
};

// "1280x800"
QSize toSize(const QString& text)
{
    return {text.section(QLatin1Char('x'), 0, 0).toInt(), text.section(QLatin1Char('x'), 1, 1).toInt()};
}

Arguments parse(const QStringList& arguments)
{
    Arguments parsed;
    for (qsizetype at = 1; at < arguments.size(); ++at) {
        const QString& argument = arguments[at];
        if (argument == QStringLiteral("--screenshot"))
            parsed.screenshotFolder = arguments.value(++at);
        else if (argument == QStringLiteral("--screenshot-layer"))
            parsed.screenshotLayer = arguments.value(++at).toInt();
        else if (argument == QStringLiteral("--screenshot-size"))
            parsed.screenshotSize = toSize(arguments.value(++at));
        else if (argument == QStringLiteral("--screenshot-scale"))
            parsed.screenshotScale = arguments.value(++at).toDouble();
        else if (argument == QStringLiteral("--measure-start"))
            parsed.measureStart = true;
        else if (argument == QStringLiteral("--screenshot-study"))
            parsed.screenshotStudy = arguments.value(++at);
        else if (argument.endsWith(QStringLiteral(".palimpsest")))
            parsed.project = argument;
    }
    return parsed;
}

} // namespace

Window::Window()
    : m_session(m_jobs)
    , m_annotations(m_session, m_jobs)
    , m_story(m_session, m_jobs, m_annotations.history())
    , m_runner(m_jobs)
    , m_newProject(m_jobs, m_runner)
    , m_labels(m_jobs, m_session)
    , m_labelForm(m_jobs, m_labels)
    , m_exchange(m_jobs, m_session)
    , m_figures(m_jobs, m_session)
    , m_publisher(m_session, m_story, m_figures)
{
    connectServices();
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
    m_engine.addImportPath(QStringLiteral("qrc:/qt/qml")); // a default import path from 6.5 on
#endif
    m_engine.setInitialProperties({
        {QStringLiteral("session"), QVariant::fromValue(&m_session)},
        {QStringLiteral("selection"), QVariant::fromValue(&m_selection)},
        {QStringLiteral("annotations"), QVariant::fromValue(&m_annotations)},
        {QStringLiteral("story"), QVariant::fromValue(&m_story)},
        {QStringLiteral("mask"), QVariant::fromValue(&m_mask)},
        {QStringLiteral("jobs"), QVariant::fromValue(&m_jobs)},
        {QStringLiteral("runner"), QVariant::fromValue(&m_runner)},
        {QStringLiteral("settings"), QVariant::fromValue(&m_settings)},
        {QStringLiteral("recent"), QVariant::fromValue(&m_recent)},
        {QStringLiteral("newProject"), QVariant::fromValue(&m_newProject)},
        {QStringLiteral("labels"), QVariant::fromValue(&m_labels)},
        {QStringLiteral("labelForm"), QVariant::fromValue(&m_labelForm)},
        {QStringLiteral("exchange"), QVariant::fromValue(&m_exchange)},
        {QStringLiteral("figures"), QVariant::fromValue(&m_figures)},
        {QStringLiteral("publisher"), QVariant::fromValue(&m_publisher)},
    });
}

bool Window::show()
{
    m_engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Palimpsest/Shell/Main.qml")));
    QQuickWindow* shown = quickWindow();
    m_figures.setWindow(shown);
    m_publisher.setWindow(shown);
    if (shown)
        m_figures.setNavigator(shown->property("navigator").value<Navigator*>());
    return shown != nullptr;
}

QQuickWindow* Window::quickWindow() const
{
    const auto roots = m_engine.rootObjects();
    return roots.isEmpty() ? nullptr : qobject_cast<QQuickWindow*>(roots.front());
}

void Window::connectServices()
{
    QObject::connect(&m_session, &StudySession::resultsChanged, &m_selection, [this] {
        m_selection.clear();
        if (!m_session.isOpen())
            return;
        m_recent.add(m_session.projectPath());
        m_mask.setOn(WordMask::suitsProject(m_session.parameter(QStringLiteral("mask_words")),
            m_session.parameter(QStringLiteral("corpus")), m_session.classNames()));
    });
    QObject::connect(&m_session, &StudySession::unfinishedFound, &m_runner, &StudyRunner::offerResume);
    QObject::connect(&m_runner, &StudyRunner::finished, &m_session, &StudySession::openProject);
}

int runWindow(int argc, char** argv, const std::optional<std::filesystem::path>& project)
{
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("Palimpsest"));
    QApplication::setApplicationName(QStringLiteral("palimpsest"));
    QApplication::setApplicationDisplayName(QStringLiteral("Palimpsest"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/palimpsest.svg")));

    const Arguments arguments = parse(QApplication::arguments());
    Window window;
    if (!window.show())
        return 1;
    const QString path = project ? toText(*project) : arguments.project;
    if (!path.isEmpty())
        window.session().openProject(path);
    if (const auto study = pipeline::readStudy(toPath(arguments.screenshotStudy)); study)
        window.newProject().setStudy(study.value());
    std::optional<StartMeter> meter;
    if (arguments.measureStart)
        meter.emplace(window);
    std::optional<ScreenshotTour> tour;
    if (!arguments.screenshotFolder.isEmpty()) {
        tour.emplace(window, arguments.screenshotFolder);
        if (arguments.screenshotSize.isValid())
            window.quickWindow()->resize(arguments.screenshotSize);
        if (arguments.screenshotScale > 0.0)
            window.settings().setScale(arguments.screenshotScale);
        tour->start(!path.isEmpty(), arguments.screenshotLayer);
    }
    return QApplication::exec();
}

} // namespace palimpsest::app
