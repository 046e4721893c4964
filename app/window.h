#pragma once
// The window: its services, the engine that shows them, and the program around both.
// Thread: GUI.

#include <QQmlApplicationEngine>

#include <filesystem>
#include <optional>

#include "bridge/annotations.h"
#include "bridge/job_controller.h"
#include "bridge/label_session.h"
#include "bridge/selection.h"
#include "bridge/story.h"
#include "bridge/study_session.h"
#include "models/app_settings.h"
#include "models/exchange_form.h"
#include "models/figure_export.h"
#include "models/label_form.h"
#include "models/new_project_model.h"
#include "models/publisher.h"
#include "models/recent_projects_model.h"
#include "models/study_runner.h"
#include "models/word_mask.h"

class QQuickWindow;

namespace palimpsest::app {

/// One window with all that stands behind it. Needs an application object.
class Window {
public:
    Window();

    /// Shows the window; false when its QML cannot be loaded (the engine has said why).
    [[nodiscard]] bool show();
    [[nodiscard]] QQuickWindow* quickWindow() const; ///< null before show()

    [[nodiscard]] JobController& jobs() { return m_jobs; }
    [[nodiscard]] StudySession& session() { return m_session; }
    [[nodiscard]] Selection& selection() { return m_selection; }
    [[nodiscard]] Annotations& annotations() { return m_annotations; }
    [[nodiscard]] Story& story() { return m_story; }
    [[nodiscard]] WordMask& mask() { return m_mask; }
    [[nodiscard]] StudyRunner& runner() { return m_runner; }
    [[nodiscard]] AppSettings& settings() { return m_settings; }
    [[nodiscard]] NewProjectModel& newProject() { return m_newProject; }
    [[nodiscard]] LabelSession& labels() { return m_labels; }
    [[nodiscard]] LabelForm& labelForm() { return m_labelForm; }
    [[nodiscard]] ExchangeForm& exchange() { return m_exchange; }
    [[nodiscard]] FigureExport& figures() { return m_figures; }
    [[nodiscard]] Publisher& publisher() { return m_publisher; }
    [[nodiscard]] QQmlApplicationEngine& engine() { return m_engine; }

private:
    void connectServices();

    // Destroyed from below: the views first, the workers last.
    JobController m_jobs;
    AppSettings m_settings;
    RecentProjectsModel m_recent;
    WordMask m_mask;
    Selection m_selection;
    StudySession m_session;
    Annotations m_annotations;
    Story m_story;
    StudyRunner m_runner;
    NewProjectModel m_newProject;
    LabelSession m_labels;
    LabelForm m_labelForm;
    ExchangeForm m_exchange;
    FigureExport m_figures;
    Publisher m_publisher;
    QQmlApplicationEngine m_engine;
};

/// Runs the program with a window until it is closed; returns its exit code. `project` is opened at once;
/// else a project file among the arguments. `--screenshot DIR` saves pictures of all views and quits.
int runWindow(int argc, char** argv, const std::optional<std::filesystem::path>& project);

} // namespace palimpsest::app
