#include "report_run.h"

#include <QCoreApplication>

#include <cstdio>
#include <memory>

#include "bridge/paths.h"
#include "place_visitor.h"
#include "window.h"

namespace palimpsest::app {

namespace {

/// One run in the window that nobody sees: open, then write.
class ReportRun : public QObject {
public:
    ReportRun(Window& window, const cli::ReportRequest& request, std::function<void(int)> quit)
        : m_window(window)
        , m_request(request)
        , m_quit(std::move(quit))
        , m_visitor(window)
    {
    }

    void start()
    {
        connect(&m_window.publisher(), &Publisher::finished, this,
            [this](bool written, const QString& message) { end(written ? 0 : 1, message); });
        m_visitor.run(toText(m_request.project), {}, [this](const base::Status& opened) {
            if (opened)
                write();
            else
                end(1, QString::fromStdString(opened.error().message));
        });
    }

private:
    void write()
    {
        if (m_request.masked)
            m_window.mask().setOn(true);
        if (m_request.k > 0)
            m_window.session().setK(static_cast<int>(m_request.k));
        if (m_request.theta > 0.0)
            m_window.session().setTheta(m_request.theta);
        const QString output = toText(m_request.output);
        if (!m_request.story) {
            m_window.publisher().writeReport(output);
            return;
        }
        if (!m_window.story().error().isEmpty())
            end(1, m_window.story().error());
        else if (m_window.story().count() == 0)
            end(1,
                toText(m_request.project)
                    + QStringLiteral(" has no slides yet; pin some in the window (Ctrl+D)"));
        else
            m_window.publisher().writeStory(output);
    }

    void end(int code, const QString& message)
    {
        if (std::exchange(m_ended, true))
            return;
        std::FILE* stream = code == 0 ? stdout : stderr;
        std::fprintf(stream, "%s%s\n", code == 0 ? "" : "palimpsest report: ", message.toUtf8().constData());
        std::fflush(stream);
        m_quit(code);
    }

    Window& m_window;
    cli::ReportRequest m_request;
    std::function<void(int)> m_quit;
    PlaceVisitor m_visitor;
    bool m_ended = false;
};

} // namespace

int runReport(int argc, char** argv, const cli::ReportRequest& request)
{
    std::unique_ptr<ReportRun> run;
    return runOffscreen(argc, argv, [&](Window& window, const std::function<void(int)>& quit) {
        run = std::make_unique<ReportRun>(window, request, quit);
        run->start();
    });
}

} // namespace palimpsest::app
