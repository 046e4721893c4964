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
    {
    }

    void start()
    {
        auto& session = m_window.session();
        connect(&session, &StudySession::errorChanged, this, [this] {
            if (const QString error = m_window.session().error(); !error.isEmpty())
                end(1, error);
        });
        connect(&m_window.story(), &Story::loadingChanged, this, [this] {
            if (m_window.session().isOpen() && !m_window.story().isLoading() && !m_begun)
                write();
        });
        connect(&m_window.publisher(), &Publisher::finished, this,
            [this](bool written, const QString& message) { end(written ? 0 : 1, message); });
        session.openProject(toText(m_request.project));
    }

private:
    void write()
    {
        m_begun = true;
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
    bool m_begun = false;
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
