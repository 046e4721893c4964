#include "models/words_model.h"

#include <algorithm>
#include <utility>

#include "models/concept_text.h"
#include "models/word_mask.h"

namespace palimpsest::app {

namespace {

constexpr std::size_t kNearWords = 60;
constexpr std::size_t kNearMinimumCount = 2;

QString textOf(const corpus::Corpus& corpus, base::WordId word)
{
    const std::string_view text = corpus.word(word);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::optional<base::WordId> lookUp(const concepts::WordIndex& index, const std::string& typed)
{
    if (typed.empty())
        return std::nullopt;
    if (const auto exact = index.exactly(typed))
        return exact;
    const auto hits = index.find(typed, 1);
    return hits.empty() ? std::nullopt : std::optional(hits.front());
}

/// Something worth looking at where nobody has asked yet: of the frequent words one that left the base model.
std::optional<base::WordId> firstWord(const concepts::WordIndex& index, const std::vector<Comparison>& layers)
{
    const auto& vocabulary = index.tokens()->corpus().parts().vocabulary;
    std::vector<base::WordId> words;
    for (std::size_t word = 0; word < vocabulary.size(); ++word) {
        const auto id = base::toId<base::WordId>(word);
        if (vocabulary[word].size() > 3 && !index.occurrences(id).empty())
            words.push_back(id);
    }
    std::ranges::stable_sort(
        words, std::ranges::greater{}, [&](base::WordId word) { return index.occurrences(word).size(); });
    words.resize(std::min<std::size_t>(words.size(), 200));
    for (const base::WordId word : words)
        if (align::leavesBaseAt(align::wordPath(layers, index.occurrences(word))))
            return word;
    return words.empty() ? std::nullopt : std::optional(words.front());
}

} // namespace

void WordPathModel::setRows(std::vector<Row> rows)
{
    replaceRows(m_rows, std::move(rows));
}

void WordPathModel::setAnnotations(Annotations* annotations)
{
    followNames(*this, m_annotations, annotations, {BaseTitleRole, FineTunedTitleRole, DescriptionRole});
}

QString WordPathModel::titleOf(const Row& row, ConceptRef ref) const
{
    return conceptTitle(m_annotations, *row.layer, ref);
}

/// `role` is one of the roles of the base model.
QVariant WordPathModel::standData(const Row& row, Selection::Side side, int role) const
{
    const align::WordStand& stand = side == Selection::Base ? row.step.base : row.step.fineTuned;
    switch (role) {
    case BaseIdRole:
        return static_cast<int>(base::toIndex(stand.id));
    case BaseTitleRole:
        return titleOf(row, {side, stand.id});
    case BaseWordsRole:
        return topWords(conceptsOf(*row.layer, side), stand.id, 3);
    case BaseShareRole:
        return stand.count / static_cast<double>(std::max(1U, row.step.occurrences));
    default:
        return stand.concepts == 1
            ? tr("all %1").arg(countText(stand.count))
            : tr("%1 of %2, %3 concepts")
                  .arg(countText(stand.count), countText(row.step.occurrences), countText(stand.concepts));
    }
}

QString WordPathModel::descriptionOf(const Row& row) const
{
    return tr("Layer %1, base %2, fine-tuned %3, %4 stayed together")
        .arg(QString::number(row.step.layer), titleOf(row, {Selection::Base, row.step.base.id}),
            titleOf(row, {Selection::FineTuned, row.step.fineTuned.id}), percentText(row.step.stayedShare()));
}

WordPathLayer WordPathModel::layerOf(const Row& row) const
{
    const auto stand = [&](Selection::Side side) {
        return WordPathStand{standData(row, side, BaseTitleRole).toString(),
            standData(row, side, BaseWordsRole).toString(), standData(row, side, BaseTextRole).toString(),
            standData(row, side, BaseShareRole).toDouble()};
    };
    return {row.step.layer, stand(Selection::Base), stand(Selection::FineTuned), row.step.stayedShare(),
        row.left, row.secondBase, row.secondFineTuned, descriptionOf(row)};
}

QVariant WordPathModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role >= BaseIdRole && role <= BaseTextRole)
        return standData(row, Selection::Base, role);
    if (role >= FineTunedIdRole && role <= FineTunedTextRole)
        return standData(row, Selection::FineTuned, role - FineTunedIdRole + BaseIdRole);
    switch (role) {
    case LayerRole:
        return row.step.layer;
    case StayedRole:
        return row.step.stayedShare();
    case StayedTextRole:
        return percentText(row.step.stayedShare());
    case LeftRole:
        return row.left;
    case SecondBaseRole:
        return row.secondBase;
    case SecondFineTunedRole:
        return row.secondFineTuned;
    case Qt::DisplayRole:
    case DescriptionRole:
        return descriptionOf(row);
    default:
        return {};
    }
}

QHash<int, QByteArray> WordPathModel::roleNames() const
{
    return {{LayerRole, "layerNumber"}, {BaseIdRole, "baseId"}, {BaseTitleRole, "baseTitle"},
        {BaseWordsRole, "baseWords"}, {BaseShareRole, "baseShare"}, {BaseTextRole, "baseText"},
        {FineTunedIdRole, "fineTunedId"}, {FineTunedTitleRole, "fineTunedTitle"},
        {FineTunedWordsRole, "fineTunedWords"}, {FineTunedShareRole, "fineTunedShare"},
        {FineTunedTextRole, "fineTunedText"}, {StayedRole, "stayed"}, {StayedTextRole, "stayedText"},
        {LeftRole, "hasLeft"}, {SecondBaseRole, "secondBase"}, {SecondFineTunedRole, "secondFineTuned"},
        {DescriptionRole, "description"}};
}

void NearWordModel::setRows(std::vector<Row> rows)
{
    replaceRows(m_rows, std::move(rows));
}

QString NearWordModel::wordAt(int row) const
{
    return row < 0 || row >= count() ? QString() : m_rows[static_cast<std::size_t>(row)].word;
}

QVariant NearWordModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case WordRole:
        return shownWord(row.word.toStdString());
    case SimilarityRole:
        return row.similarity;
    case SimilarityTextRole:
        return percentText(row.similarity);
    case CountTextRole:
        return countText(row.occurrences);
    default:
        return {};
    }
}

QHash<int, QByteArray> NearWordModel::roleNames() const
{
    return {{WordRole, "word"}, {SimilarityRole, "similarity"}, {SimilarityTextRole, "similarityText"},
        {CountTextRole, "countText"}};
}

void WordsModel::setSession(StudySession* session)
{
    if (session == m_session)
        return;
    if (m_session)
        disconnect(m_session, nullptr, this, nullptr);
    m_session = session;
    if (session) {
        connect(session, &StudySession::resultsChanged, this, &WordsModel::openProject);
        connect(session, &StudySession::summariesChanged, this, &WordsModel::start);
    }
    if (WordMask* mask = WordMask::instance())
        connect(mask, &WordMask::changed, this, &WordsModel::showWordsAgain, Qt::UniqueConnection);
    Q_EMIT servicesChanged();
    openProject();
}

void WordsModel::setJobs(JobController* jobs)
{
    m_jobs = jobs;
    Q_EMIT servicesChanged();
    start();
}

void WordsModel::setAnnotations(Annotations* annotations)
{
    m_annotations = annotations;
    m_path.setAnnotations(annotations);
    Q_EMIT servicesChanged();
}

void WordsModel::setActive(bool active)
{
    if (active == m_active)
        return;
    m_active = active;
    Q_EMIT activeChanged();
    if (m_active && std::exchange(m_again, false))
        start();
}

void WordsModel::showWordsAgain()
{
    if (m_found)
        start();
}

void WordsModel::setWord(const QString& word)
{
    const QString wanted = word.trimmed();
    if (wanted == m_word)
        return;
    m_word = wanted;
    Q_EMIT wordChanged();
    start();
}

void WordsModel::setSecond(const QString& second)
{
    const QString wanted = second.trimmed();
    if (wanted == m_second)
        return;
    m_second = wanted;
    Q_EMIT wordChanged();
    start();
}

void WordsModel::openProject()
{
    m_index.reset();
    m_word.clear();
    m_second.clear();
    show({});
    Q_EMIT wordChanged();
    start();
}

WordsModel::Answer WordsModel::compute(std::shared_ptr<const concepts::WordIndex> index,
    const std::vector<Comparison>& layers, const std::string& word, const std::string& second)
{
    Answer answer;
    answer.word = word.empty() ? firstWord(*index, layers) : lookUp(*index, word);
    answer.second = lookUp(*index, second);
    if (answer.word && !layers.empty()) {
        const auto path = align::wordPath(layers, index->occurrences(*answer.word));
        const std::size_t leaves = align::leavesBaseAt(path).value_or(path.size());
        std::vector<double> similarity;
        if (answer.second)
            similarity = align::wordSimilarity(layers, *index, *answer.word, *answer.second);
        for (std::size_t at = 0; at < path.size(); ++at) {
            WordPathModel::Row row{layers[at], path[at]};
            row.left = at >= leaves;
            if (answer.second) {
                row.secondBase = similarity[2 * at];
                row.secondFineTuned = similarity[2 * at + 1];
            }
            answer.path.push_back(std::move(row));
        }
        const auto& corpus = index->tokens()->corpus();
        for (const auto& [near, share] :
            align::nearestWords(layers, *index, *answer.word, kNearMinimumCount, kNearWords))
            answer.near.push_back({textOf(corpus, near), share, index->occurrences(near).size()});
    }
    answer.index = std::move(index);
    return answer;
}

void WordsModel::start()
{
    if (!m_active || m_job != 0) {
        m_again = true;
        return;
    }
    if (!m_session || !m_jobs || !m_session->isOpen() || m_session->summaries().empty())
        return;
    auto work = [tokens = m_session->results()->tokens(), index = m_index, layers = m_session->comparisons(),
                    word = m_word.toStdString(),
                    second = m_second.toStdString()](const base::JobContext&) -> base::Result<Answer> {
        return compute(index ? index : concepts::WordIndex::make(tokens), layers, word, second);
    };
    auto done = [this](const base::Result<Answer>& answer) {
        m_job = 0;
        const bool current = answer && m_session && m_session->isOpen()
            && answer.value().index->tokens() == m_session->results()->tokens();
        if (current && !m_again)
            show(answer.value());
        if (std::exchange(m_again, false) || (answer && !current))
            start();
        Q_EMIT computingChanged();
    };
    m_job = m_jobs->start<Answer>({}, this, std::move(work), std::move(done));
    Q_EMIT computingChanged();
}

void WordsModel::show(const Answer& answer)
{
    m_index = answer.index ? answer.index : m_index;
    m_found = answer.word && !answer.path.empty();
    m_secondFound = answer.second.has_value();
    m_headline = m_found ? headlineOf(answer) : QString();
    m_path.setRows(answer.path);
    m_near.setRows(answer.near);
    if (m_found) {
        const auto rows = m_index->occurrences(*answer.word);
        m_sentences.setOccurrences(answer.path.front().layer->a, {rows.begin(), rows.end()});
        const QString word = textOf(m_index->tokens()->corpus(), *answer.word);
        const QString second = m_secondFound ? textOf(m_index->tokens()->corpus(), *answer.second) : m_second;
        if (word != m_word || second != m_second) {
            m_word = word;
            m_second = second;
            Q_EMIT wordChanged();
        }
    } else {
        m_sentences.clear();
    }
    Q_EMIT resultsChanged();
}

QString WordsModel::problem() const
{
    if (m_found)
        return m_second.isEmpty() || m_secondFound ? QString()
                                                   : tr("No analysed word begins with “%1”").arg(m_second);
    if (!m_session || !m_session->isOpen())
        return tr("Open a project to follow a word through its layers");
    if (isComputing() || m_session->summaries().empty())
        return tr("Comparing the models in all layers…");
    return tr("No analysed word begins with “%1”").arg(m_word);
}

QString WordsModel::headlineOf(const Answer& answer) const
{
    const auto& corpus = answer.index->tokens()->corpus();
    const QString word = shownWord(corpus.word(*answer.word));
    const QString count = occurrencesText(answer.index->occurrences(*answer.word).size());
    const auto left = std::ranges::find(answer.path, true, &WordPathModel::Row::left);
    QString text;
    if (left == answer.path.end())
        text = tr(
            "“%1” (%2) still goes with its base concepts in the last layer: %3 of its occurrences stayed")
                   .arg(word, count, percentText(answer.path.back().step.stayedShare()));
    else if (left == answer.path.begin())
        text = tr("“%1” (%2) goes other ways than in the base model in all layers").arg(word, count);
    else
        text = tr(
            "“%1” (%2) goes with its base concepts up to layer %3 and leaves them from layer %4 on: %5 of "
            "its occurrences stayed there")
                   .arg(word, count, QString::number(std::prev(left)->step.layer),
                       QString::number(left->step.layer), percentText(left->step.stayedShare()));
    return text;
}

Figure WordsModel::figure() const
{
    if (!m_found)
        return {};
    WordPathPicture picture;
    picture.word = shownWord(m_word.toStdString());
    picture.second = shownWord(m_second.toStdString());
    for (const WordPathModel::Row& row : m_path.rows())
        picture.layers.append(m_path.layerOf(row));
    return wordPathFigure(picture);
}

} // namespace palimpsest::app
