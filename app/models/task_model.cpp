#include "models/task_model.h"

#include <utility>

#include "bridge/job_controller.h"
#include "bridge/paths.h"

namespace palimpsest::app {

QString namedClassText(const std::string& name, const std::string& label)
{
    const QString text = QString::fromStdString(name);
    bool isNumber = false;
    text.toDouble(&isNumber);
    if (isNumber && !label.empty())
        return QString::fromStdString(label);
    return isNumber ? TaskModel::tr("class %1").arg(text) : text;
}

QString taskClassText(const pipeline::TaskStudy& study, std::size_t classIndex)
{
    if (classIndex >= study.classNames.size())
        return {};
    const int label = study.classifier.model ? study.labelOf(classIndex) : -1;
    return namedClassText(study.classNames[classIndex],
        label < 0 ? std::string() : study.classifier.model->config().labels[static_cast<std::size_t>(label)]);
}

TaskModel::TaskModel(QObject* parent)
    : QObject(parent)
{
    connect(&m_lab, &TriggerLabModel::resultChanged, this, [this] { m_sentence.setSearch(m_lab.search()); });
    connect(&m_sentence, &TaskSentenceModel::baseFolderProved, this, [this](const QString& folder) {
        if (m_session)
            m_session->keepParameter(QStringLiteral("base"), folder);
    });
}

void TaskModel::setSession(StudySession* session)
{
    if (session == m_session)
        return;
    if (m_session)
        disconnect(m_session, nullptr, this, nullptr);
    m_session = session;
    m_polarity.setSession(session);
    m_lab.setSession(session);
    m_sentence.setSession(session);
    if (session) {
        connect(session, &StudySession::resultsChanged, this, &TaskModel::openProject);
        connect(&session->jobs(), &JobController::statusChanged, this, &TaskModel::progressChanged);
    }
    Q_EMIT servicesChanged();
    openProject();
}

void TaskModel::setSelection(Selection* selection)
{
    m_selection = selection;
    m_lab.setSelection(selection);
    Q_EMIT servicesChanged();
}

void TaskModel::setAnnotations(Annotations* annotations)
{
    m_annotations = annotations;
    m_polarity.concepts()->setAnnotations(annotations);
    m_lab.setHistory(annotations ? &annotations->history() : nullptr);
    Q_EMIT servicesChanged();
}

void TaskModel::setActive(bool active)
{
    if (std::exchange(m_active, active) == active)
        return;
    m_polarity.setActive(active);
    m_sentence.setActive(active);
    Q_EMIT activeChanged();
    start();
}

TaskModel::State TaskModel::state() const
{
    if (!m_session || !m_session->isOpen())
        return NothingOpen;
    return m_asked && m_job == 0 ? Ready : Predicting;
}

QStringList TaskModel::classNames() const
{
    QStringList names;
    for (std::size_t c = 0; m_study && c < m_study->classNames.size(); ++c)
        names.append(taskClassText(*m_study, c));
    return names;
}

double TaskModel::progress() const
{
    const auto* row = m_session && m_job != 0 ? m_session->jobs().list()->find(m_job) : nullptr;
    return row ? row->fraction : 0.0;
}

QString TaskModel::progressText() const
{
    const auto* row = m_session && m_job != 0 ? m_session->jobs().list()->find(m_job) : nullptr;
    return row ? row->message : QString();
}

void TaskModel::openProject()
{
    cancel();
    m_job = 0;
    m_asked = false;
    m_folder.clear();
    const auto results = m_session ? m_session->results() : nullptr;
    m_problem.clear();
    m_folderMissing = false;
    adopt(results ? pipeline::goldStudy(results) : nullptr);
    start();
}

void TaskModel::start()
{
    if (!m_active || m_asked || m_job != 0 || !m_session || !m_session->isOpen())
        return;
    const auto results = m_session->results();
    auto work = [results, folder = m_folder](const base::JobContext& ctx) {
        return pipeline::openTaskStudy(results, "auto", folder, ctx);
    };
    auto done = [this, results](base::Result<Study> study) {
        if (!m_session || m_session->results() != results)
            return; // of a project that is closed
        m_job = 0;
        m_asked = true;
        if (study)
            adopt(std::move(study).value());
        else
            fail(study.error());
    };
    m_job = m_session->jobs().start<Study>({tr("Predictions of all sentences"), jobs::Weight::Heavy, false},
        this, std::move(work), std::move(done));
    Q_EMIT stateChanged();
}

void TaskModel::adopt(Study study)
{
    m_study = std::move(study);
    m_hasClassifier = false;
    if (m_study && m_study->classifier.model) {
        const auto status = pipeline::checkClassifier(*m_study);
        m_hasClassifier = static_cast<bool>(status);
        m_problem = status ? QString() : QString::fromStdString(status.error().message);
        m_folderMissing = false;
        if (!m_folder.empty())
            m_session->keepParameter(QStringLiteral("finetuned"), toText(m_folder));
    }
    m_polarity.setStudy(m_study);
    m_sentence.setStudy(m_study);
    m_lab.setStudy(m_study);
    Q_EMIT stateChanged();
}

void TaskModel::fail(const base::Error& error)
{
    if (error.code == base::ErrorCode::Cancelled)
        m_problem = tr("The predictions were cancelled; what needs them is missing here");
    else
        m_problem = QString::fromStdString(error.message);
    m_folderMissing = error.code == base::ErrorCode::NotFound || error.code == base::ErrorCode::ShapeMismatch;
    m_folder.clear();
    Q_EMIT stateChanged();
}

void TaskModel::chooseFolder(const QString& pathOrUrl)
{
    m_folder = toPath(toLocalFile(pathOrUrl));
    retry();
}

void TaskModel::retry()
{
    if (m_job != 0)
        return;
    m_asked = false;
    start();
}

void TaskModel::cancel()
{
    if (m_session && m_job != 0)
        m_session->jobs().cancel(m_job);
}

} // namespace palimpsest::app
