#include "models/label_form.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

#include "bridge/job_controller.h"
#include "bridge/paths.h"
#include "bridge/study_session.h"
#include "label/label_source.h"
#include "models/number_text.h"

namespace palimpsest::app {

namespace {

constexpr int kCheckAfterMs = 250;
constexpr std::size_t kFrequent = 12;

const QString kFile = QStringLiteral("file");
const QString kName = QStringLiteral("name");

} // namespace

LabelForm::LabelForm(JobController& jobs, LabelSession& labels, QObject* parent)
    : QObject(parent)
    , m_jobs(jobs)
    , m_labels(labels)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kCheckAfterMs);
    connect(&m_timer, &QTimer::timeout, this, &LabelForm::check);
    connect(&labels.study(), &StudySession::resultsChanged, this, [this] { setUndo(nullptr); });
    connect(&labels, &LabelSession::setsChanged, this, [this] {
        if (sourceId() != "joint" || m_labels.isLoading())
            return;
        m_options.setSource(sourceId(), m_labels.names()); // the sets to choose from
        touch();
    });
    m_options.setSource(sourceId(), m_labels.names());
}

QStringList LabelForm::sources() const
{
    QStringList titles;
    for (const label::SourceDescriptor& source : label::sources())
        titles.append(QString::fromUtf8(source.title.data(), static_cast<qsizetype>(source.title.size())));
    titles.append(tr("Joint labels of two sets"));
    titles.append(tr("Tagger (a checkpoint for token classification)"));
    return titles;
}

std::string LabelForm::sourceId() const
{
    const auto all = label::sources();
    const auto at = static_cast<std::size_t>(m_source);
    if (at < all.size())
        return std::string(all[at].id);
    return at == all.size() ? "joint" : "tagger";
}

void LabelForm::setSource(int source)
{
    if (source == m_source || source < 0 || source > static_cast<int>(label::sources().size()) + 1)
        return;
    m_source = source;
    m_content.clear();
    m_contentName.clear();
    m_list.clear();
    m_asConceptX = false;
    m_options.setSource(sourceId(), m_labels.names());
    Q_EMIT sourceChanged();
    touch();
}

void LabelForm::setAsConceptX(bool asConceptX)
{
    if (asConceptX == m_asConceptX)
        return;
    m_asConceptX = asConceptX;
    touch();
}

bool LabelForm::hasConceptX() const
{
    const std::string id = sourceId();
    return id == "casing" || id == "prefixes" || id == "suffixes" || id == "ngrams" || id == "subwords"
        || id == "first-word" || id == "last-word";
}

bool LabelForm::hasList() const
{
    const std::string id = sourceId();
    return id == "words" || id == "patterns";
}

QString LabelForm::listHint() const
{
    const std::string id = sourceId();
    if (id == "words")
        return tr("One word or name a line; after a tab its label:\nNew York\tcity\nfilm\tcinema");
    return tr("One line a label, after a tab its regular expression:\nyear\t^(19|20)\\d\\d$\nhyphenated\t-");
}

void LabelForm::setList(const QString& list)
{
    if (list == m_list)
        return;
    m_list = list;
    touch();
}

void LabelForm::setOption(const QString& name, const QString& value)
{
    const QString given = name == kFile || name == QStringLiteral("folder") || name == QStringLiteral("list")
        ? toLocalFile(value)
        : value.trimmed();
    if (name == kFile && given != m_contentName) {
        m_content.clear();
        m_contentName.clear();
    }
    m_options.setValue(name, given);
    touch();
}

void LabelForm::startNew()
{
    m_content.clear();
    m_contentName.clear();
    m_list.clear();
    m_asConceptX = false;
    m_options.setSource(sourceId(), m_labels.names());
    touch();
}

void LabelForm::startFrom(int set)
{
    if (set < 0 || set >= m_labels.count())
        return;
    const QString name = m_labels.names()[set];
    auto work = [path = toPath(projectPath()), name = name.toStdString()](
                    const base::JobContext&) -> base::Result<project::LabelOrigin> {
        PALIMPSEST_TRY(file, project::ProjectFile::open(path, project::ProjectFile::Mode::ReadOnly));
        return project::LabelStore(file).origin(name);
    };
    auto done = [this, name](const base::Result<project::LabelOrigin>& origin) {
        if (origin)
            adoptOrigin(origin.value(), name);
    };
    m_jobs.start<project::LabelOrigin>({}, this, std::move(work), std::move(done));
}

void LabelForm::adoptOrigin(const project::LabelOrigin& origin, const QString& name)
{
    const auto all = label::sources();
    const auto found = std::ranges::find(all, std::string_view(origin.source), &label::SourceDescriptor::id);
    m_source = static_cast<int>(found - all.begin()) + (origin.source == "tagger" ? 1 : 0);
    m_options.setSource(sourceId(), m_labels.names());
    m_asConceptX = origin.asConceptX;
    m_list.clear();
    m_content.clear();
    m_contentName.clear();
    for (const auto& [option, value] : origin.options)
        m_options.setValue(QString::fromStdString(option), QString::fromStdString(value));
    if (m_options.has(kName))
        m_options.setValue(kName, name);
    if (hasList() && !origin.fileName.empty()) {
        m_list = QString::fromStdString(origin.fileContent);
        m_options.setValue(kFile, {});
    } else if (!origin.fileName.empty()) {
        m_content = origin.fileContent;
        m_contentName = QString::fromStdString(origin.fileName);
        m_options.setValue(kFile, m_contentName);
    }
    Q_EMIT sourceChanged();
    touch();
}

void LabelForm::touch()
{
    ++m_version;
    m_jobs.cancel(m_checkJob);
    m_timer.start();
    Q_EMIT changed();
    Q_EMIT checked();
}

QString LabelForm::projectPath() const
{
    return m_labels.study().projectPath();
}

std::optional<LabelDraft> LabelForm::draft() const
{
    LabelDraft draft;
    pipeline::LabelRequest& request = draft.request;
    request.source = sourceId();
    request.options = m_options.values();
    request.asConceptX = m_asConceptX;
    if (isTagger()) {
        const auto folder = request.options.extract("folder");
        if (folder.empty())
            return std::nullopt;
        request.source = "tagger:" + folder.mapped();
        return draft;
    }
    if (request.source == "joint" && m_labels.count() < 2)
        return std::nullopt;
    if (!m_options.has(kFile))
        return draft;
    if (hasList() && !m_list.trimmed().isEmpty()) {
        draft.content = m_list.toStdString();
        QString name = m_options.value(kName);
        if (name.isEmpty())
            name = tr("Own list");
        draft.fileName = name.replace(QLatin1Char('/'), QLatin1Char('-')) + QStringLiteral(".tsv");
    } else if (!m_content.empty()) {
        draft.content = m_content;
        draft.fileName = m_contentName;
    } else if (m_options.value(kFile).isEmpty() && m_options.value(QStringLiteral("pattern")).isEmpty()) {
        return std::nullopt;
    }
    return draft;
}

void LabelForm::say(const QString& notice)
{
    m_frequent.setRows({}, 0);
    m_notice = notice;
    Q_EMIT checked();
}

void LabelForm::check()
{
    m_fileStart.clear();
    m_problem.clear();
    m_summary.clear();
    m_notice.clear();
    m_ready = false;
    const auto wanted = draft();
    if (projectPath().isEmpty())
        return say(tr("Open a project first"));
    if (!wanted) {
        return say(isTagger() ? tr("Choose the folder of a checkpoint")
                : sourceId() == "joint"
                ? tr("Attach two sets first; this one joins them, as in noun + suffix s")
                : hasList() ? tr("Write the lines here, or choose a file")
                            : tr("Choose a file"));
    }
    if (isTagger())
        return checkTagger(QString::fromStdString(wanted->request.source).section(QLatin1Char(':'), 1));
    struct Answer {
        QString fileStart;
        std::optional<pipeline::LabelPreview> preview;
        QString problem;
    };
    auto work = [path = toPath(projectPath()), draft = *wanted](
                    const base::JobContext& ctx) -> base::Result<Answer> {
        PALIMPSEST_TRY(prepared, prepareLabels(draft));
        Answer answer;
        if (const auto file = prepared.request.options.find("file"); file != prepared.request.options.end())
            answer.fileStart = firstLinesOfFile(QString::fromStdString(file->second));
        // A file that does not fit is an answer too, shown beside its first lines.
        auto preview = pipeline::previewLabels(path, prepared.request, kFrequent, ctx);
        if (preview)
            answer.preview = std::move(preview).value();
        else if (preview.error().code == base::ErrorCode::Cancelled)
            return preview.error();
        else
            answer.problem = QString::fromStdString(preview.error().message);
        return answer;
    };
    const std::uint64_t version = m_version;
    auto done = [this, version](const base::Result<Answer>& answer) {
        if (version != m_version)
            return;
        m_checkJob = 0;
        if (answer) {
            m_fileStart = answer.value().fileStart;
            m_problem = answer.value().problem;
            if (answer.value().preview)
                showPreview(*answer.value().preview);
            else
                m_frequent.setRows({}, 0);
        } else {
            m_problem = QString::fromStdString(answer.error().message);
        }
        Q_EMIT checked();
    };
    m_checkJob = m_jobs.start<Answer>(
        {.title = {}, .announceFailure = false}, this, std::move(work), std::move(done));
    Q_EMIT checked();
}

void LabelForm::checkTagger(const QString& folder)
{
    // Running it is what takes long; the job shows progress and says what is wrong.
    m_ready = QFileInfo(folder).isDir();
    if (!m_ready)
        m_problem = tr("%1 is no folder; choose that of a checkpoint").arg(folder);
    else
        m_summary = tr("The checkpoint will run over %1 sentences; the job can be cancelled")
                        .arg(countText(static_cast<std::uint64_t>(m_labels.study().sentenceCount())));
    say({});
}

void LabelForm::showPreview(const pipeline::LabelPreview& preview)
{
    const pipeline::AttachedLabels& set = preview.summary;
    const double share
        = set.rows > 0 ? static_cast<double>(set.labelled) / static_cast<double>(set.rows) : 0.0;
    m_summary = tr("%1, %2 labels, %3 of %4 words labelled")
                    .arg(QString::fromStdString(set.name), countText(set.labels), percentText(share),
                        countText(set.rows));
    m_notice = preview.replaces.empty() ? QString()
                                        : tr("Replaces the set %1 of this project; that can be undone")
                                              .arg(QString::fromStdString(preview.replaces));
    std::vector<LabelShareModel::Row> rows;
    for (const auto& [label, count] : preview.frequent)
        rows.push_back({QString::fromStdString(label), count});
    m_frequent.setRows(std::move(rows), set.rows);
    m_ready = set.labelled > 0;
    if (!m_ready)
        m_problem = tr("No word of this project would get a label");
}

base::Result<std::shared_ptr<const LabelForm::Kept>> LabelForm::keep(
    const project::ProjectFile& file, const std::string& name, bool replaced)
{
    const project::LabelStore store(file);
    auto kept = std::make_shared<Kept>();
    PALIMPSEST_TRY(table, store.read(name));
    PALIMPSEST_TRY(origin, store.origin(name));
    kept->table = std::move(table);
    kept->origin = std::move(origin);
    kept->replaced = replaced;
    return std::shared_ptr<const Kept>(std::move(kept));
}

base::Result<LabelForm::Attached> LabelForm::attachDraft(
    const std::filesystem::path& project, const LabelDraft& draft, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(prepared, prepareLabels(draft));
    // All sets as they are: which one is replaced is known only when the new one has its name.
    std::vector<std::shared_ptr<const Kept>> before;
    {
        PALIMPSEST_TRY(file, project::ProjectFile::open(project, project::ProjectFile::Mode::ReadOnly));
        PALIMPSEST_TRY(entries, project::LabelStore(file).list());
        for (const project::LabelEntry& entry : entries) {
            if (!entry.fits)
                continue;
            PALIMPSEST_TRY(kept, keep(file, entry.name, true));
            before.push_back(std::move(kept));
        }
    }
    Attached attached;
    PALIMPSEST_TRY(summary, pipeline::attachLabels(project, prepared.request, ctx));
    for (const auto& kept : before) {
        if (kept->table->name() == summary.name)
            attached.replaced = kept;
    }
    attached.summary = std::move(summary);
    return attached;
}

void LabelForm::attach()
{
    const auto wanted = draft();
    if (!wanted || isRunning() || projectPath().isEmpty())
        return;
    const QString project = projectPath();
    const QString title = tr("Labelling, %1").arg(sources()[m_source]);
    auto work = [project, draft = *wanted](
                    const base::JobContext& ctx) { return attachDraft(toPath(project), draft, ctx); };
    auto done = [this, project](const base::Result<Attached>& result) {
        m_attachJob = 0;
        Q_EMIT runningChanged();
        if (!result || project != projectPath())
            return;
        setUndo(result.value().replaced);
        const QString name = QString::fromStdString(result.value().summary.name);
        m_labels.reload(name);
        Q_EMIT attached(name);
    };
    const auto weight = isTagger() ? jobs::Weight::Heavy : jobs::Weight::Light;
    m_attachJob = m_jobs.start<Attached>({title, weight}, this, std::move(work), std::move(done));
    Q_EMIT runningChanged();
    Q_EMIT started();
}

void LabelForm::removeSet(int set)
{
    if (set < 0 || set >= m_labels.count() || isRunning())
        return;
    const LabelSet& chosen = (*m_labels.sets())[static_cast<std::size_t>(set)];
    const bool fits = chosen.table != nullptr;
    using Removed = std::shared_ptr<const Kept>;
    auto work = [path = toPath(projectPath()), name = chosen.entry.name, fits](
                    const base::JobContext&) -> base::Result<Removed> {
        PALIMPSEST_TRY(file, project::ProjectFile::open(path, project::ProjectFile::Mode::ReadWrite));
        Removed removed;
        if (fits) { // one that was made for other sentences is of no use to anybody
            PALIMPSEST_TRY(kept, keep(file, name, false));
            removed = std::move(kept);
        }
        PALIMPSEST_CHECK(project::LabelStore(file).remove(name));
        return removed;
    };
    auto done = [this, project = projectPath()](const base::Result<Removed>& removed) {
        m_attachJob = 0;
        Q_EMIT runningChanged();
        if (!removed || project != projectPath())
            return;
        setUndo(removed.value());
        m_labels.reload();
    };
    m_attachJob = m_jobs.start<Removed>({}, this, std::move(work), std::move(done));
    Q_EMIT runningChanged();
}

void LabelForm::undo()
{
    if (!m_undo || isRunning())
        return;
    auto work = [path = toPath(projectPath()), kept = m_undo](const base::JobContext&) -> base::Result<bool> {
        PALIMPSEST_TRY(file, project::ProjectFile::open(path, project::ProjectFile::Mode::ReadWrite));
        PALIMPSEST_CHECK(project::LabelStore(file).attach(*kept->table, kept->origin));
        return true;
    };
    auto done = [this, project = projectPath(), name = QString::fromStdString(m_undo->table->name())](
                    const base::Result<bool>& result) {
        m_attachJob = 0;
        Q_EMIT runningChanged();
        if (!result || project != projectPath())
            return;
        setUndo(nullptr);
        m_labels.reload(name);
    };
    m_attachJob = m_jobs.start<bool>({}, this, std::move(work), std::move(done));
    Q_EMIT runningChanged();
}

void LabelForm::dismissUndo()
{
    setUndo(nullptr);
}

QString LabelForm::undoText() const
{
    if (!m_undo)
        return {};
    const QString name = QString::fromStdString(m_undo->table->name());
    return m_undo->replaced ? tr("The label set %1 was replaced.").arg(name)
                            : tr("The label set %1 was removed.").arg(name);
}

void LabelForm::setUndo(std::shared_ptr<const Kept> kept)
{
    if (kept == m_undo)
        return;
    m_undo = std::move(kept);
    Q_EMIT undoChanged();
}

} // namespace palimpsest::app
