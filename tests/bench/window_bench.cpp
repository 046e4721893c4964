// How long the window takes to open a project and to answer a new K, θ or layer, and the longest time that
// its event loop was held up meanwhile, with the event that did it. bench_window PROJECT, with a display.

#include <QApplication>
#include <QElapsedTimer>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QStandardPaths>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "models/view_list_model.h"
#include "window.h"

using namespace palimpsest;

namespace {

constexpr int kMoves = 60;
constexpr int kMoveMs = 33; // a hand on a slider
constexpr int kAnswers = 15;

/// Times every event that the loop hands out, what it leads to included.
class TimedApplication : public QApplication {
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (m_depth > 0)
            return QApplication::notify(receiver, event);
        ++m_depth;
        const std::string name = std::string(receiver->metaObject()->className()) + " "
            + std::to_string(static_cast<int>(event->type()));
        QElapsedTimer timer;
        timer.start();
        const bool handled = QApplication::notify(receiver, event);
        const double ms = 1e-6 * static_cast<double>(timer.nsecsElapsed());
        if (ms > longest) {
            longest = ms;
            culprit = name;
        }
        blocks.push_back(ms);
        --m_depth;
        return handled;
    }

    std::vector<double> blocks; ///< ms
    double longest = 0.0;
    std::string culprit; ///< class of the receiver and kind of the longest event

private:
    int m_depth = 0;
};

void report(const char* view, const char* action, TimedApplication& application)
{
    const auto over = [&](double limit) {
        return std::ranges::count_if(application.blocks, [=](double ms) { return ms > limit; });
    };
    std::printf("%-10s %-6s %5zu events, longest %6.1f ms (%s), %td over 8 ms, %td over 16 ms\n", view,
        action, application.blocks.size(), application.longest, application.culprit.c_str(), over(8.0),
        over(16.0));
    std::fflush(stdout);
    application.blocks.clear();
    application.longest = 0.0;
    application.culprit.clear();
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

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fputs("usage: bench_window PROJECT\n", stderr);
        return 2;
    }
    QStandardPaths::setTestModeEnabled(true);
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    TimedApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("Palimpsest"));
    QCoreApplication::setApplicationName(QStringLiteral("palimpsest-bench"));
    app::Window window;
    if (!window.show())
        return 1;
    auto& session = window.session();
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
        window.quickWindow()->setProperty("currentView", index++);
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
