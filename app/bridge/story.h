#pragma once
// The story of the open project: saved places with texts, in order. Each edit can be taken back and is
// written behind the window. Thread: GUI; the file is read and written by light jobs.

#include <QAbstractListModel>
#include <QColor>
#include <QImage>
#include <QPointer>
#include <QUndoStack>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include <functional>
#include <map>
#include <memory>
#include <utility>

#include "bridge/navigator.h"
#include "bridge/outbox.h"
#include "bridge/study_session.h"
#include "project/slide.h"

namespace palimpsest::app {

class JobController;

/// One row a slide.
class Story : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(
        palimpsest::app::Navigator* navigator READ navigator WRITE setNavigator NOTIFY navigatorChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY currentChanged FINAL)
    Q_PROPERTY(bool loading READ isLoading NOTIFY loadingChanged FINAL)
    Q_PROPERTY(QString error READ error NOTIFY loadingChanged FINAL)
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged FINAL)
    Q_PROPERTY(bool masked READ isMasked NOTIFY currentSlideChanged FINAL)
    Q_PROPERTY(QString title READ currentTitle NOTIFY currentSlideChanged FINAL)
    Q_PROPERTY(QString caption READ currentCaption NOTIFY currentSlideChanged FINAL)
    Q_PROPERTY(QString notes READ currentNotes NOTIFY currentSlideChanged FINAL)

public:
    enum Role {
        TitleRole = Qt::UserRole + 1, ///< as it was typed
        CaptionRole,
        NotesRole,
        ShownTitleRole, ///< as it may be shown (WordMask)
        ShownCaptionRole,
        ShownNotesRole,
        PlaceTextRole, ///< "Map · layer 4 · K = 600 · θ = 0.90"
        PictureRole, ///< URL; empty: none that may be shown
        IconRole, ///< URL of the view's icon
        OutdatedRole, ///< the layer was computed anew since: its selected concept is not the same
    };
    Q_ENUM(Role)

    /// Edits become steps of `history`, which must outlive this.
    Story(StudySession& session, JobController& jobs, QUndoStack& history, QObject* parent = nullptr);
    /// Writes what is still to be written.
    ~Story() override;

    Navigator* navigator() const { return m_navigator; }
    void setNavigator(Navigator* navigator);
    const project::Slides& slides() const { return m_slides; }
    int count() const { return static_cast<int>(m_slides.size()); }
    int current() const { return m_current; } ///< the row that is edited or presented; -1: none
    void setCurrent(int row); ///< clamped to the rows
    bool isLoading() const { return m_loadJob != 0; }
    QString error() const { return m_error; } ///< why the story could not be read; empty: it could
    QString notice() const { return m_notice; } ///< what was pinned last, or written; empty: nothing to say
    Q_INVOKABLE void say(const QString& notice);
    bool isMasked() const; ///< offensive words are: texts are not as they were typed
    // Of the current slide, as they may be shown.
    QString currentTitle() const { return shownTexts(m_current, &project::Slide::title); }
    QString currentCaption() const { return shownTexts(m_current, &project::Slide::caption); }
    QString currentNotes() const { return shownTexts(m_current, &project::Slide::notes); }

    /// A slide of the present place after the current one. `picture` is a QImage of the view, or invalid;
    /// what is transparent in it becomes `background`. Returns its row; -1: the present view cannot be a
    /// slide, or nothing is open.
    Q_INVOKABLE int pin(const QVariant& picture, const QColor& background = {});
    /// Puts the present place in the slide.
    Q_INVOKABLE void retake(int row, const QVariant& picture, const QColor& background = {});
    Q_INVOKABLE void setTitle(int row, const QString& title);
    Q_INVOKABLE void setCaption(int row, const QString& caption);
    Q_INVOKABLE void setNotes(int row, const QString& notes);
    Q_INVOKABLE void remove(int row);
    /// The slide at `from` comes to stand at `to`.
    Q_INVOKABLE void move(int from, int to);
    /// Makes the slide the current one and goes to its place; figures move there within `glideMs`.
    Q_INVOKABLE void go(int row, int glideMs = 0);
    /// Whether the present view can be pinned: a project is open and it is not the story itself.
    Q_INVOKABLE bool canPin() const;

    bool isSaved() const; ///< nothing is waiting to be written

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void navigatorChanged();
    void countChanged();
    void currentChanged();
    void currentSlideChanged(); ///< another one, or its texts
    void loadingChanged();
    void noticeChanged();
    void saved();

private:
    struct Loaded;
    class Step;
    using Edit = std::function<void(project::Slide&)>;

    void openProject();
    void adopt(Loaded loaded);
    void editSlide(int row, const QString& text, const Edit& change);
    void push(const QString& text, project::Slides after, int current);
    void apply(const project::Slides& slides, int current);
    void change(const project::Slides& slides, int current); ///< apply and write
    void save();
    bool has(int row) const { return row >= 0 && row < count(); }
    bool isOutdated(const project::SlidePlace& place) const;
    QString shownTexts(int row, std::string project::Slide::*text) const;
    project::SlidePlace herePlace() const;
    void maskChanged();

    StudySession& m_session;
    JobController& m_jobs;
    QUndoStack& m_history;
    QPointer<Navigator> m_navigator;
    project::Slides m_slides;
    std::map<std::pair<project::Side, int>, base::Fingerprint> m_trees; ///< of the open project
    std::shared_ptr<Outbox<project::Slides>> m_outbox; ///< of whole stories, of which the last is written
    QString m_error;
    QString m_notice;
    int m_current = -1;
    int m_loadJob = 0;
    int m_saveJob = 0;
    std::uint64_t m_project = 0; ///< counts projects, so that late answers are dropped
};

/// "Map": as the rail names the view; its id where there is none.
[[nodiscard]] QString slideViewTitle(const std::string& id);
/// "Map · layer 4 · K = 600 · θ = 0.90 · base concept 17".
[[nodiscard]] QString placeText(const project::SlidePlace& place);

} // namespace palimpsest::app
