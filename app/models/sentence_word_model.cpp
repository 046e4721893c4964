#include "models/sentence_word_model.h"

#include <algorithm>
#include <cmath>

#include "models/concept_text.h"
#include "models/number_text.h"
#include "models/word_mask.h"

namespace palimpsest::app {

namespace {

QString nearestText(const QString& model, const concepts::NearestConcept& nearest)
{
    return SentenceWordModel::tr("%1 %2, distance %3, confidence %4, typical %5")
        .arg(model)
        .arg(base::toIndex(nearest.id))
        .arg(nearest.distance, 0, 'f', 2)
        .arg(percentText(nearest.confidence), percentText(nearest.typicality));
}

} // namespace

void SentenceWordModel::setAnswer(std::vector<std::string> words, pipeline::SentenceAnswer answer)
{
    // A word more or less is a new sentence; other numbers of the same words leave the rows where they are.
    const bool sameWords = words == m_words && answer.concepts.has_value() == m_answer.concepts.has_value();
    if (!sameWords)
        beginResetModel();
    m_words = std::move(words);
    m_answer = std::move(answer);
    m_largest = 0.0;
    for (std::size_t word = 0; word < m_words.size(); ++word)
        m_largest = std::max(m_largest, std::abs(scoreOf(word)));
    if (!sameWords)
        endResetModel();
    else if (!m_words.empty())
        Q_EMIT dataChanged(index(0), index(count() - 1));
    Q_EMIT countChanged();
}

QList<int> SentenceWordModel::layers() const
{
    return m_answer.concepts ? QList<int>(m_answer.concepts->layers.begin(), m_answer.concepts->layers.end())
                             : QList<int>();
}

int SentenceWordModel::leavingCount() const
{
    std::ptrdiff_t leaving = 0;
    if (m_answer.concepts) {
        for (const auto& cells : m_answer.concepts->cells)
            leaving += std::ranges::count(cells, true, &pipeline::ConceptCell::leaves);
    }
    return static_cast<int>(leaving);
}

double SentenceWordModel::scoreOf(std::size_t word) const
{
    return m_answer.attribution && word < m_answer.attribution->words.size()
        ? m_answer.attribution->words[word]
        : 0.0;
}

QVariantList SentenceWordModel::cellsOf(std::size_t word) const
{
    QVariantList list;
    if (!m_answer.concepts || word >= m_answer.concepts->cells.size())
        return list;
    const pipeline::SentenceConcepts& located = *m_answer.concepts;
    for (std::size_t l = 0; l < located.cells[word].size(); ++l) {
        const pipeline::ConceptCell& cell = located.cells[word][l];
        const align::LayerComparison& comparison = *located.comparisons[l];
        const auto number = [](base::ClusterId id) { return static_cast<int>(base::toIndex(id)); };
        const QString baseWords = topWords(*comparison.a, cell.base.id, 4);
        const QString fineTunedWords = topWords(*comparison.b, cell.fineTuned.id, 4);
        const QString detail = QStringLiteral("%1\n%2\n%3\n%4\n%5")
                                   .arg(nearestText(tr("Base concept"), cell.base), baseWords,
                                       nearestText(tr("Fine-tuned concept"), cell.fineTuned), fineTunedWords,
                                       cell.leaves ? tr("Here the fine-tuned model leaves the base")
                                                   : tr("Here the two models agree"));
        list.append(QVariantMap{{QStringLiteral("layer"), located.layers[l]},
            {QStringLiteral("baseId"), number(cell.base.id)},
            {QStringLiteral("fineTunedId"), number(cell.fineTuned.id)},
            {QStringLiteral("leaves"), cell.leaves},
            {QStringLiteral("text"),
                QStringLiteral("%1 → %2").arg(number(cell.base.id)).arg(number(cell.fineTuned.id))},
            {QStringLiteral("words"), topWords(*comparison.b, cell.fineTuned.id, 2)},
            {QStringLiteral("detail"), detail}});
    }
    return list;
}

QVariant SentenceWordModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto word = static_cast<std::size_t>(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case WordRole:
        return shownWord(m_words[word]);
    case ScoreRole:
        return scoreOf(word);
    case MagnitudeRole:
        return m_largest > 0.0 ? std::abs(scoreOf(word)) / m_largest : 0.0;
    case ScoreTextRole:
        return m_answer.attribution ? QString::asprintf("%+.2f", scoreOf(word)) : QString();
    case CellsRole:
        return cellsOf(word);
    case DescriptionRole:
        return m_answer.attribution
            ? tr("%1, attribution %2").arg(shownWord(m_words[word]), QString::number(scoreOf(word), 'f', 2))
            : shownWord(m_words[word]);
    default:
        return {};
    }
}

QHash<int, QByteArray> SentenceWordModel::roleNames() const
{
    return {{WordRole, "word"}, {ScoreRole, "score"}, {MagnitudeRole, "magnitude"},
        {ScoreTextRole, "scoreText"}, {CellsRole, "cells"}, {DescriptionRole, "description"}};
}

} // namespace palimpsest::app
