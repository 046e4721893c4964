// The longest time that the window's event loop was held up while K, θ and the layer move.
// bench_window PROJECT, with a display.

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
#include <vector>

#include "models/view_list_model.h"
#include "window.h"

using namespace palimpsest;

namespace {

constexpr int kMoves = 60;
constexpr int kMoveMs = 33; // a hand on a slider

/// Times every event that the loop hands out, what it leads to included.
class TimedApplication : public QApplication {
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (m_depth > 0)
            return QApplication::notify(receiver, event);
        ++m_depth;
        QElapsedTimer timer;
        timer.start();
        const bool handled = QApplication::notify(receiver, event);
        blocks.push_back(1e-6 * static_cast<double>(timer.nsecsElapsed()));
        --m_depth;
        return handled;
    }

    std::vector<double> blocks; ///< ms

private:
    int m_depth = 0;
};

void report(const char* view, const char* action, std::vector<double>& blocks)
{
    std::ranges::sort(blocks);
    const auto over = std::ranges::count_if(blocks, [](double ms) { return ms > 8.0; });
    std::printf("%-10s %-6s %5zu events, longest %6.1f ms, %td over 8 ms\n", view, action, blocks.size(),
        blocks.empty() ? 0.0 : blocks.back(), over);
    std::fflush(stdout);
    blocks.clear();
}

void wait(const std::function<bool()>& ready)
{
    QElapsedTimer timer;
    timer.start();
    do {
        QEventLoop loop;
        QTimer::singleShot(50, &loop, &QEventLoop::quit);
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
    session.openProject(QString::fromLocal8Bit(argv[1]));
    const auto settled = [&] {
        return session.isOpen() && session.comparison() && !session.isComparing() && !session.isSummarizing();
    };
    wait(settled);
    report("all", "open", application.blocks);

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
        report(view.id, "show", application.blocks);
        for (const auto& action : actions) {
            for (int at = 0; at < kMoves; ++at) {
                action.move(at);
                QEventLoop loop;
                QTimer::singleShot(kMoveMs, &loop, &QEventLoop::quit);
                loop.exec();
            }
            wait(settled);
            report(view.id, action.name, application.blocks);
        }
    }
    return 0;
}
