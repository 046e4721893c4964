#pragma once
// Which part of a figure is seen, apart from the figure's size: as a text that a place keeps, and on the way
// from one part to another.
// Thread: values; Glide belongs to the GUI thread.

#include <QPointF>
#include <QString>
#include <QStringView>
#include <QVariantAnimation>

#include <functional>
#include <optional>
#include <vector>

namespace palimpsest::app {

struct SeenPart {
    double zoom = 1.0; ///< 1: all
    QPointF middle; ///< in whatever the figure measures its places
    friend bool operator==(const SeenPart&, const SeenPart&) = default;
};

/// On the way from one part to another: the zoom grows by equal factors in equal times, and the middle moves
/// so that a place which stands still at both ends stands still throughout.
[[nodiscard]] SeenPart between(const SeenPart& from, const SeenPart& to, double share);

/// The text of a part that is all there is.
inline constexpr QStringView kAllSeen = u"all";
/// Numbers with blanks between, nine digits each.
[[nodiscard]] QString numbersText(const std::vector<double>& numbers);
/// The reverse; nothing unless there are exactly `count`, all finite.
[[nodiscard]] std::optional<std::vector<double>> numbersOf(const QString& text, std::size_t count);

/// A movement of what is seen, in the time of the window's frames.
class Glide {
public:
    Glide();
    Glide(const Glide&) = delete;
    Glide& operator=(const Glide&) = delete;

    /// Calls `step` with shares up to 1; another glide on its way ends where it is. 0 ms: at once.
    void start(int ms, std::function<void(double share)> step);
    void stop(); ///< stays where it is
    [[nodiscard]] bool isRunning() const { return m_animation.state() == QAbstractAnimation::Running; }

private:
    QVariantAnimation m_animation;
    std::function<void(double)> m_step;
};

} // namespace palimpsest::app
