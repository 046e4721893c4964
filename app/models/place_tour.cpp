#include "models/place_tour.h"

#include <algorithm>
#include <utility>

#include "figures/figure_source.h"

namespace palimpsest::app {

namespace {

constexpr int kLookMs = 50;
constexpr int kCalmLooks = 6; // lets items be made, and pictures of workers arrive

} // namespace

PlaceTour::PlaceTour(
    StudySession& session, const FigureExport& figures, std::chrono::milliseconds patience, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_figures(figures)
    , m_patience(static_cast<int>(patience.count()) / kLookMs)
{
    m_timer.setInterval(kLookMs);
    connect(&m_timer, &QTimer::timeout, this, &PlaceTour::look);
}

void PlaceTour::start(std::vector<Stop> stops, std::function<void(const base::Status&)> done)
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
        finish(base::cancelled());
}

void PlaceTour::arrive()
{
    m_calm = m_waited = 0;
    Q_EMIT moved();
    if (m_at == m_stops.size())
        finish({});
    else
        m_stops[m_at].arrive();
}

void PlaceTour::finish(const base::Status& status)
{
    m_timer.stop();
    m_stops.clear();
    const auto done = std::exchange(m_done, nullptr);
    Q_EMIT moved();
    if (done)
        done(status);
}

bool PlaceTour::isSettled() const
{
    const auto settled = [](const FigureSource* source) { return source->isSettled(); };
    const Stop& stop = m_stops[m_at];
    return m_session.isSettled() && std::ranges::all_of(m_figures.seen(), settled)
        && (!stop.hasCome || stop.hasCome());
}

void PlaceTour::look()
{
    if (!m_session.isOpen()) {
        finish(base::cancelled());
        return;
    }
    m_calm = isSettled() ? m_calm + 1 : 0;
    m_waited = m_session.isSettled() ? m_waited + 1 : 0;
    if (m_calm < kCalmLooks && m_waited < m_patience)
        return;
    if (const base::Status taken = m_stops[m_at].take(); !taken) {
        finish(taken);
        return;
    }
    ++m_at;
    arrive();
}

} // namespace palimpsest::app
