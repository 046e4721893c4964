#include "start_meter.h"

#include <QCoreApplication>
#include <QFile>
#include <QQuickWindow>

#include <cstdio>
#include <ctime>
#include <unistd.h>

#include "window.h"

namespace palimpsest::app {

double secondsSinceStart()
{
    QFile file(QStringLiteral("/proc/self/stat"));
    if (!file.open(QIODevice::ReadOnly))
        return 0.0;
    // The program's name, second and in brackets, may hold spaces; the start is the 22nd field of proc(5).
    const QByteArray line = file.readAll();
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    std::timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    const double started = fields.value(19).toDouble() / static_cast<double>(sysconf(_SC_CLK_TCK));
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec) - started;
}

StartMeter::StartMeter(Window& window)
    : m_window(window)
{
    connect(
        window.quickWindow(), &QQuickWindow::frameSwapped, this,
        [this] {
            const double seconds = secondsSinceStart();
            QMetaObject::invokeMethod(
                this, [this, seconds] { framed(seconds); }, Qt::QueuedConnection);
        },
        Qt::DirectConnection);
}

void StartMeter::framed(double seconds)
{
    if (m_firstFrame == 0.0)
        m_firstFrame = seconds;
    const auto& session = m_window.session();
    if (session.summaries().empty() || session.isComparing())
        return;
    std::printf("first picture after %.2f s, first one with numbers after %.2f s\n", m_firstFrame, seconds);
    std::fflush(stdout);
    QCoreApplication::quit();
}

} // namespace palimpsest::app
