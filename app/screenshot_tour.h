#pragma once
// Opens each view of the window in both themes and saves what a person would see: pictures for the README,
// and for looking at one's own work. Thread: GUI.

#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <vector>

namespace palimpsest::app {

class Window;

class ScreenshotTour : public QObject {
    Q_OBJECT

public:
    ScreenshotTour(Window& window, const QString& folder);

    /// With a project: waits for its numbers, goes to `layer` (-1: where most is written over), selects a
    /// concept and visits every view. Without: the start page and the new-project dialog. Ends the program:
    /// 0, or 1 when a picture cannot be made.
    void start(bool withProject, int layer);

private:
    struct Stop {
        QString name; ///< of the file, without the theme
        std::function<void()> arrive;
        std::function<void()> leave{}; ///< what the next stop would not undo
    };
    /// Curves and dialogs of the Labels view.
    void stopAtLabels(bool dark, const QString& theme);
    /// Trigger lab, with a search made, and sentence of the Task view.
    void stopAtTask(bool dark, const QString& theme);
    void addSheet(const QString& theme, bool dark, const char* name, const char* property);
    void next(); ///< waits until nothing is computed, then takes the picture and goes on
    bool settled() const;
    void chooseConcept();
    void flowThroughLayers(bool layers); ///< what the Flow view shows, once it is made
    void save();

    Window& m_window;
    QString m_folder;
    QTimer m_timer;
    std::vector<Stop> m_stops;
    std::size_t m_at = 0;
    int m_waited = 0;
    int m_calm = 0; ///< ticks in a row without work
    int m_layer = -1;
    bool m_withProject = false;
    bool m_prepared = false;
};

} // namespace palimpsest::app
