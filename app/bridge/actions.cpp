#include "bridge/actions.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QDir>
#include <QUrl>

#include <algorithm>
#include <array>

#include "bridge/paths.h"
#include "models/view_list_model.h"

namespace palimpsest::app {

namespace {

QStringList keys(std::initializer_list<const char*> portable)
{
    QStringList list;
    for (const char* key : portable)
        list.append(QString::fromLatin1(key));
    return list;
}

QString idOf(const char* id)
{
    return QString::fromLatin1(id);
}

} // namespace

Actions::Actions(QObject* parent)
    : QObject(parent)
{
    build();
}

QString Actions::groupTitle(Group group)
{
    switch (group) {
    case Group::File:
        return tr("Project");
    case Group::Edit:
        return tr("Concepts");
    case Group::Story:
        return tr("Story");
    case Group::Go:
        return tr("Go");
    case Group::View:
        return tr("View");
    case Group::Help:
        break;
    }
    return tr("Help");
}

void Actions::build()
{
    addFileActions();
    addEditActions();
    addStoryActions();
    addGoActions();
    addViewActions();
    addMaskActions();
    add({idOf("help"), tr("Words and keys"), Group::Help, keys({"F1"}), true,
        [this] { Q_EMIT helpRequested(); }, {}});
}

void Actions::addFileActions()
{
    const auto open = [this] { return isOpen(); };
    add({idOf("project.new"), tr("New project…"), Group::File, keys({"Ctrl+N"}), true,
        [this] { Q_EMIT newProjectRequested(); }, {}});
    add({idOf("project.open"), tr("Open project…"), Group::File, keys({"Ctrl+O"}), true,
        [this] { Q_EMIT openProjectRequested(); }, {}});
    add({idOf("project.close"), tr("Close project"), Group::File, keys({"Ctrl+W"}), true,
        [this] { m_session->closeProject(); }, open});
    add({idOf("labels.add"), tr("Add labels…"), Group::File, keys({"Ctrl+L"}), true,
        [this] { Q_EMIT addLabelsRequested(); }, open});
    add({idOf("files.import"), tr("Import files of other programs…"), Group::File, keys({"Ctrl+I"}), true,
        [this] { Q_EMIT filesImportRequested(); }, {}});
    add({idOf("figure.export"), tr("Export figure…"), Group::File, keys({"Ctrl+E"}), true,
        [this] { Q_EMIT figureExportRequested(); }, open});
    add({idOf("figure.print"), tr("Print figure…"), Group::File, keys({"Ctrl+P"}), true,
        [this] { Q_EMIT figurePrintRequested(); }, open});
    add({idOf("files.export"), tr("Export for other programs…"), Group::File, keys({"Ctrl+Shift+E"}), true,
        [this] { Q_EMIT filesExportRequested(); }, open});
    add({idOf("annotations.import"), tr("Import annotations…"), Group::File, {}, true,
        [this] { Q_EMIT importRequested(); }, open});
    add({idOf("annotations.export"), tr("Export annotations…"), Group::File, {}, true,
        [this] { Q_EMIT exportRequested(); }, open});
    add({idOf("quit"), tr("Quit"), Group::File, keys({"Ctrl+Q"}), true, [this] { Q_EMIT quitRequested(); },
        {}});
}

void Actions::addEditActions()
{
    const auto chosen = [this] { return isOpen() && m_selection && m_selection->conceptId() >= 0; };
    const auto open = [this] { return isOpen(); };
    add({idOf("edit.undo"), tr("Undo"), Group::Edit, keys({"Ctrl+Z"}), true,
        [this] { m_annotations->undo(); }, [this] { return m_annotations && m_annotations->canUndo(); }});
    add({idOf("edit.redo"), tr("Redo"), Group::Edit, keys({"Ctrl+Shift+Z", "Ctrl+Y"}), true,
        [this] { m_annotations->redo(); }, [this] { return m_annotations && m_annotations->canRedo(); }});
    add({idOf("concept.rename"), tr("Name the concept"), Group::Edit, keys({"F2"}), true,
        [this] { Q_EMIT renameRequested(); }, chosen});
    for (int rating = 0; rating <= project::kBestRating; ++rating) {
        add({idOf("concept.rate.%1").arg(rating),
            rating == 0 ? tr("Remove the rating") : tr("Rate the concept %1 of 5").arg(rating), Group::Edit,
            {QStringLiteral("Alt+%1").arg(rating)}, true,
            [this, rating] { m_annotations->rate(m_selection->side(), m_selection->conceptId(), rating); },
            [this, chosen] { return chosen() && m_annotations; }, true});
    }
    add({idOf("concept.next-unnamed"), tr("Next concept without a name"), Group::Edit, keys({"Ctrl+U"}), true,
        [this] { Q_EMIT nextUnnamedRequested(); }, open});
    add({idOf("annotations"), tr("Annotators and agreement…"), Group::Edit, keys({"Ctrl+Shift+A"}), true,
        [this] { Q_EMIT annotationsRequested(); }, open});
}

void Actions::addStoryActions()
{
    const auto slides = [this] { return isOpen() && m_story && m_story->count() > 0; };
    add({idOf("story.pin"), tr("Pin this view to the story"), Group::Story, keys({"Ctrl+D"}), true,
        [this] { Q_EMIT pinRequested(false); }, [this] { return m_story && m_story->canPin(); }});
    add({idOf("story.retake"), tr("Put this view in the current slide"), Group::Story, keys({"Ctrl+Shift+D"}),
        true, [this] { Q_EMIT pinRequested(true); },
        [this, slides] { return slides() && m_story->canPin(); }});
    add({idOf("story.present"), tr("Present the story"), Group::Story, keys({"F5"}), true,
        [this] { Q_EMIT presentRequested(0); }, slides});
    add({idOf("story.present-here"), tr("Present from the current slide"), Group::Story, keys({"Shift+F5"}),
        true, [this] { Q_EMIT presentRequested(m_story->current()); }, slides});
    add({idOf("story.page"), tr("Export the story as a web page…"), Group::Story, {}, true,
        [this] { Q_EMIT storyPageRequested(); }, slides});
    add({idOf("story.pdf"), tr("Export the story as PDF slides…"), Group::Story, {}, true,
        [this] { Q_EMIT storyPdfRequested(); }, slides});
    add({idOf("report"), tr("Write a report of the study…"), Group::Story, {}, true,
        [this] { Q_EMIT reportRequested(); }, [this] { return isOpen(); }});
}

void Actions::addGoActions()
{
    const auto open = [this] { return isOpen(); };
    add({idOf("search"), tr("Search for a word…"), Group::Go, keys({"Ctrl+F"}), true,
        [this] { Q_EMIT searchRequested(); }, open});
    add({idOf("palette"), tr("All commands…"), Group::Go, keys({"Ctrl+K", "Ctrl+Shift+P"}), true,
        [this] { Q_EMIT paletteRequested(); }, {}});
    add({idOf("go.back"), tr("Back"), Group::Go, keys({"Alt+Left", "Back"}), true,
        [this] { m_navigator->back(); }, [this] { return m_navigator && m_navigator->canGoBack(); }});
    add({idOf("go.forward"), tr("Forward"), Group::Go, keys({"Alt+Right", "Forward"}), true,
        [this] { m_navigator->forward(); }, [this] { return m_navigator && m_navigator->canGoForward(); }});
    add({idOf("layer.previous"), tr("Lower layer"), Group::Go, keys({"Left"}), false,
        [this] { m_session->stepLayer(-1); }, open});
    add({idOf("layer.next"), tr("Higher layer"), Group::Go, keys({"Right"}), false,
        [this] { m_session->stepLayer(1); }, open});
}

void Actions::addViewActions()
{
    const auto open = [this] { return isOpen(); };
    int number = 0;
    for (const ViewDescriptor& view : viewRegistry()) {
        const int at = number++;
        QStringList shortcut;
        if (at < kViewsWithKeys)
            shortcut.append(QStringLiteral("Ctrl+%1").arg(at + 1));
        add({QStringLiteral("view.") + QString::fromLatin1(view.id),
            QCoreApplication::translate("Views", view.title), Group::View, shortcut, true,
            [this, at] { m_navigator->setView(at); }, open});
    }
    const std::array shown{std::pair(Selection::ShowBase, tr("Show concepts of the base model")),
        std::pair(Selection::ShowFineTuned, tr("Show concepts of the fine-tuned model")),
        std::pair(Selection::ShowBoth, tr("Show concepts of both models"))};
    for (const auto& [value, title] : shown)
        add({QStringLiteral("show.%1").arg(value), title, Group::View, {}, true,
            [this, value = value] { m_selection->setShown(value); }, open});
    add({idOf("theme"), tr("Light or dark theme"), Group::View, keys({"Ctrl+T"}), true,
        [this] { m_settings->setDark(!m_settings->isDark()); }, {}});
    add({idOf("scale.larger"), tr("Larger text"), Group::View, keys({"Ctrl++", "Ctrl+="}), true,
        [this] { m_settings->stepScale(1); }, {}});
    add({idOf("scale.smaller"), tr("Smaller text"), Group::View, keys({"Ctrl+-"}), true,
        [this] { m_settings->stepScale(-1); }, {}});
    add({idOf("scale.normal"), tr("Normal text"), Group::View, keys({"Ctrl+0"}), true,
        [this] { m_settings->resetScale(); }, {}});
}

void Actions::addMaskActions()
{
    const auto open = [this] { return isOpen() && m_mask; };
    const auto keep = [this](const char* value) {
        m_session->keepParameter(idOf("mask_words"), QString::fromLatin1(value));
        m_mask->setOn(QLatin1String(value) == QLatin1String("yes"));
    };
    add({idOf("mask"), tr("Mask offensive words, or show them"), Group::View, keys({"Ctrl+Shift+M"}), true,
        [this] { m_mask->setOn(!m_mask->isOn()); }, open});
    add({idOf("mask.project"), tr("Always open this project with masked words"), Group::View, {}, true,
        [keep] { keep("yes"); }, open});
    add({idOf("mask.never"), tr("Always open this project without masked words"), Group::View, {}, true,
        [keep] { keep("no"); }, open});
    add({idOf("mask.edit"), tr("Edit the list of masked words…"), Group::View, {}, true,
        [] { QDesktopServices::openUrl(QUrl::fromLocalFile(WordMask::userFile())); }, {}});
    add({idOf("mask.reload"), tr("Read the list of masked words again"), Group::View, {}, true,
        [this] { m_mask->reload(); }, [this] { return m_mask != nullptr; }});
}

void Actions::openDropped(const QString& pathOrUrl)
{
    const QString path = toLocalFile(pathOrUrl);
    const QDir folder(path);
    if (!QFileInfo(path).isDir()) {
        if (m_session)
            m_session->openProject(path);
        return;
    }
    const QStringList projects = folder.entryList({QStringLiteral("*.palimpsest")}, QDir::Files);
    if (projects.size() == 1 && !folder.exists(QStringLiteral("config.json")))
        m_session->openProject(folder.filePath(projects.front()));
    else
        Q_EMIT checkpointDropped(path); // the form says what is wrong with a folder that is none
}

const Actions::Action* Actions::find(const QString& id) const
{
    const auto found = std::ranges::find(m_all, id, &Action::id);
    return found == m_all.end() ? nullptr : &*found;
}

void Actions::trigger(const QString& id)
{
    const Action* action = find(id);
    if (!action || !isEnabled(*action))
        return;
    action->run();
    Q_EMIT triggered(id);
}

void Actions::setSession(StudySession* session)
{
    m_session = session;
    if (session)
        connect(session, &StudySession::resultsChanged, this, &Actions::stateChanged);
    Q_EMIT servicesChanged();
}

void Actions::setSelection(Selection* selection)
{
    m_selection = selection;
    if (selection)
        connect(selection, &Selection::conceptChanged, this, &Actions::stateChanged);
    Q_EMIT servicesChanged();
}

void Actions::setAnnotations(Annotations* annotations)
{
    m_annotations = annotations;
    const auto rename = [this] {
        for (Action& action : m_all) {
            if (action.id == QStringLiteral("edit.undo"))
                action.title
                    = m_annotations->canUndo() ? tr("Undo %1").arg(m_annotations->undoText()) : tr("Undo");
            if (action.id == QStringLiteral("edit.redo"))
                action.title
                    = m_annotations->canRedo() ? tr("Redo %1").arg(m_annotations->redoText()) : tr("Redo");
        }
        Q_EMIT stateChanged();
    };
    if (annotations)
        connect(annotations, &Annotations::historyChanged, this, rename);
    Q_EMIT servicesChanged();
}

void Actions::setNavigator(Navigator* navigator)
{
    m_navigator = navigator;
    if (navigator)
        connect(navigator, &Navigator::historyChanged, this, &Actions::stateChanged);
    connect(navigator, &Navigator::viewChanged, this, &Actions::stateChanged);
    Q_EMIT servicesChanged();
}

void Actions::setStory(palimpsest::app::Story* story)
{
    m_story = story;
    if (story) {
        connect(story, &palimpsest::app::Story::countChanged, this, &Actions::stateChanged);
        connect(story, &palimpsest::app::Story::loadingChanged, this, &Actions::stateChanged);
    }
    Q_EMIT servicesChanged();
}

void Actions::setMask(WordMask* mask)
{
    m_mask = mask;
    Q_EMIT servicesChanged();
}

void Actions::setSettings(AppSettings* settings)
{
    m_settings = settings;
    Q_EMIT servicesChanged();
}

} // namespace palimpsest::app
