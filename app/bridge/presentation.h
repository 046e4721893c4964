#pragma once
// A talk from the story: which slide is shown, keys of a keyboard and of a presenter's remote, the clock.
// Thread: GUI.

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QWindow>
#include <QtQml/qqmlregistration.h>

#include "bridge/story.h"

namespace palimpsest::app {

/// While active it sees the keys of the watched windows before they do. On a slide, arrows, Page Up and Down,
/// Space, Backspace, Home and End go through the slides, B and the full stop darken the screen, N opens the
/// speaker's window, Escape ends the talk, Return or a click goes into the view behind the slide. In there
/// keys belong to the view, but Escape goes back to the slide as it was saved, and Page Up and Down to
/// others: a remote always works.
class Presentation : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(palimpsest::app::Story* story READ story WRITE setStory NOTIFY storyChanged FINAL)
    Q_PROPERTY(bool active READ isActive NOTIFY activeChanged FINAL)
    Q_PROPERTY(int row READ row NOTIFY rowChanged FINAL)
    Q_PROPERTY(bool exploring READ isExploring NOTIFY exploringChanged FINAL)
    Q_PROPERTY(bool blank READ isBlank NOTIFY blankChanged FINAL)
    Q_PROPERTY(bool speakerShown READ isSpeakerShown WRITE setSpeakerShown NOTIFY speakerShownChanged FINAL)
    Q_PROPERTY(bool still MEMBER m_still NOTIFY stillChanged FINAL)
    Q_PROPERTY(QString elapsed READ elapsed NOTIFY ticked FINAL)
    Q_PROPERTY(QString clock READ clock NOTIFY ticked FINAL)

public:
    /// How long a picture of the slide that is left may take.
    static constexpr int kPictureMs = 300;
    /// How long a figure takes from one slide's part to the next one's.
    static constexpr int kGlideMs = 380;

    explicit Presentation(QObject* parent = nullptr);

    Story* story() const { return m_story; }
    void setStory(Story* story);
    bool isActive() const { return m_active; }
    int row() const { return m_row; } ///< -1 while not active
    bool isExploring() const { return m_exploring; } ///< in the view behind the slide
    bool isBlank() const { return m_blank; }
    bool isSpeakerShown() const { return m_speakerShown; }
    void setSpeakerShown(bool shown);
    QString elapsed() const; ///< since the talk began: "3:05", "1:02:03"
    QString clock() const; ///< "14:30"

    /// Keys of this window are seen while the talk is on; once a window.
    Q_INVOKABLE void watch(QWindow* window);
    /// From a slide on; nothing where there are no slides.
    Q_INVOKABLE void start(int row);
    Q_INVOKABLE void stop();
    Q_INVOKABLE void step(int slides); ///< stays at the first and the last one
    Q_INVOKABLE void show(int row);
    Q_INVOKABLE void explore(); ///< the keyboard goes to the view behind the slide
    Q_INVOKABLE void backToSlide();
    Q_INVOKABLE void setBlank(bool blank);
    /// Goes to the slide that is on its way: the picture of the one that is left has been taken.
    Q_INVOKABLE void proceed();

    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void storyChanged();
    void activeChanged();
    void rowChanged();
    void exploringChanged();
    void blankChanged();
    void speakerShownChanged();
    void stillChanged();
    void ticked();
    /// Another slide follows: take a picture of this one and proceed().
    void leaving();
    void arrived(); ///< at the place of the present slide

private:
    bool press(int key, Qt::KeyboardModifiers modifiers);
    bool pressOnSlide(int key);
    bool moves(int row) const; ///< the figure itself moves from slide to slide: no fade hides it
    void setExploring(bool exploring);

    QPointer<Story> m_story;
    QTimer m_tick;
    QTimer m_patience;
    QElapsedTimer m_begun;
    int m_row = -1;
    int m_next = -1; ///< on its way; -1: none
    bool m_active = false;
    bool m_exploring = false;
    bool m_blank = false;
    bool m_speakerShown = false;
    bool m_still = false; ///< nothing moves or fades
};

} // namespace palimpsest::app
