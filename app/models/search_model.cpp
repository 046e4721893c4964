#include "models/search_model.h"

#include <algorithm>
#include <utility>

#include "models/concept_text.h"
#include "models/word_mask.h"

namespace palimpsest::app {

SearchModel::SearchModel(QObject* parent)
    : RowsModel(parent)
    , m_turn([this] { start(); })
{
}

void SearchModel::setActive(bool active)
{
    if (active == isActive())
        return;
    m_turn.setActive(active);
    Q_EMIT activeChanged();
}

void SearchModel::setSession(StudySession* session)
{
    if (session == m_session)
        return;
    if (m_session)
        disconnect(m_session, nullptr, this, nullptr);
    m_session = session;
    if (session) {
        connect(session, &StudySession::resultsChanged, this, &SearchModel::openProject);
        connect(session, &StudySession::comparisonChanged, this, [this] { m_turn.ask(); });
        connect(session, &StudySession::summariesChanged, this, [this] { m_turn.ask(); });
    }
    if (WordMask* mask = WordMask::instance())
        connect(mask, &WordMask::changed, this, &SearchModel::start, Qt::UniqueConnection);
    Q_EMIT servicesChanged();
    openProject();
}

void SearchModel::setJobs(JobController* jobs)
{
    m_jobs = jobs;
    Q_EMIT servicesChanged();
    openProject();
}

void SearchModel::setAnnotations(Annotations* annotations)
{
    followNames(*this, m_annotations, annotations, {TitleRole});
    Q_EMIT servicesChanged();
}

void SearchModel::openProject()
{
    m_index.reset();
    show({});
    start();
}

void SearchModel::setText(const QString& text)
{
    if (text == m_text)
        return;
    m_text = text;
    Q_EMIT textChanged();
    start();
}

void SearchModel::chooseWord(int at)
{
    if (at < 0 || static_cast<std::size_t>(at) >= m_found.words.size() || !m_index)
        return;
    const auto word = m_index->tokens()->corpus().word(m_found.words[static_cast<std::size_t>(at)]);
    setText(QLatin1Char('=') + QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size())));
}

SearchModel::Found SearchModel::search(
    const concepts::WordIndex& index, const std::vector<Comparison>& layers, const std::string& text)
{
    Found found;
    if (text.starts_with('=')) {
        if (const auto word = index.exactly(std::string_view(text).substr(1)))
            found.words.push_back(*word);
    } else {
        found.words = index.find(text, kMostWords);
    }
    std::vector<base::TokenId> occurrences;
    for (const base::WordId word : found.words) {
        const auto rows = index.occurrences(word);
        occurrences.insert(occurrences.end(), rows.begin(), rows.end());
    }
    found.occurrences = occurrences.size();
    if (occurrences.empty())
        return found;
    for (const Comparison& layer : layers) {
        for (const auto side : {Selection::Base, Selection::FineTuned}) {
            auto shares = concepts::conceptsOfOccurrences(conceptsOf(*layer, side), occurrences);
            shares.resize(std::min(shares.size(), kMostConcepts));
            for (const auto& [id, count] : shares)
                found.rows.push_back({layer, {side, id}, count});
        }
    }
    return found;
}

void SearchModel::start()
{
    if (m_job != 0) {
        m_again = true;
        return;
    }
    if (!m_session || !m_jobs || !m_session->isOpen())
        return;
    using Answer = std::pair<std::shared_ptr<const concepts::WordIndex>, Found>;
    auto work = [tokens = m_session->results()->tokens(), index = m_index, layers = m_session->comparisons(),
                    text = m_text.trimmed().toStdString()](const base::JobContext&) -> base::Result<Answer> {
        auto known = index ? index : concepts::WordIndex::make(tokens);
        Found found = search(*known, layers, text);
        return Answer(std::move(known), std::move(found));
    };
    auto done = [this](base::Result<Answer> answer) {
        m_job = 0;
        const bool current = m_session && m_session->isOpen() && answer
            && answer.value().first->tokens() == m_session->results()->tokens();
        if (current) {
            m_index = answer.value().first;
            show(std::move(answer.value().second));
        }
        if (std::exchange(m_again, false) || (answer && !current))
            start();
        Q_EMIT searchingChanged();
    };
    m_job = m_jobs->start<Answer>({}, this, std::move(work), std::move(done));
    Q_EMIT searchingChanged();
}

void SearchModel::show(Found found)
{
    beginResetModel();
    m_found = std::move(found);
    endResetModel();
    Q_EMIT countChanged();
    Q_EMIT resultsChanged();
}

QStringList SearchModel::words() const
{
    QStringList texts;
    for (const base::WordId id : m_found.words) {
        texts.append(tr("%1 (%2)").arg(
            shownWord(m_index->tokens()->corpus().word(id)), countText(m_index->occurrences(id).size())));
    }
    return texts;
}

QString SearchModel::word() const
{
    if (m_found.words.empty())
        return {};
    const auto word = m_index->tokens()->corpus().word(m_found.words.front());
    return QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
}

QString SearchModel::wordTitle() const
{
    return m_found.words.empty() ? QString()
                                 : shownWord(m_index->tokens()->corpus().word(m_found.words.front()));
}

QString SearchModel::summary() const
{
    if (m_text.trimmed().isEmpty())
        return tr("Type the beginning of a word");
    if (m_found.words.empty())
        return isSearching() ? tr("Searching…")
                             : tr("No analysed word begins with “%1”").arg(m_text.trimmed());
    const std::size_t words = m_found.words.size();
    const QString occurrences = occurrencesText(m_found.occurrences);
    return words == 1 ? tr("%1 of one word").arg(occurrences)
                      : tr("%1 of %2 words").arg(occurrences, countText(words));
}

int SearchModel::layerAt(int row) const
{
    return row < 0 || row >= count() ? -1 : m_found.rows[static_cast<std::size_t>(row)].comparison->layerA;
}

Selection::Side SearchModel::sideAt(int row) const
{
    return row < 0 || row >= count() ? Selection::Base : m_found.rows[static_cast<std::size_t>(row)].ref.side;
}

int SearchModel::conceptAt(int row) const
{
    return row < 0 || row >= count()
        ? -1
        : static_cast<int>(base::toIndex(m_found.rows[static_cast<std::size_t>(row)].ref.id));
}

QVariant SearchModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_found.rows[static_cast<std::size_t>(index.row())];
    const auto& concepts = conceptsOf(*row.comparison, row.ref.side);
    switch (role) {
    case LayerRole:
        return row.comparison->layerA;
    case LayerTextRole:
        return tr("Layer %1").arg(row.comparison->layerA);
    case SideRole:
        return static_cast<int>(row.ref.side);
    case SideTextRole:
        return sideText(row.ref.side);
    case ConceptIdRole:
        return static_cast<int>(base::toIndex(row.ref.id));
    case Qt::DisplayRole:
    case TitleRole:
        return conceptTitle(m_annotations, *row.comparison, row.ref);
    case WordsRole:
        return topWords(concepts, row.ref.id, 3);
    case CountTextRole:
        return tr("%1 of its %2").arg(countText(row.hits), countText(concepts.size(row.ref.id)));
    case ShareRole:
        return row.hits / static_cast<double>(std::max<std::size_t>(1, m_found.occurrences));
    default:
        return {};
    }
}

QHash<int, QByteArray> SearchModel::roleNames() const
{
    return {{LayerRole, "layerNumber"}, {LayerTextRole, "layerText"}, {SideRole, "side"},
        {SideTextRole, "sideText"}, {ConceptIdRole, "conceptId"}, {TitleRole, "title"},
        {WordsRole, "conceptWords"}, {CountTextRole, "countText"}, {ShareRole, "share"}};
}

} // namespace palimpsest::app
