#include "models/place_tour.h"

#include <algorithm>
#include <utility>

#include "bridge/job_controller.h"
#include "figures/figure_source.h"

namespace palimpsest::app {

namespace {

constexpr int kLookMs = 50;
constexpr int kCalmLooks = 6; // lets items be made, and pictures of workers arrive
constexpr int kPatienceLooks = 600; // half a minute in which nothing is computed and a figure is not there

} // namespace

PlaceTour::PlaceTour(StudySession& session, const FigureExport& figures, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_figures(figures)
{
    m_timer.setInterval(kLookMs);
    connect(&m_timer, &QTimer::timeout, this, &PlaceTour::look);
}

void PlaceTour::start(std::vector<Stop> stops, std::function<void(bool)> done)
{
    if (isRunning())
        return;
    m_stops = std::move(stops);
    m_done = std::move(done);
    m_at = 0;
    m_timer.start();
    arrive();
}

void PlaceTour::stop()
{
    if (isRunning())
        finish(false);
}

void PlaceTour::arrive()
{
    m_calm = m_waited = 0;
    Q_EMIT moved();
    if (m_at == m_stops.size())
        finish(true);
    else
        m_stops[m_at].arrive();
}

void PlaceTour::finish(bool all)
{
    m_timer.stop();
    m_stops.clear();
    const auto done = std::exchange(m_done, nullptr);
    Q_EMIT moved();
    if (done)
        done(all);
}

bool PlaceTour::isIdle() const
{
    return m_session.isOpen() && m_session.comparison() && !m_session.isComparing()
        && !m_session.isSummarizing() && m_session.jobs().activeCount() == 0;
}

bool PlaceTour::isSettled() const
{
    return isIdle() && std::ranges::all_of(m_figures.seen(), [](const FigureSource* source) {
        return source->isSettled();
    });
}

void PlaceTour::look()
{
    if (!m_session.isOpen()) {
        finish(false);
        return;
    }
    m_calm = isSettled() ? m_calm + 1 : 0;
    m_waited = isIdle() ? m_waited + 1 : 0;
    if (m_calm < kCalmLooks && m_waited < kPatienceLooks)
        return;
    m_stops[m_at].take();
    ++m_at;
    arrive();
}

} // namespace palimpsest::app
