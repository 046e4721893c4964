#include "models/word_table_model.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>

#include "models/concept_text.h"

namespace palimpsest::app {

namespace {

std::uint32_t total(const ComparedWord& word)
{
    return word.countBase + word.countFineTuned;
}

} // namespace

void WordTableModel::setConcept(
    const std::shared_ptr<const concepts::ConceptSet>& concepts, base::ClusterId id)
{
    std::vector<ComparedWord> words;
    for (const auto& [word, count] : concepts->words(id))
        words.push_back({word, count, 0});
    setWords(concepts, std::move(words));
}

void WordTableModel::setWords(
    std::shared_ptr<const concepts::ConceptSet> concepts, std::vector<ComparedWord> words)
{
    replaceRows(m_words, std::move(words), [&] {
        m_concepts = std::move(concepts);
        m_largest = 0;
        for (const ComparedWord& word : m_words)
            m_largest = std::max(m_largest, total(word));
    });
}

void WordTableModel::clear()
{
    if (m_concepts)
        setWords(nullptr, {});
}

QString WordTableModel::wordAt(int row) const
{
    if (row < 0 || row >= count())
        return {};
    return wordText(*m_concepts, m_words[static_cast<std::size_t>(row)].word);
}

QString WordTableModel::asText() const
{
    QString text = tr("Word\tCount") + QLatin1Char('\n');
    for (int row = 0; row < count(); ++row)
        text += wordAt(row) + QLatin1Char('\t')
            + QString::number(total(m_words[static_cast<std::size_t>(row)])) + QLatin1Char('\n');
    return text;
}

void WordTableModel::copy() const
{
    QGuiApplication::clipboard()->setText(asText());
}

QVariant WordTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ComparedWord& word = m_words[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case WordRole:
        return wordAt(index.row());
    case CountRole:
        return total(word);
    case CountTextRole:
        if (word.countBase > 0 && word.countFineTuned > 0)
            return tr("%1 · %2").arg(countText(word.countBase), countText(word.countFineTuned));
        return countText(total(word));
    case FractionRole:
        return static_cast<double>(total(word)) / m_largest;
    default:
        return {};
    }
}

QHash<int, QByteArray> WordTableModel::roleNames() const
{
    return {
        {WordRole, "word"}, {CountRole, "count"}, {CountTextRole, "countText"}, {FractionRole, "fraction"}};
}

} // namespace palimpsest::app
