#include "models/task_sentence_model.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "bridge/job_controller.h"
#include "bridge/paths.h"
#include "models/concept_text.h"
#include "models/number_text.h"
#include "models/task_model.h"
#include "pipeline/typed_sentence.h"

namespace palimpsest::app {

namespace {

constexpr std::size_t kTriggersPerClass = 10;

QStringList wordsOfText(const QString& text)
{
    return text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

std::vector<TriggerWordModel::Row> foundTriggers(const SearchResult& search)
{
    std::vector<TriggerWordModel::Row> rows;
    const auto target = search->found.target;
    for (const auto& row : search->found.groups.front().rows) {
        if (rows.size() == kTriggersPerClass)
            break;
        if (row.words.size() == 1)
            rows.push_back({row.words.front(), static_cast<int>(target), {}});
    }
    return rows;
}

} // namespace

TaskSentenceModel::TaskSentenceModel(QObject* parent)
    : QObject(parent)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &TaskSentenceModel::start);
}

void TaskSentenceModel::setSession(StudySession* session)
{
    if (m_session)
        disconnect(m_session, nullptr, this, nullptr);
    m_session = session;
    if (!session)
        return;
    connect(session, &StudySession::comparisonChanged, this, &TaskSentenceModel::suggest);
    connect(session, &StudySession::kChanged, this, &TaskSentenceModel::wait);
    connect(session, &StudySession::thetaChanged, this, &TaskSentenceModel::wait);
}

void TaskSentenceModel::setStudy(std::shared_ptr<const pipeline::TaskStudy> study)
{
    const bool sameProject = study && m_study && study->results == m_study->results;
    m_study = std::move(study);
    if (!sameProject) {
        if (m_session)
            m_session->jobs().cancel(std::exchange(m_job, 0));
        m_pause.stop();
        m_baseFolder.clear();
        m_search.reset();
        m_sentence = 0;
        m_target = 0;
        m_text.clear();
        m_second.clear();
        m_triggers.setRows({});
        show({});
        Q_EMIT textChanged();
        Q_EMIT optionsChanged();
    }
    makeLocator();
    if (m_locator && m_text.isEmpty() && sentenceCount() > 0)
        showSentence(1);
    suggest();
    Q_EMIT studyChanged();
}

void TaskSentenceModel::makeLocator()
{
    m_locator.reset();
    if (m_study && m_study->classifier.model)
        m_locator = std::make_shared<pipeline::ConceptLocator>(
            m_study->results, m_study->classifier, "auto", m_baseFolder);
}

void TaskSentenceModel::setActive(bool active)
{
    if (std::exchange(m_active, active) == active || !active)
        return;
    wait();
    suggest();
}

void TaskSentenceModel::setSearch(SearchResult search)
{
    m_search = std::move(search);
    suggest();
}

void TaskSentenceModel::setText(const QString& text)
{
    setTexts(text, m_second);
}

void TaskSentenceModel::setSecond(const QString& text)
{
    setTexts(m_text, text);
}

void TaskSentenceModel::setTexts(const QString& first, const QString& second)
{
    if (first == m_text && second == m_second)
        return;
    m_text = first;
    m_second = second;
    m_sentence = 0;
    Q_EMIT textChanged();
    wait();
}

bool TaskSentenceModel::hasPairs() const
{
    return m_study && m_study->corpus().hasPairs();
}

int TaskSentenceModel::sentenceCount() const
{
    return m_study ? static_cast<int>(m_study->corpus().sentenceCount()) : 0;
}

QString TaskSentenceModel::sentenceText() const
{
    if (m_sentence < 1 || !m_study)
        return {};
    const auto id = base::toId<base::SentenceId>(static_cast<std::size_t>(m_sentence - 1));
    const std::int32_t gold = m_study->corpus().classOf(id);
    return gold < 0
        ? tr("of the corpus")
        : tr("of the corpus, gold %1").arg(taskClassText(*m_study, static_cast<std::size_t>(gold)));
}

void TaskSentenceModel::showSentence(int number)
{
    if (number < 1 || number > sentenceCount())
        return;
    m_sentence = number;
    const corpus::Corpus& corpus = m_study->corpus();
    const auto id = base::toId<base::SentenceId>(static_cast<std::size_t>(number - 1));
    QStringList texts[2];
    const std::size_t first = corpus.firstTextWords(id); // all words where there are no pairs
    for (const std::uint32_t word : corpus.wordsOf(id)) {
        const std::string_view text = corpus.word(base::WordId{word});
        QStringList& part = static_cast<std::size_t>(texts[0].size()) < first ? texts[0] : texts[1];
        part.append(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    }
    m_text = texts[0].join(QLatin1Char(' '));
    m_second = texts[1].join(QLatin1Char(' '));
    Q_EMIT textChanged();
    wait();
}

void TaskSentenceModel::setMethod(int method)
{
    if (std::exchange(m_method, std::clamp(method, 0, 2)) == method)
        return;
    Q_EMIT optionsChanged();
    wait();
}

QStringList TaskSentenceModel::targets() const
{
    QStringList names;
    if (!m_study || m_study->predictions.empty())
        return names;
    names.append(tr("predicted class"));
    for (const std::string& label : m_study->classifier.model->config().labels)
        names.append(QString::fromStdString(label));
    return names;
}

void TaskSentenceModel::setTarget(int target)
{
    if (target < 0 || std::exchange(m_target, target) == target)
        return;
    Q_EMIT optionsChanged();
    wait();
}

qsizetype TaskSentenceModel::firstTextWords() const
{
    return wordsOfText(m_text).size();
}

void TaskSentenceModel::addTrigger(int row, int beforeWord)
{
    const QString word = m_triggers.wordAt(row);
    if (word.isEmpty())
        return;
    const qsizetype first = firstTextWords();
    QStringList words = wordsOfText(m_text) + wordsOfText(m_second);
    const auto at = std::clamp<qsizetype>(beforeWord, 0, words.size());
    words.insert(at, word);
    // Between the texts of a pair it goes to the second one.
    const bool toFirst = at < first || (at == first && m_second.isEmpty());
    setWords(words, toFirst ? first + 1 : first);
}

void TaskSentenceModel::prependTrigger(int row)
{
    addTrigger(row, m_second.isEmpty() ? 0 : static_cast<int>(firstTextWords()));
}

void TaskSentenceModel::removeWord(int word)
{
    const qsizetype first = firstTextWords();
    QStringList words = wordsOfText(m_text) + wordsOfText(m_second);
    if (word < 0 || word >= words.size())
        return;
    words.removeAt(word);
    setWords(words, word < first ? first - 1 : first);
}

void TaskSentenceModel::setWords(const QStringList& words, qsizetype firstTextWords)
{
    setTexts(words.first(firstTextWords).join(QLatin1Char(' ')),
        words.sliced(firstTextWords).join(QLatin1Char(' ')));
}

void TaskSentenceModel::wait()
{
    if (!m_active || !m_locator)
        return;
    m_pause.start();
    Q_EMIT computingChanged();
}

void TaskSentenceModel::start()
{
    if (!m_active || !m_locator || !m_session || !m_session->isOpen())
        return;
    if (m_job != 0)
        m_session->jobs().cancel(m_job); // the newest wins
    const std::string text = m_text.simplified().toStdString();
    const std::string second = hasPairs() ? m_second.simplified().toStdString() : std::string();
    if (text.empty() && second.empty()) {
        m_job = 0;
        m_error.clear();
        show({});
        return;
    }
    auto work = [locator = m_locator, layers = m_session->layerSource(), text, second, method = m_method,
                    target = m_target](const base::JobContext& ctx) -> base::Result<Answer> {
        pipeline::SentenceQuestion question;
        question.words = pipeline::splitWords(text);
        const auto others = pipeline::splitWords(second);
        question.firstTextWords = others.empty() ? 0 : question.words.size();
        question.words.insert(question.words.end(), others.begin(), others.end());
        question.attribution.method = static_cast<probe::AttributionMethod>(method);
        if (target > 0)
            question.attribution.target = static_cast<std::size_t>(target - 1);
        PALIMPSEST_TRY(answer, pipeline::explainSentence(*locator, layers, question, ctx));
        return Answer{{question.words.begin(), question.words.end()}, std::move(answer),
            question.firstTextWords > 0 ? static_cast<int>(question.firstTextWords) : -1};
    };
    const auto id = std::make_shared<int>(0);
    auto done = [this, id](base::Result<Answer> answer) {
        if (*id != m_job)
            return; // a newer one is under way
        m_job = 0;
        m_error = answer || answer.error().code == base::ErrorCode::Cancelled
            ? QString()
            : QString::fromStdString(answer.error().message);
        show(answer ? std::move(answer).value() : Answer());
    };
    m_job = *id = m_session->jobs().start<Answer>(
        {{}, jobs::Weight::Light, false}, this, std::move(work), std::move(done));
    Q_EMIT computingChanged();
}

std::vector<ClassProbabilityModel::Row> TaskSentenceModel::probabilities(
    const probe::Prediction& prediction, const model::Model& model) const
{
    std::vector<ClassProbabilityModel::Row> rows;
    for (std::size_t label = 0; label < prediction.probabilities.size(); ++label) {
        const auto& labels = m_study->classifier.model->config().labels;
        const auto same = std::ranges::find(labels, model.config().labels[label]);
        const auto at = static_cast<std::size_t>(same - labels.begin());
        const int classIndex = at < m_study->classOfLabel.size() ? m_study->classOfLabel[at] : -1;
        rows.push_back({QString::fromStdString(model.config().labels[label]), classIndex,
            static_cast<double>(prediction.probabilities[label]),
            static_cast<int>(label) == prediction.label});
    }
    return rows;
}

void TaskSentenceModel::show(Answer answer)
{
    std::vector<ClassProbabilityModel::Row> fineTuned, baseRows;
    if (answer.answer.attribution)
        fineTuned = probabilities(answer.answer.attribution->prediction, *m_study->classifier.model);
    if (answer.answer.base) {
        const auto model = m_locator->baseModel();
        if (model)
            baseRows = probabilities(*answer.answer.base, *model.value().model);
    }
    if (!m_baseFolder.empty() && answer.answer.concepts)
        Q_EMIT baseFolderProved(toText(std::exchange(m_baseFolder, {})));
    m_secondBegin = answer.secondBegin;
    m_fineTuned.setRows(std::move(fineTuned));
    m_base.setRows(std::move(baseRows));
    m_words.setAnswer(std::move(answer.words), std::move(answer.answer));
    Q_EMIT answered();
    Q_EMIT computingChanged();
}

QString TaskSentenceModel::attributionText() const
{
    const auto& attribution = m_words.answer().attribution;
    if (!attribution)
        return {};
    const auto& labels = m_study->classifier.model->config().labels;
    return tr("logit of %1 %2 → %3")
        .arg(QString::fromStdString(labels[attribution->target]))
        .arg(attribution->baselineLogit, 0, 'f', 2)
        .arg(attribution->targetLogit, 0, 'f', 2);
}

QString TaskSentenceModel::completenessText() const
{
    const auto& attribution = m_words.answer().attribution;
    if (!attribution)
        return {};
    const double whole = std::abs(attribution->targetLogit - attribution->baselineLogit);
    const double share = whole > 0.0 ? 100.0 * attribution->completenessError / whole : 0.0;
    return tr("completeness error %1 (%2 % of the difference)")
        .arg(attribution->completenessError, 0, 'g', 2)
        .arg(share, 0, 'f', share < 0.1 ? 4 : 1);
}

QString TaskSentenceModel::noAttribution() const
{
    return QString::fromStdString(m_words.answer().noAttribution);
}

QString TaskSentenceModel::noBase() const
{
    return QString::fromStdString(m_words.answer().noBase);
}

QString TaskSentenceModel::noConcepts() const
{
    return QString::fromStdString(m_words.answer().noConcepts);
}

bool TaskSentenceModel::isBaseMissing() const
{
    return m_words.answer().baseMissing;
}

void TaskSentenceModel::chooseBaseFolder(const QString& pathOrUrl)
{
    m_baseFolder = toPath(toLocalFile(pathOrUrl));
    makeLocator();
    wait();
}

void TaskSentenceModel::suggest()
{
    const auto shown = m_session ? m_session->comparison() : nullptr;
    if (!shown || !m_study || m_study->classNames.empty())
        return;
    if (!m_active || m_suggestJob != 0) {
        m_suggestAgain = true;
        return;
    }
    auto work
        = [shown, study = m_study, search = m_search](const base::JobContext&) -> base::Result<Triggers> {
        Triggers rows;
        for (std::size_t c = 0; c < study->classNames.size(); ++c) {
            if (search && search->current && search->found.target == c) {
                const Triggers found = foundTriggers(search);
                rows.insert(rows.end(), found.begin(), found.end());
                continue;
            }
            for (std::string& word :
                pipeline::triggerWords(*study, *shown->b, c, shown->alignment.theta, kTriggersPerClass))
                rows.push_back({std::move(word), static_cast<int>(c), {}});
        }
        return rows;
    };
    auto done = [this, study = m_study](base::Result<Triggers> rows) {
        m_suggestJob = 0;
        if (rows && study == m_study) {
            for (TriggerWordModel::Row& row : rows.value())
                row.className = taskClassText(*study, static_cast<std::size_t>(row.classIndex));
            m_triggers.setRows(std::move(rows).value());
        }
        if (std::exchange(m_suggestAgain, false))
            suggest();
    };
    m_suggestJob = m_session->jobs().start<Triggers>({}, this, std::move(work), std::move(done));
}

} // namespace palimpsest::app
