#pragma once
// Everything a person can do from anywhere: one list for shortcuts, menu, command palette and help.
// Thread: GUI.

#include <QObject>
#include <QPointer>
#include <QString>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include <functional>
#include <vector>

#include "bridge/annotations.h"
#include "bridge/navigator.h"
#include "bridge/selection.h"
#include "bridge/story.h"
#include "bridge/study_session.h"
#include "models/app_settings.h"
#include "models/word_mask.h"

namespace palimpsest::app {

class Actions : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        palimpsest::app::StudySession* session READ session WRITE setSession NOTIFY servicesChanged FINAL)
    Q_PROPERTY(
        palimpsest::app::Selection* selection READ selection WRITE setSelection NOTIFY servicesChanged FINAL)
    Q_PROPERTY(palimpsest::app::Annotations* annotations READ annotations WRITE setAnnotations NOTIFY
            servicesChanged FINAL)
    Q_PROPERTY(
        palimpsest::app::Navigator* navigator READ navigator WRITE setNavigator NOTIFY servicesChanged FINAL)
    Q_PROPERTY(
        palimpsest::app::AppSettings* settings READ settings WRITE setSettings NOTIFY servicesChanged FINAL)
    Q_PROPERTY(palimpsest::app::Story* story READ story WRITE setStory NOTIFY servicesChanged FINAL)
    Q_PROPERTY(palimpsest::app::WordMask* mask READ mask WRITE setMask NOTIFY servicesChanged FINAL)

public:
    enum class Group { File, Edit, Story, Go, View, Help };

    /// One action. Texts are translated; `keys` in portable form, the first is the one that is shown.
    struct Action {
        QString id;
        QString title;
        Group group = Group::File;
        QStringList keys;
        bool ownKeys = true; ///< false: the keys are handled where the focus is; they are only shown
        std::function<void()> run;
        std::function<bool()> enabled; ///< empty: always
        bool rare = false; ///< left out of lists in which nothing was typed
    };

    explicit Actions(QObject* parent = nullptr);

    const std::vector<Action>& all() const { return m_all; } ///< in the order of menus
    const Action* find(const QString& id) const; ///< null: there is none
    bool isEnabled(const Action& action) const { return !action.enabled || action.enabled(); }
    /// Does it, unless it is unknown or not possible now.
    Q_INVOKABLE void trigger(const QString& id);
    static QString groupTitle(Group group);

    StudySession* session() const { return m_session; }
    void setSession(StudySession* session);
    Selection* selection() const { return m_selection; }
    void setSelection(Selection* selection);
    Annotations* annotations() const { return m_annotations; }
    void setAnnotations(Annotations* annotations);
    Navigator* navigator() const { return m_navigator; }
    void setNavigator(Navigator* navigator);
    AppSettings* settings() const { return m_settings; }
    void setSettings(AppSettings* settings);
    palimpsest::app::Story* story() const { return m_story; }
    void setStory(palimpsest::app::Story* story);
    WordMask* mask() const { return m_mask; }
    void setMask(WordMask* mask);

    /// Opens what was dropped on the window: a project, a folder with one project in it, or a checkpoint's
    /// folder for a new project.
    Q_INVOKABLE void openDropped(const QString& pathOrUrl);

Q_SIGNALS:
    void servicesChanged();
    void stateChanged(); ///< what is possible, or how it is called
    void triggered(const QString& id);
    // What only the window can do.
    void newProjectRequested();
    void openProjectRequested();
    void annotationsRequested();
    void exportRequested();
    void importRequested();
    void addLabelsRequested();
    void filesImportRequested();
    void filesExportRequested();
    void figureExportRequested();
    void figurePrintRequested();
    void searchRequested();
    void paletteRequested();
    void renameRequested();
    void nextUnnamedRequested();
    void helpRequested();
    void quitRequested();
    void pinRequested(bool again); ///< again: into the current slide
    void presentRequested(int row);
    void storyPageRequested();
    void storyPdfRequested();
    void reportRequested();
    void checkpointDropped(const QString& folder);

private:
    void build();
    void addFileActions();
    void addEditActions();
    void addStoryActions();
    void addGoActions();
    void addViewActions();
    void addMaskActions();
    void add(Action action) { m_all.push_back(std::move(action)); }
    bool isOpen() const { return m_session && m_session->isOpen(); }

    QPointer<StudySession> m_session;
    QPointer<Selection> m_selection;
    QPointer<Annotations> m_annotations;
    QPointer<Navigator> m_navigator;
    QPointer<AppSettings> m_settings;
    QPointer<palimpsest::app::Story> m_story;
    QPointer<WordMask> m_mask;
    std::vector<Action> m_all;
};

} // namespace palimpsest::app
