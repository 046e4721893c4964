// How long the window takes to open a project and to answer a new K, θ or layer, the longest time that its
// event loop was held up meanwhile, with the event that did it, how long a search takes, and frames while
// lists scroll, figures zoom and the map morphs. bench_window PROJECT [VIEW], with a display; VIEW: only this
// one's moves, "frames": frames alone. What the numbers were and what is behind the longest stands in
// README.md.

#include <QApplication>
#include <QElapsedTimer>
#include <QPointer>
#include <QQuickItem>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QStandardPaths>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "models/search_model.h"
#include "models/view_list_model.h"
#include "window.h"

using namespace palimpsest;

namespace {

constexpr int kMoves = 60;
constexpr int kMoveMs = 33; // a hand on a slider
constexpr int kAnswers = 15;

/// Milliseconds that this thread has computed: what others take on a busy machine does not count.
double computed()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

/// One kind of time, in ms.
struct Pieces {
    std::vector<double> all;
    double longest = 0.0;
    std::string culprit; ///< class of the receiver and kind of the longest event

    void add(double ms, const QObject* receiver, int kind)
    {
        all.push_back(ms);
        if (ms <= longest)
            return;
        longest = ms;
        culprit = std::string(receiver->metaObject()->className()) + " " + std::to_string(kind);
    }
    [[nodiscard]] std::ptrdiff_t over(double limit) const
    {
        return std::ranges::count_if(all, [=](double ms) { return ms > limit; });
    }
};

/// Times every event that the loop hands out, what it leads to included.
class TimedApplication : public QApplication {
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override
    {
        // Events of other threads come here too; QML's loader of types compiles within one.
        if (QThread::currentThread() != thread() || m_depth > 0)
            return QApplication::notify(receiver, event);
        ++m_depth;
        const int kind = static_cast<int>(event->type());
        const QPointer<QObject> guard(receiver);
        QElapsedTimer timer;
        timer.start();
        const double before = computed();
        const bool handled = QApplication::notify(receiver, event);
        const double after = computed();
        const double ms = 1e-6 * static_cast<double>(timer.nsecsElapsed());
        const QObject* named = guard ? guard.data() : static_cast<QObject*>(this);
        elapsed.add(ms, named, kind);
        work.add(after - before, named, kind);
        --m_depth;
        return handled;
    }

    Pieces elapsed, work;

private:
    int m_depth = 0;
};

void report(const char* view, const char* action, TimedApplication& application)
{
    const Pieces& work = application.work;
    const Pieces& elapsed = application.elapsed;
    std::printf("%-10s %-6s %5zu events, most work %6.1f ms (%s), %td over 8 ms, %td over 16 ms; longest "
                "%6.1f ms (%s)\n",
        view, action, work.all.size(), work.longest, work.culprit.c_str(), work.over(8.0), work.over(16.0),
        elapsed.longest, elapsed.culprit.c_str());
    std::fflush(stdout);
    application.work = application.elapsed = {};
}

void wait(const std::function<bool()>& ready)
{
    QElapsedTimer timer;
    timer.start();
    do {
        QEventLoop loop;
        QTimer::singleShot(1, &loop, &QEventLoop::quit);
        loop.exec();
    } while (!ready() && timer.elapsed() < 60'000);
}

QQuickItem* itemOf(QQuickItem* parent, const std::function<bool(const QQuickItem&)>& wanted)
{
    if (parent->isVisible() && wanted(*parent))
        return parent;
    for (QQuickItem* child : parent->childItems())
        if (QQuickItem* found = itemOf(child, wanted))
            return found;
    return nullptr;
}

/// Moves on with every frame that was shown, as fast as frames come.
void frames(QQuickWindow& window, const char* what, const std::function<void(int)>& move)
{
    constexpr int kFrames = 120;
    std::vector<double> lasted;
    QElapsedTimer timer;
    int at = 0;
    QObject context;
    QObject::connect(
        &window, &QQuickWindow::frameSwapped, &context,
        [&] {
            if (at > 1) // the first waits for whatever was under way
                lasted.push_back(1e-6 * static_cast<double>(timer.nsecsElapsed()));
            timer.start();
            move(at++);
            window.update();
        },
        Qt::QueuedConnection);
    window.update();
    wait([&] { return at > kFrames; });
    std::ranges::sort(lasted);
    if (lasted.empty())
        return;
    std::printf("%-30s %zu frames, median %5.1f ms, longest %5.1f ms, %td over 33 ms\n", what, lasted.size(),
        lasted[lasted.size() / 2], lasted.back(),
        std::ranges::count_if(lasted, [](double ms) { return ms > 33.0; }));
    std::fflush(stdout);
}

QQuickItem* named(QQuickWindow& window, const char* name)
{
    return itemOf(window.contentItem(),
        [name](const QQuickItem& item) { return item.objectName() == QLatin1String(name); });
}

void calm(app::Window& window)
{
    QElapsedTimer since;
    since.start();
    wait([&] { return since.elapsed() > 1000 && window.jobs().activeCount() == 0; });
}

void go(app::Window& window, const char* id)
{
    int at = 0;
    for (const auto& view : app::viewRegistry()) {
        if (std::string_view(view.id) == id)
            window.quickWindow()->setProperty("currentView", at);
        ++at;
    }
    calm(window);
}

void scrollLists(app::Window& window)
{
    QQuickWindow& shown = *window.quickWindow();
    go(window, "concepts");
    if (auto* list = named(shown, "conceptList")) {
        frames(shown, "concept list, slowly", [list](int at) { list->setProperty("contentY", 12.0 * at); });
        frames(shown, "concept list, a page a frame",
            [list](int at) { list->setProperty("contentY", list->height() * (at % 40)); });
    }
    go(window, "labels");
    if (auto* matrix = named(shown, "labelMatrix")) {
        const double end = 1.0 - matrix->property("sizeY").toDouble();
        frames(shown, "label matrix, scrolled",
            [matrix, end](int at) { matrix->setProperty("positionY", end * (at % 60) / 60); });
    }
}

void moveFigures(app::Window& window)
{
    QQuickWindow& shown = *window.quickWindow();
    const std::pair<const char*, const char*> zoomed[]
        = {{"alignment", "matrix"}, {"dendrogram", "dendrogram"}, {"map", "map"}};
    for (const auto& [view, name] : zoomed) {
        go(window, view);
        if (QQuickItem* figure = named(shown, name))
            frames(shown, (std::string(view) + ", zoomed in and out").c_str(), [figure](int at) {
                QMetaObject::invokeMethod(figure, (at / 10) % 2 == 0 ? "zoomIn" : "zoomOut");
            });
    }
    if (QQuickItem* map = named(shown, "map"))
        frames(shown, "map, morphing", [map](int at) { map->setProperty("morph", (at % 60) / 59.0); });
    // These two have no zoom: the pointer wanders over them, and the split beside them is dragged.
    for (const auto& [view, name] : {std::pair("flow", "flow"), std::pair("layers", "layerMatrix")}) {
        go(window, view);
        if (QQuickItem* figure = named(shown, name)) {
            const double width = figure->width();
            frames(shown, (std::string(view) + ", resized").c_str(),
                [figure, width](int at) { figure->setWidth(width - 3.0 * (at % 60)); });
        }
    }
}

/// From a typed letter to the list of its concepts; every letter is the most that one key can ask for.
void search(app::Window& window)
{
    auto* model = window.quickWindow()->findChild<app::SearchModel*>();
    if (!model)
        return;
    window.quickWindow()->setProperty("searchOpen", true);
    calm(window); // the index is made when the dialog is first opened
    std::vector<double> answers;
    for (char letter = 'a'; letter <= 'z'; ++letter) {
        QElapsedTimer timer;
        timer.start();
        model->setText(QString(QLatin1Char(letter)));
        wait([&] { return !model->isSearching(); });
        answers.push_back(1e-6 * static_cast<double>(timer.nsecsElapsed()));
    }
    window.quickWindow()->setProperty("searchOpen", false);
    std::ranges::sort(answers);
    std::printf("search of a letter median %6.1f ms, longest %6.1f ms\n", answers[answers.size() / 2],
        answers.back());
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2 && argc != 3) {
        std::fputs("usage: bench_window PROJECT [VIEW]\n", stderr);
        return 2;
    }
    QStandardPaths::setTestModeEnabled(true);
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    TimedApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("Palimpsest"));
    QCoreApplication::setApplicationName(QStringLiteral("palimpsest-bench"));
    app::Window window;
    const double before = computed();
    if (!window.show())
        return 1;
    std::printf("window made before the event loop runs: %.1f ms of work\n", computed() - before);
    auto& session = window.session();
    wait([&] { return window.quickWindow()->isExposed() && window.jobs().activeCount() == 0; });
    report("start", "", application);
    QElapsedTimer opening;
    opening.start();
    session.openProject(QString::fromLocal8Bit(argv[1]));
    wait([&] { return session.isOpen() && session.comparison(); });
    std::printf("opened, first layer compared: %lld ms\n", static_cast<long long>(opening.elapsed()));
    const auto settled = [&] {
        return session.isOpen() && session.comparison() && !session.isComparing() && !session.isSummarizing();
    };
    wait(settled);
    report("all", "open", application);

    const int k = session.k();
    const struct {
        const char* name;
        std::function<void(int)> move;
    } actions[] = {
        {"K", [&](int at) { session.setK(k - 2 * (at % 40)); }},
        {"theta", [&](int at) { session.setTheta(0.95 - 0.01 * (at % 50)); }},
        {"layer", [&](int at) { session.stepLayer((at / 6) % 2 == 0 ? 1 : -1); }},
    };
    int index = 0;
    for (const auto& view : app::viewRegistry()) {
        if (argc == 3 && std::string_view(argv[2]) != view.id) {
            ++index;
            continue;
        }
        // As a click does it: inside of an event.
        QMetaObject::invokeMethod(
            window.quickWindow(),
            [&window, index] { window.quickWindow()->setProperty("currentView", index); },
            Qt::QueuedConnection);
        ++index;
        wait([&] { return settled(); });
        report(view.id, "show", application);
        for (const auto& action : actions) {
            for (int at = 0; at < kMoves; ++at) {
                action.move(at);
                QEventLoop loop;
                QTimer::singleShot(kMoveMs, &loop, &QEventLoop::quit);
                loop.exec();
            }
            wait(settled);
            report(view.id, action.name, application);
        }
    }
    if (argc == 2 || std::string_view(argv[2]) == "frames") {
        scrollLists(window);
        moveFigures(window);
        search(window);
        report("all", "frames", application);
    }
    for (const auto& action : actions) {
        std::vector<double> answers;
        for (int at = 1; at <= kAnswers; ++at) {
            QElapsedTimer timer;
            timer.start();
            action.move(7 * at);
            wait([&] { return !session.isComparing(); });
            answers.push_back(1e-6 * static_cast<double>(timer.nsecsElapsed()));
            wait(settled);
        }
        std::ranges::sort(answers);
        std::printf("answer to %-6s median %6.1f ms, longest %6.1f ms\n", action.name,
            answers[answers.size() / 2], answers.back());
    }
    return 0;
}
