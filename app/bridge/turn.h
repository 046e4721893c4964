#pragma once
// Work for the window that is done in a turn of the event loop of its own, and only while somebody looks.
// Thread: GUI.

#include <QTimer>

#include <functional>

namespace palimpsest::app {

/// What many models do when one result arrives would hold the window up if it were done at once: each model
/// asks for a turn instead, so that input and frames come between. Asked for again before it came, a turn
/// comes once.
class Turn {
public:
    /// `work` must not outlive what it captures; a turn is a member of what it works for.
    explicit Turn(std::function<void()> work);
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

    void ask();
    /// While not active, the work waits.
    void setActive(bool active);
    bool isActive() const { return m_active; }
    bool isWaiting() const { return m_asked; } ///< asked for and not done yet
    /// Does now what waits, looked at or not; for those that need the result at once.
    void finish();
    void drop(); ///< forgets what waits

private:
    std::function<void()> m_work;
    QTimer m_timer;
    bool m_active = true;
    bool m_asked = false;
};

} // namespace palimpsest::app
