#include "bridge/turn.h"

#include <utility>

namespace palimpsest::app {

Turn::Turn(std::function<void()> work)
    : m_work(std::move(work))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(0);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { finish(); });
}

void Turn::ask()
{
    m_asked = true;
    if (m_active)
        m_timer.start();
}

void Turn::setActive(bool active)
{
    m_active = active;
    if (!active)
        m_timer.stop();
    else if (m_asked)
        m_timer.start();
}

void Turn::finish()
{
    m_timer.stop();
    if (std::exchange(m_asked, false))
        m_work();
}

void Turn::drop()
{
    m_timer.stop();
    m_asked = false;
}

} // namespace palimpsest::app
