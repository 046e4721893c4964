#include "bridge/label_session.h"

#include <algorithm>
#include <utility>

#include "bridge/job_controller.h"
#include "bridge/paths.h"
#include "bridge/study_session.h"

namespace palimpsest::app {

namespace {

constexpr int kCalmMs = 250;

} // namespace

LabelSession::LabelSession(JobController& jobs, StudySession& session, QObject* parent)
    : QObject(parent)
    , m_jobs(jobs)
    , m_session(session)
{
    m_chanceTimer.setSingleShot(true);
    m_chanceTimer.setInterval(kCalmMs);
    connect(&m_chanceTimer, &QTimer::timeout, this, &LabelSession::requestChance);
    connect(&session, &StudySession::resultsChanged, this, &LabelSession::follow);
    connect(&session, &StudySession::kChanged, this, [this] { ask(m_question); });
    // The session compares first, so that nothing is cut and compared twice.
    connect(&session, &StudySession::comparingChanged, this, &LabelSession::request);
    connect(&session, &StudySession::summarizingChanged, this, &LabelSession::request);
    connect(&session, &StudySession::layerChanged, this, [this] {
        request();
        Q_EMIT layersChanged();
    });
    follow();
}

QStringList LabelSession::names() const
{
    QStringList names;
    if (m_sets) {
        for (const LabelSet& set : *m_sets)
            names.append(QString::fromStdString(set.entry.name));
    }
    return names;
}

void LabelSession::setCurrent(int index)
{
    if (index == m_current || index < 0 || index >= count())
        return;
    m_current = index;
    Q_EMIT currentChanged();
}

QString LabelSession::currentName() const
{
    return m_current < 0 ? QString()
                         : QString::fromStdString((*m_sets)[static_cast<std::size_t>(m_current)].entry.name);
}

void LabelSession::setTheta(double theta)
{
    LabelQuestion question = m_question;
    question.options.theta = std::clamp(theta, StudySession::kMinimumTheta, 1.0);
    ask(question);
}

void LabelSession::setMinimumTypes(int types)
{
    LabelQuestion question = m_question;
    question.options.minimumTypes = static_cast<std::uint32_t>(std::max(1, types));
    ask(question);
}

void LabelSession::setMaxUnknown(double share)
{
    LabelQuestion question = m_question;
    question.options.maxUnknown = std::clamp(share, 0.0, 1.0);
    ask(question);
}

void LabelSession::setByType(bool byType)
{
    LabelQuestion question = m_question;
    question.measure = byType ? align::Measure::Type : align::Measure::Occurrence;
    ask(question);
}

std::shared_ptr<const LayerLabels> LabelSession::layer(int layer) const
{
    const auto found = m_layers.find(layer);
    return found == m_layers.end() ? nullptr : found->second;
}

std::shared_ptr<const LayerLabels> LabelSession::shownLayer() const
{
    return layer(m_session.layer());
}

std::shared_ptr<const LabelChance> LabelSession::chance(int set, int layer) const
{
    const auto found = m_chance.find({set, layer});
    return found == m_chance.end() ? nullptr : found->second;
}

int LabelSession::chanceTotal() const
{
    if (!m_sets)
        return 0;
    const auto whole
        = std::ranges::count_if(*m_sets, [](const LabelSet& set) { return set.table != nullptr; });
    return static_cast<int>(whole * m_session.layers().size());
}

void LabelSession::reload(const QString& name)
{
    if (!m_session.isOpen())
        return;
    m_wantedName = name.isEmpty() ? currentName() : name;
    m_jobs.cancel(m_loadJob);
    const std::uint64_t reading = ++m_reading;
    using Sets = std::shared_ptr<const LabelSets>;
    auto work = [path = toPath(m_session.projectPath())](
                    const base::JobContext& ctx) { return readLabelSets(path, ctx); };
    auto done = [this, reading](const base::Result<Sets>& sets) {
        if (reading != m_reading)
            return;
        m_loadJob = 0;
        if (sets) // else the controller has said why
            adopt(sets.value());
        Q_EMIT setsChanged();
    };
    m_loadJob = m_jobs.start<Sets>({}, this, std::move(work), std::move(done));
    Q_EMIT setsChanged();
}

void LabelSession::follow()
{
    // Another project, or none: nothing of the last one may be seen.
    ++m_reading;
    m_jobs.cancel(std::exchange(m_loadJob, 0));
    m_question.options.theta = std::max(m_session.theta(), StudySession::kMinimumTheta);
    adopt(nullptr);
    Q_EMIT setsChanged();
    Q_EMIT questionChanged();
    reload();
}

void LabelSession::adopt(std::shared_ptr<const LabelSets> sets)
{
    m_sets = std::move(sets);
    const auto wanted = names().indexOf(m_wantedName);
    m_current = wanted >= 0 ? static_cast<int>(wanted) : (count() > 0 ? 0 : -1);
    m_layers.clear();
    ask(m_question);
    Q_EMIT currentChanged();
    Q_EMIT layersChanged();
}

void LabelSession::ask(const LabelQuestion& question)
{
    const bool sameNumbers = m_question.measure == question.measure && m_question.sameOptions(question);
    m_question = question;
    ++m_generation;
    m_jobs.cancel(m_chanceJob);
    m_chanceTimer.stop();
    m_chance.clear();
    // The shown layer is answered as fast as the machine can; the others make room for it.
    if (m_layerOfJob != m_session.layer())
        m_jobs.cancel(m_layerJob);
    if (!sameNumbers)
        Q_EMIT questionChanged();
    Q_EMIT chanceChanged(-1);
    request();
}

bool LabelSession::countsFit(const Layer& layer) const
{
    return layer && layer->labelSets == m_sets && layer->k == static_cast<std::size_t>(m_session.k())
        && layer->question.measure == m_question.measure;
}

bool LabelSession::isFresh(const Layer& layer) const
{
    return countsFit(layer) && layer->question.sameOptions(m_question);
}

std::vector<int> LabelSession::nextLayers() const
{
    if (!m_session.isOpen() || count() == 0)
        return {};
    const auto shown = m_session.comparison();
    if (!shown || shown->k != static_cast<std::size_t>(m_session.k()) || shown->layerA != m_session.layer())
        return {};
    if (!isFresh(shownLayer()))
        return {m_session.layer()};
    const bool busy = m_session.isComparing() || m_session.isSummarizing();
    std::vector<int> cheap; // only the options changed
    std::optional<int> first;
    const auto all = m_session.layers();
    for (const int number : all) {
        const Layer known = layer(number);
        if (isFresh(known))
            continue;
        if (countsFit(known))
            cheap.push_back(number);
        else if (!first && !busy)
            first = number;
    }
    if (!cheap.empty() || !first)
        return cheap;
    return {*first};
}

void LabelSession::request()
{
    if (m_layerJob != 0)
        return;
    const std::vector<int> next = nextLayers();
    const auto all = m_session.layers();
    setComputing(
        count() > 0 && !std::ranges::all_of(all, [this](int number) { return isFresh(layer(number)); }));
    if (next.empty()) {
        if (!m_computing)
            m_chanceTimer.start();
        return;
    }
    struct Task {
        int number;
        Layer known;
    };
    std::vector<Task> tasks;
    for (const int number : next)
        tasks.push_back({number, layer(number)});
    using Results = std::vector<Layer>;
    auto work = [tasks, sets = m_sets, question = m_question, comparisons = m_session.layerSource()](
                    const base::JobContext& ctx) -> base::Result<Results> {
        Results results;
        for (const Task& task : tasks) {
            PALIMPSEST_TRY(comparison, comparisons(task.number));
            PALIMPSEST_TRY(result, labelLayer(*comparison, sets, question, task.known, ctx));
            results.push_back(std::move(result));
        }
        return results;
    };
    auto done = [this, sets = m_sets](const base::Result<Results>& results) {
        m_layerJob = 0;
        m_layerOfJob = -1;
        if (results && sets == m_sets) {
            for (const Layer& result : results.value())
                m_layers[result->layer] = result;
            Q_EMIT layersChanged();
        } else if (!results && results.error().code != base::ErrorCode::Cancelled) {
            setComputing(false);
            return; // not again and again
        }
        request();
    };
    m_layerOfJob = next.front();
    m_layerJob = m_jobs.start<Results>({}, this, std::move(work), std::move(done));
}

std::optional<std::pair<int, int>> LabelSession::nextChance() const
{
    if (!m_session.isOpen() || count() == 0)
        return std::nullopt;
    // The shown set first, and of it the shown layer.
    std::vector<int> order{m_current};
    for (int set = 0; set < count(); ++set) {
        if (set != m_current)
            order.push_back(set);
    }
    QList<int> layers{m_session.layer()};
    layers += m_session.layers();
    for (const int set : order) {
        if (set < 0 || !(*m_sets)[static_cast<std::size_t>(set)].table)
            continue;
        for (const int number : std::as_const(layers)) {
            if (!m_chance.contains({set, number}) && isFresh(layer(number)))
                return std::pair(set, number);
        }
    }
    return std::nullopt;
}

void LabelSession::requestChance()
{
    const auto next = nextChance();
    if (m_chanceJob != 0 || m_computing || !next)
        return;
    using Chance = std::shared_ptr<const LabelChance>;
    const std::uint64_t generation = m_generation;
    auto work = [layer = layer(next->second), set = static_cast<std::size_t>(next->first)](
                    const base::JobContext& ctx) { return chanceOfLayer(*layer, set, ctx); };
    auto done = [this, generation, key = *next](const base::Result<Chance>& chance) {
        m_chanceJob = 0;
        if (chance && generation == m_generation) {
            m_chance[key] = chance.value();
            Q_EMIT chanceChanged(key.first);
        } else if (!chance && chance.error().code != base::ErrorCode::Cancelled) {
            return;
        }
        requestChance();
    };
    m_chanceJob = m_jobs.start<Chance>({}, this, std::move(work), std::move(done));
}

void LabelSession::setComputing(bool computing)
{
    if (m_computing == computing)
        return;
    m_computing = computing;
    Q_EMIT computingChanged();
}

} // namespace palimpsest::app
