#include "models/new_project_model.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <limits>

#include "bridge/job_controller.h"
#include "bridge/paths.h"
#include "models/number_text.h"
#include "models/study_runner.h"
#include "project/project_file.h"

namespace palimpsest::app {

namespace {

constexpr std::size_t kPreviewRows = 8;
constexpr int kCheckDelayMs = 250; // between two letters of a typed path

std::uint32_t limitOf(int value)
{
    return value <= 0 ? std::numeric_limits<std::uint32_t>::max() : static_cast<std::uint32_t>(value);
}

/// Inverse of limitOf.
int countOf(std::uint32_t limit)
{
    constexpr auto kMost = static_cast<std::uint32_t>(std::numeric_limits<int>::max());
    return limit > kMost ? 0 : static_cast<int>(limit);
}

QString quoted(const QString& text)
{
    return QStringLiteral("“%1”").arg(text);
}

/// Why the project cannot be written to `path`; empty when it can.
QString projectProblem(const QString& path)
{
    const QFileInfo file(path);
    if (file.isDir())
        return NewProjectModel::tr("%1 is a folder; give the project a file name.").arg(quoted(path));
    const QFileInfo folder(file.absolutePath());
    if (!folder.isDir())
        return NewProjectModel::tr("There is no folder %1; choose another place for the project.")
            .arg(quoted(folder.filePath()));
    if (!folder.isWritable())
        return NewProjectModel::tr("The folder %1 is read-only; choose another place for the project.")
            .arg(quoted(folder.filePath()));
    return {};
}

} // namespace

/// What a check found.
struct NewProjectModel::Checked {
    pipeline::StudyEstimate estimate;
    bool projectExists = false;
};

NewProjectModel::NewProjectModel(JobController& jobs, StudyRunner& runner, QObject* parent)
    : QObject(parent)
    , m_jobs(jobs)
    , m_runner(runner)
    , m_preview(new PreviewTableModel(this))
    , m_base(new ModelChoice(jobs, this))
    , m_fineTuned(new ModelChoice(jobs, this))
{
    for (const ModelChoice* model : {m_base, m_fineTuned})
        connect(model, &ModelChoice::foundChanged, this, &NewProjectModel::scheduleCheck);
    m_checkTimer.setSingleShot(true);
    m_checkTimer.setInterval(kCheckDelayMs);
    connect(&m_checkTimer, &QTimer::timeout, this, &NewProjectModel::check);
    m_problem = missing();
}

template <typename T>
void NewProjectModel::change(T& member, const T& value)
{
    if (member == value)
        return;
    member = value;
    Q_EMIT formChanged();
    scheduleCheck();
}

void NewProjectModel::takeCheckpoint(const QString& folder)
{
    (m_base->text().isEmpty() ? m_base : m_fineTuned)->setText(folder);
}

void NewProjectModel::setCorpusPath(const QString& path)
{
    const QString local = toLocalFile(path);
    if (local == m_corpusPath)
        return;
    m_textColumn.clear();
    m_labelColumn.clear();
    m_pairColumn.clear();
    change(m_corpusPath, local);
    suggestProjectPath();
    readPreview();
}

void NewProjectModel::setProjectPath(const QString& path)
{
    QString local = toLocalFile(path);
    if (!local.isEmpty() && QFileInfo(local).suffix().isEmpty() && !QFileInfo(local).isDir())
        local += QStringLiteral(".palimpsest");
    m_projectChosen = !local.isEmpty();
    change(m_projectPath, local);
}

void NewProjectModel::setTextColumn(const QString& column)
{
    change(m_textColumn, column);
}

void NewProjectModel::setLabelColumn(const QString& column)
{
    change(m_labelColumn, column);
}

void NewProjectModel::setPairColumn(const QString& column)
{
    change(m_pairColumn, column);
}

void NewProjectModel::setLayers(const QString& layers)
{
    change(m_layers, layers.simplified());
}

void NewProjectModel::setPooling(int pooling)
{
    change(m_pooling, std::clamp(pooling, 0, 2));
}

void NewProjectModel::setDevice(const QString& device)
{
    change(m_device, device.trimmed());
}

void NewProjectModel::setMaxWords(int words)
{
    change(m_maxWords, std::max(1, words));
}

void NewProjectModel::setMinFrequency(int frequency)
{
    change(m_minFrequency, std::max(0, frequency));
}

void NewProjectModel::setMaxFrequency(int frequency)
{
    change(m_maxFrequency, std::max(0, frequency));
}

void NewProjectModel::setMaxOccurrences(int occurrences)
{
    change(m_maxOccurrences, std::max(0, occurrences));
}

void NewProjectModel::setK(int k)
{
    change(m_k, std::max(2, k));
}

void NewProjectModel::setTheta(double theta)
{
    change(m_theta, std::clamp(theta, 0.05, 1.0));
}

void NewProjectModel::setStudy(const pipeline::Study& study)
{
    m_base->setText(toText(study.base));
    m_fineTuned->setText(toText(study.fineTuned));
    setCorpusPath(toText(study.corpus));
    setTextColumn(QString::fromStdString(study.reading.textColumn));
    setLabelColumn(QString::fromStdString(study.reading.labelColumn));
    setPairColumn(QString::fromStdString(study.reading.pairColumn));
    setMaxWords(countOf(study.reading.maxWords));
    setMinFrequency(countOf(study.frequency.minFrequency));
    setMaxFrequency(countOf(study.frequency.maxFrequency));
    setMaxOccurrences(countOf(study.frequency.maxOccurrences));
    setLayers(QString::fromStdString(pipeline::formatLayers(study.layers)));
    setPooling(static_cast<int>(study.pooling));
    setK(countOf(study.k));
    setTheta(study.theta);
    setDevice(QString::fromStdString(study.device));
}

QStringList NewProjectModel::textColumns() const
{
    return m_preview->isTable() ? m_preview->columns() : QStringList();
}

QStringList NewProjectModel::labelColumns() const
{
    return m_preview->isTable() ? QStringList{QString()} + m_preview->columns() : QStringList();
}

QString NewProjectModel::estimate() const
{
    if (!m_estimate)
        return {};
    const pipeline::StudyEstimate& numbers = *m_estimate;
    return tr("%1 sentences, %2 word occurrences, %3 layers of width %4\n"
              "About %5, %6 of memory, %7 on disk")
        .arg(countText(numbers.sentences), countText(numbers.occurrences), countText(numbers.layers.size()),
            countText(numbers.hiddenSize), durationText(numbers.seconds), bytesText(numbers.memoryBytes),
            bytesText(numbers.cacheBytes));
}

void NewProjectModel::run()
{
    if (!isReady() || m_runner.isRunning())
        return;
    const auto chosen = study();
    if (!chosen)
        return;
    m_runner.run(chosen.value(), m_projectPath);
    Q_EMIT started();
}

void NewProjectModel::readPreview()
{
    m_jobs.cancel(m_previewJob);
    m_previewJob = 0;
    m_preview->clear();
    m_corpusProblem.clear();
    Q_EMIT previewChanged();
    if (m_corpusPath.isEmpty())
        return;
    auto work = [path = m_corpusPath](
                    const base::JobContext&) { return corpus::previewCorpus(toPath(path), kPreviewRows); };
    auto done = [this, path = m_corpusPath](base::Result<corpus::Preview> preview) {
        if (path != m_corpusPath)
            return;
        m_previewJob = 0;
        if (preview)
            adoptPreview(std::move(preview).value());
        else if (preview.error().code != base::ErrorCode::Cancelled)
            m_corpusProblem = QString::fromStdString(preview.error().message);
        Q_EMIT previewChanged();
    };
    m_previewJob = m_jobs.start<corpus::Preview>(
        {{}, jobs::Weight::Light, false}, this, std::move(work), std::move(done));
}

void NewProjectModel::adoptPreview(corpus::Preview preview)
{
    const QString text = QString::fromStdString(preview.suggestedTextColumn);
    const QString label = QString::fromStdString(preview.suggestedLabelColumn);
    m_preview->setPreview(std::move(preview));
    const QStringList columns = m_preview->columns();
    if (!columns.contains(m_textColumn))
        change(m_textColumn, text);
    if (m_labelColumn.isEmpty() || !columns.contains(m_labelColumn))
        change(m_labelColumn, label);
    if (!columns.contains(m_pairColumn))
        change(m_pairColumn, QString());
}

void NewProjectModel::suggestProjectPath()
{
    if (m_projectChosen || m_corpusPath.isEmpty())
        return;
    QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    if (!QFileInfo(folder).isDir())
        folder = QDir::homePath();
    const QString name = QFileInfo(m_corpusPath).completeBaseName();
    change(m_projectPath, QStringLiteral("%1/%2.palimpsest").arg(folder, name));
}

void NewProjectModel::scheduleCheck()
{
    ++m_generation;
    m_jobs.cancel(m_checkJob);
    m_checkJob = 0;
    m_estimate.reset();
    m_notice.clear();
    m_problem = missing();
    if (m_problem.isEmpty())
        m_checkTimer.start();
    else
        m_checkTimer.stop();
    Q_EMIT checkChanged();
}

void NewProjectModel::check()
{
    const auto chosen = study();
    if (!chosen) {
        m_problem = QString::fromStdString(chosen.error().message);
        Q_EMIT checkChanged();
        return;
    }
    auto work = [chosen = chosen.value(), project = m_projectPath](
                    const base::JobContext& ctx) -> base::Result<Checked> {
        Checked found;
        if (const QString problem = projectProblem(project); !problem.isEmpty())
            return base::Error{base::ErrorCode::InvalidArgument, problem.toStdString()};
        found.projectExists = QFileInfo::exists(project);
        if (found.projectExists)
            PALIMPSEST_CHECK(
                project::ProjectFile::open(toPath(project), project::ProjectFile::Mode::ReadOnly));
        PALIMPSEST_TRY(estimate, pipeline::estimateStudy(chosen, ctx));
        found.estimate = estimate;
        return found;
    };
    auto done = [this, generation = m_generation](base::Result<Checked> found) {
        if (generation != m_generation)
            return;
        m_checkJob = 0;
        if (found) {
            m_estimate = found.value().estimate;
            if (found.value().projectExists)
                m_notice
                    = tr("The project file is there already: what these choices leave unchanged is kept, "
                         "the rest is computed anew.");
        } else {
            m_problem = QString::fromStdString(found.error().message);
        }
        Q_EMIT checkChanged();
    };
    m_checkJob
        = m_jobs.start<Checked>({{}, jobs::Weight::Light, false}, this, std::move(work), std::move(done));
    Q_EMIT checkChanged();
}

QString NewProjectModel::missing() const
{
    if (m_base->text().isEmpty())
        return tr("Choose the folder of the base model, or give its id at Hugging Face");
    if (m_fineTuned->text().isEmpty())
        return tr("Choose the folder of the fine-tuned model, or give its id at Hugging Face");
    for (const ModelChoice* model : {m_base, m_fineTuned}) {
        if (model->isDownloading())
            return tr("The check goes on when %1 has been downloaded").arg(model->text());
        if (model->isDownloadable())
            return tr("%1 is not on this machine; download it, or choose a folder").arg(model->text());
    }
    if (m_corpusPath.isEmpty())
        return tr("Choose the file with the sentences");
    if (!m_pairColumn.isEmpty() && (m_pairColumn == m_textColumn || m_pairColumn == m_labelColumn))
        return tr("The second text of a pair needs a column of its own");
    if (m_projectPath.isEmpty())
        return tr("Choose where the project is kept");
    return {};
}

base::Result<pipeline::Study> NewProjectModel::study() const
{
    pipeline::Study study;
    study.base = m_base->folder();
    study.fineTuned = m_fineTuned->folder();
    study.corpus = toPath(m_corpusPath);
    study.reading.textColumn = m_textColumn.toStdString();
    study.reading.labelColumn = m_labelColumn.toStdString();
    study.reading.pairColumn = m_pairColumn.toStdString();
    study.reading.maxWords = static_cast<std::uint32_t>(m_maxWords);
    study.frequency.minFrequency = static_cast<std::uint32_t>(m_minFrequency);
    study.frequency.maxFrequency = limitOf(m_maxFrequency);
    study.frequency.maxOccurrences = limitOf(m_maxOccurrences);
    if (!m_layers.isEmpty()) {
        PALIMPSEST_TRY(layers, pipeline::parseLayers(m_layers.toStdString()));
        study.layers = layers;
    }
    study.pooling = static_cast<activation::Pooling>(m_pooling);
    study.k = static_cast<std::uint32_t>(m_k);
    study.theta = m_theta;
    study.device = m_device.isEmpty() ? "auto" : m_device.toStdString();
    return study;
}

} // namespace palimpsest::app
