#pragma once
// How long the program took from its start to the first picture, and to the first one with numbers.
// Thread: GUI; the render thread only tells that a picture is on the screen.

#include <QObject>

namespace palimpsest::app {

class Window;

/// Seconds since the system started this process, libraries and all; to about 10 ms.
[[nodiscard]] double secondsSinceStart();

class StartMeter : public QObject {
    Q_OBJECT

public:
    /// Prints both times to standard output and ends the program; needs a project that is being opened.
    explicit StartMeter(Window& window);

private:
    void framed(double seconds);

    Window& m_window;
    double m_firstFrame = 0.0;
};

} // namespace palimpsest::app
