#include "models/exchange_form.h"

#include <QFileInfo>

#include <utility>

#include "bridge/job_controller.h"
#include "bridge/paths.h"
#include "bridge/study_session.h"
#include "exchange/lint.h"
#include "models/number_text.h"

namespace palimpsest::app {

namespace {

constexpr std::size_t kFindings = 20; ///< of each kind and file

QString exchangeText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

template <typename Kinds>
QStringList titlesOf(const Kinds& kinds)
{
    QStringList titles;
    for (const auto& kind : kinds)
        titles.append(exchangeText(kind.title));
    return titles;
}

QString lineOf(const exchange::Finding& finding)
{
    const QString place = finding.line > 0
        ? ExchangeForm::tr("%1, line %2")
              .arg(QString::fromStdString(finding.file), QString::number(finding.line))
        : QString::fromStdString(finding.file);
    const QString text = QString::fromStdString(finding.text);
    return finding.severity == exchange::Severity::Error ? ExchangeForm::tr("Error: %1, %2").arg(place, text)
                                                         : ExchangeForm::tr("Note: %1, %2").arg(place, text);
}

} // namespace

ExchangeForm::ExchangeForm(JobController& jobs, StudySession& session, QObject* parent)
    : QObject(parent)
    , m_jobs(jobs)
    , m_session(session)
{
    connect(&session, &StudySession::resultsChanged, this, [this] {
        m_importOutput = m_session.projectPath();
        Q_EMIT importChanged();
        Q_EMIT exportChanged();
    });
    for (const auto signal :
        {&StudySession::layerChanged, &StudySession::kChanged, &StudySession::thetaChanged})
        connect(&session, signal, this, &ExchangeForm::exportChanged);
    m_importOutput = session.projectPath();
}

const pipeline::ImportKind& ExchangeForm::chosenImport() const
{
    return pipeline::importKinds()[static_cast<std::size_t>(m_importKind)];
}

const pipeline::ExportKind& ExchangeForm::chosenExport() const
{
    return pipeline::exportKinds()[static_cast<std::size_t>(m_exportKind)];
}

QStringList ExchangeForm::importKinds() const
{
    return titlesOf(pipeline::importKinds());
}

QStringList ExchangeForm::exportKinds() const
{
    return titlesOf(pipeline::exportKinds());
}

void ExchangeForm::setImportKind(int kind)
{
    if (kind == m_importKind || kind < 0 || kind >= static_cast<int>(pipeline::importKinds().size()))
        return;
    m_importKind = kind;
    m_importSource.clear();
    m_importOutput = chosenImport().intoProject ? m_session.projectPath() : QString();
    dropFindings();
    Q_EMIT importChanged();
}

bool ExchangeForm::importsFolder() const
{
    return chosenImport().folder;
}

bool ExchangeForm::importNeedsLayer() const
{
    return chosenImport().needsLayer;
}

bool ExchangeForm::importNeedsSide() const
{
    return chosenImport().intoProject;
}

bool ExchangeForm::canLint() const
{
    return chosenImport().folder && !m_importSource.isEmpty() && m_lintJob == 0;
}

void ExchangeForm::setImportSource(const QString& path)
{
    m_importSource = toLocalFile(path);
    dropFindings();
    Q_EMIT importChanged();
}

void ExchangeForm::setImportOutput(const QString& path)
{
    const QString ending
        = chosenImport().intoProject ? QStringLiteral(".palimpsest") : QStringLiteral(".safetensors");
    m_importOutput = toLocalFile(path);
    if (!m_importOutput.isEmpty() && QFileInfo(m_importOutput).suffix().isEmpty())
        m_importOutput += ending;
    Q_EMIT importChanged();
}

void ExchangeForm::setImportSide(int side)
{
    m_importSide = side;
    Q_EMIT importChanged();
}

void ExchangeForm::setImportLayer(int layer)
{
    m_importLayer = layer;
    Q_EMIT importChanged();
}

bool ExchangeForm::canImport() const
{
    return !m_importSource.isEmpty() && !m_importOutput.isEmpty() && !isRunning();
}

void ExchangeForm::dropFindings()
{
    m_findings.clear();
    m_findingsText.clear();
    Q_EMIT findingsChanged();
}

void ExchangeForm::lint()
{
    if (!canLint())
        return;
    using Findings = std::vector<exchange::Finding>;
    auto work = [source = toPath(m_importSource)](
                    const base::JobContext& ctx) { return exchange::lintConceptX(source, kFindings, ctx); };
    auto done = [this, source = m_importSource](const base::Result<Findings>& findings) {
        m_lintJob = 0;
        Q_EMIT importChanged();
        if (source != m_importSource)
            return;
        m_findings.clear();
        if (!findings) {
            m_findingsText = QString::fromStdString(findings.error().message);
        } else {
            for (const exchange::Finding& finding : findings.value())
                m_findings.append(lineOf(finding));
            m_findingsText = m_findings.isEmpty() ? tr("Nothing is wrong with these files")
                                                  : tr("%1 findings").arg(m_findings.size());
        }
        Q_EMIT findingsChanged();
    };
    m_lintJob = m_jobs.start<Findings>(
        {.title = tr("Checking files"), .announceFailure = false}, this, std::move(work), std::move(done));
    Q_EMIT importChanged();
}

void ExchangeForm::runImport()
{
    if (!canImport())
        return;
    pipeline::ImportRequest request;
    request.source = toPath(m_importSource);
    request.what = std::string(chosenImport().id);
    request.output = toPath(m_importOutput);
    request.side = m_importSide == 0 ? project::Side::Base : project::Side::FineTuned;
    request.layer = m_importLayer;
    auto work = [request](const base::JobContext& ctx) { return pipeline::importFiles(request, ctx); };
    auto done = [this, output = m_importOutput, intoProject = chosenImport().intoProject](
                    const base::Result<pipeline::Imported>& imported) {
        m_job = 0;
        Q_EMIT runningChanged();
        Q_EMIT importChanged();
        if (!imported)
            return; // the banner says why
        sayImported(imported.value(), output);
        if (intoProject)
            m_session.openProject(output);
    };
    m_job = m_jobs.start<pipeline::Imported>(
        {.title = tr("Importing %1").arg(QFileInfo(m_importSource).fileName())}, this, std::move(work),
        std::move(done));
    Q_EMIT runningChanged();
    Q_EMIT importChanged();
    Q_EMIT started();
}

void ExchangeForm::sayImported(const pipeline::Imported& imported, const QString& output)
{
    const exchange::ImportReport& report = imported.report;
    QString text = tr("Imported into %1, %2 occurrences")
                       .arg(QFileInfo(output).fileName(), countText(report.occurrences));
    QStringList cuts;
    for (const std::size_t cut : report.cuts)
        cuts.append(countText(cut));
    if (!cuts.isEmpty())
        text += tr(", clusters at K = %1").arg(cuts.join(QStringLiteral(", ")));
    QStringList sets;
    for (const std::string& set : report.labelSets)
        sets.append(QString::fromStdString(set));
    if (!sets.isEmpty())
        text += tr(", labels %1").arg(sets.join(QStringLiteral(", ")));
    setNotice(text);
}

void ExchangeForm::setExportKind(int kind)
{
    if (kind == m_exportKind || kind < 0 || kind >= static_cast<int>(pipeline::exportKinds().size()))
        return;
    m_exportKind = kind;
    m_exportOutput.clear();
    Q_EMIT exportChanged();
}

bool ExchangeForm::exportsFolder() const
{
    return chosenExport().ending.empty();
}

QString ExchangeForm::exportEnding() const
{
    return exchangeText(chosenExport().ending);
}

bool ExchangeForm::exportNeedsLayer() const
{
    return chosenExport().needsLayer;
}

void ExchangeForm::setExportOutput(const QString& path)
{
    m_exportOutput = toLocalFile(path);
    if (!m_exportOutput.isEmpty() && !exportsFolder() && QFileInfo(m_exportOutput).suffix().isEmpty())
        m_exportOutput += exportEnding();
    Q_EMIT exportChanged();
}

void ExchangeForm::setExportSide(int side)
{
    m_exportSide = side;
    Q_EMIT exportChanged();
}

bool ExchangeForm::canExport() const
{
    return m_session.isOpen() && !m_exportOutput.isEmpty() && !isRunning();
}

QString ExchangeForm::exportText() const
{
    if (!m_session.isOpen())
        return tr("Open a project first");
    const QString model = m_exportSide == 0 ? tr("base model") : tr("fine-tuned model");
    const QString theta = QString::number(m_session.theta(), 'f', 2);
    const QString k = countText(static_cast<std::uint64_t>(m_session.k()));
    return exportNeedsLayer() ? tr("Layer %1 of the %2 at K = %3 and θ = %4, as the window shows")
                                    .arg(QString::number(m_session.layer()), model, k, theta)
                              : tr("All layers of the %1 at K = %2").arg(model, k);
}

void ExchangeForm::runExport()
{
    if (!canExport())
        return;
    pipeline::ExportRequest request;
    request.project = toPath(m_session.projectPath());
    request.what = std::string(chosenExport().id);
    request.output = toPath(m_exportOutput);
    request.side = m_exportSide == 0 ? project::Side::Base : project::Side::FineTuned;
    request.layer = m_session.layer();
    request.k = static_cast<std::uint32_t>(m_session.k());
    request.theta = m_session.theta();
    auto work = [request](const base::JobContext& ctx) -> base::Result<bool> {
        PALIMPSEST_CHECK(pipeline::exportFiles(request, ctx));
        return true;
    };
    auto done = [this, output = m_exportOutput](const base::Result<bool>& written) {
        m_job = 0;
        Q_EMIT runningChanged();
        Q_EMIT exportChanged();
        if (written)
            setNotice(tr("Written to %1").arg(output));
    };
    m_job = m_jobs.start<bool>({.title = tr("Exporting %1").arg(QFileInfo(m_exportOutput).fileName())}, this,
        std::move(work), std::move(done));
    Q_EMIT runningChanged();
    Q_EMIT exportChanged();
    Q_EMIT started();
}

void ExchangeForm::dismissNotice()
{
    setNotice({});
}

void ExchangeForm::setNotice(const QString& notice)
{
    if (m_notice == notice)
        return;
    m_notice = notice;
    Q_EMIT noticeChanged();
}

} // namespace palimpsest::app
