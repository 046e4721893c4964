#include "bridge/study_session.h"

#include <QFileInfo>

#include <algorithm>
#include <mutex>
#include <utility>

#include "bridge/job_controller.h"
#include "bridge/paths.h"
#include "bridge/unfinished_study.h"

namespace palimpsest::app {

using Comparison = std::shared_ptr<const align::LayerComparison>;

namespace {

constexpr std::size_t kSliderMaximum = 2000;

} // namespace

/// Comparisons of all layers at one K, made once: another layer is then a swap of pointers and another θ the
/// cheap part alone. Thread: get() from workers.
struct StudySession::LayerCache {
    std::shared_ptr<const project::StudyResults> results;
    std::size_t k = 0;
    std::mutex mutex;
    std::vector<std::pair<int, Comparison>> layers;

    base::Result<Comparison> get(int layer, double theta)
    {
        Comparison known;
        {
            const std::scoped_lock lock(mutex);
            const auto found = std::ranges::find(layers, layer, &std::pair<int, Comparison>::first);
            if (found != layers.end())
                known = found->second;
        }
        if (!known) {
            PALIMPSEST_TRY(computed, results->compare(layer, layer, k, theta));
            known = computed;
        } else if (known->alignment.theta != theta) {
            known = align::withTheta(*known, theta);
        } else {
            return known;
        }
        const std::scoped_lock lock(mutex);
        std::erase_if(layers, [layer](const auto& entry) { return entry.first == layer; });
        layers.emplace_back(layer, known);
        return known;
    }
};

struct StudySession::Opened {
    std::shared_ptr<const project::StudyResults> results; ///< null: nothing can be shown yet
    QString path;
    bool unfinished = false;
};

StudySession::StudySession(JobController& jobs, QObject* parent)
    : QObject(parent)
    , m_jobs(jobs)
{
}

StudySession::~StudySession() = default;

void StudySession::openProject(const QString& pathOrUrl)
{
    const QString path = toLocalFile(pathOrUrl);
    clearError();
    m_jobs.cancel(m_openJob);
    auto work = [path](const base::JobContext&) -> base::Result<Opened> {
        const bool unfinished = unfinishedStudy(toPath(path)).has_value();
        auto results = project::StudyResults::open(toPath(path));
        if (results)
            return Opened{std::move(results).value(), path, unfinished};
        if (unfinished)
            return Opened{nullptr, path, true};
        return results.error();
    };
    const std::uint64_t attempt = ++m_attempt;
    auto done = [this, attempt](const base::Result<Opened>& opened) {
        if (attempt != m_attempt)
            return;
        m_openJob = 0;
        if (opened)
            adopt(opened.value());
        else if (opened.error().code != base::ErrorCode::Cancelled)
            setError(QString::fromStdString(opened.error().message));
        Q_EMIT openingChanged();
    };
    m_openJob = m_jobs.start<Opened>({}, this, std::move(work), std::move(done));
    Q_EMIT openingChanged();
}

void StudySession::closeProject()
{
    ++m_attempt;
    m_jobs.cancel(m_openJob);
    if (std::exchange(m_openJob, 0) != 0)
        Q_EMIT openingChanged();
    if (m_results)
        show(nullptr);
}

void StudySession::clearError()
{
    setError({});
}

void StudySession::stepLayer(int steps)
{
    const QList<int> all = layers();
    const auto at = all.indexOf(m_layer);
    if (at >= 0)
        setLayer(all[std::clamp<qsizetype>(at + steps, 0, all.size() - 1)]);
}

QString StudySession::parameter(const QString& name) const
{
    return m_results ? QString::fromStdString(m_results->parameter(name.toStdString())) : QString();
}

void StudySession::keepParameter(const QString& name, const QString& value)
{
    if (!m_results)
        return;
    auto work = [path = m_results->path(), name = name.toStdString(), value = value.toStdString()](
                    const base::JobContext&) -> base::Result<bool> {
        PALIMPSEST_TRY(file, project::ProjectFile::open(path, project::ProjectFile::Mode::ReadWrite));
        PALIMPSEST_CHECK(file.setValue(name, value));
        return true;
    };
    m_jobs.start<bool>({}, this, std::move(work), [](const base::Result<bool>&) {});
}

QString StudySession::projectName() const
{
    return m_results ? QFileInfo(projectPath()).completeBaseName() : QString();
}

QString StudySession::projectPath() const
{
    return m_results ? toText(m_results->path()) : QString();
}

int StudySession::sentenceCount() const
{
    return m_results ? static_cast<int>(m_results->tokens()->corpus().sentenceCount()) : 0;
}

int StudySession::occurrenceCount() const
{
    return m_results ? static_cast<int>(m_results->tokens()->size()) : 0;
}

QList<int> StudySession::layers() const
{
    if (!m_results)
        return {};
    return {m_results->layers().begin(), m_results->layers().end()};
}

QStringList StudySession::classNames() const
{
    QStringList names;
    if (m_results) {
        for (const std::string& name : m_results->tokens()->corpus().classNames())
            names.append(QString::fromStdString(name));
    }
    return names;
}

QStringList StudySession::warnings() const
{
    QStringList sentences;
    if (m_results) {
        for (const std::string& sentence : m_results->warnings())
            sentences.append(QString::fromStdString(sentence));
    }
    return sentences;
}

bool StudySession::isSettled() const
{
    return isOpen() && comparison() && !isComparing() && !isSummarizing() && m_jobs.activeCount() == 0;
}

void StudySession::setLayer(int layer)
{
    if (layer == m_layer || !layers().contains(layer))
        return;
    m_layer = layer;
    Q_EMIT layerChanged();
    request();
}

void StudySession::setK(int k)
{
    if (!m_results)
        return;
    k = std::clamp(k, 2, kMaximum());
    if (k == m_k)
        return;
    m_k = k;
    resetCache();
    Q_EMIT kChanged();
    request();
}

int StudySession::kMaximum() const
{
    if (!m_results)
        return 2;
    const std::size_t wanted = std::max(kSliderMaximum, 2 * m_results->defaultK());
    return static_cast<int>(std::max<std::size_t>(2, std::min(m_results->tokens()->size(), wanted)));
}

void StudySession::setTheta(double theta)
{
    theta = std::clamp(theta, kMinimumTheta, 1.0);
    if (theta == m_theta)
        return;
    m_theta = theta;
    Q_EMIT thetaChanged();
    request();
}

void StudySession::adopt(const Opened& opened)
{
    if (opened.results)
        show(opened.results);
    if (opened.unfinished)
        Q_EMIT unfinishedFound(opened.path);
}

void StudySession::show(std::shared_ptr<const project::StudyResults> results)
{
    ++m_project;
    m_results = std::move(results);
    m_comparison.reset();
    m_summaries.clear();
    m_summariesFor = {};
    m_layer = m_results ? m_results->layers().front() : -1;
    m_k = m_results ? std::clamp(static_cast<int>(m_results->defaultK()), 2, kMaximum()) : 0;
    if (m_results)
        m_theta = std::clamp(m_results->defaultTheta(), kMinimumTheta, 1.0);
    resetCache();
    Q_EMIT resultsChanged();
    Q_EMIT layerChanged();
    Q_EMIT kChanged();
    Q_EMIT thetaChanged();
    Q_EMIT comparisonChanged();
    Q_EMIT summariesChanged();
    request();
}

void StudySession::resetCache()
{
    m_cache = std::make_shared<LayerCache>();
    m_cache->results = m_results;
    m_cache->k = static_cast<std::size_t>(std::max(m_k, 1));
}

StudySession::LayerSource StudySession::layerSource() const
{
    if (!m_results)
        return {};
    return [cache = m_cache, theta = m_theta](int layer) { return cache->get(layer, theta); };
}

void StudySession::request()
{
    // One comparison at a time: a dragged slider is answered as fast as the machine can, never queued up.
    m_jobs.cancel(m_summaryJob);
    if (m_compareJob != 0 || !m_results)
        return;
    const Wanted asked = wanted();
    auto work
        = [cache = m_cache, asked](const base::JobContext&) { return cache->get(asked.layer, asked.theta); };
    auto done = [this, asked](const base::Result<Comparison>& comparison) {
        m_compareJob = 0;
        const bool current = asked == wanted();
        if (comparison && asked.project == m_project && asked.layer == m_layer) {
            m_comparison = comparison.value();
            Q_EMIT comparisonChanged();
        } else if (!comparison && current) {
            setError(QString::fromStdString(comparison.error().message));
        }
        if (current)
            requestSummaries();
        else
            request();
        Q_EMIT comparingChanged();
    };
    m_compareJob = m_jobs.start<Comparison>({}, this, std::move(work), std::move(done));
    Q_EMIT comparingChanged();
}

void StudySession::requestSummaries()
{
    const Wanted asked = wanted();
    if (m_summaryJob != 0 || !m_results || asked.sameNumbers(m_summariesFor))
        return;
    using Summaries = std::vector<align::LayerSummary>;
    auto work = [cache = m_cache, layers = m_results->layers(), asked](
                    const base::JobContext& ctx) -> base::Result<Summaries> {
        Summaries summaries;
        for (const int layer : layers) {
            if (ctx.stopRequested())
                return base::cancelled();
            PALIMPSEST_TRY(comparison, cache->get(layer, asked.theta));
            summaries.push_back(align::summarize(*comparison));
        }
        return summaries;
    };
    auto done = [this, asked](base::Result<Summaries> summaries) {
        m_summaryJob = 0;
        if (summaries && asked.project == m_project) {
            m_summaries = std::move(summaries).value();
            m_summariesFor = asked;
            Q_EMIT summariesChanged();
        } else if (!summaries && summaries.error().code != base::ErrorCode::Cancelled) {
            m_summariesFor = asked; // not again and again
            setError(QString::fromStdString(summaries.error().message));
        }
        // Stopped for a newer comparison: whichever ends later starts this again.
        if (m_compareJob == 0)
            requestSummaries();
        Q_EMIT summarizingChanged();
    };
    m_summaryJob = m_jobs.start<Summaries>({}, this, std::move(work), std::move(done));
    Q_EMIT summarizingChanged();
}

std::vector<Comparison> StudySession::comparisons() const
{
    std::vector<Comparison> all;
    if (m_cache) {
        const std::scoped_lock lock(m_cache->mutex);
        for (const auto& [layer, comparison] : m_cache->layers)
            all.push_back(comparison);
    }
    std::ranges::sort(all, {}, &align::LayerComparison::layerA);
    return all;
}

void StudySession::setError(const QString& error)
{
    if (m_error == error)
        return;
    m_error = error;
    Q_EMIT errorChanged();
}

StudySession::Wanted StudySession::wanted() const
{
    return {m_project, m_layer, m_k, m_theta};
}

} // namespace palimpsest::app
