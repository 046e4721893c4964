#include "models/sentence_list_model.h"

#include <QStringList>

#include "models/concept_text.h"
#include "models/word_mask.h"

namespace palimpsest::app {

void SentenceListModel::setConcept(std::shared_ptr<const concepts::ConceptSet> concepts, base::ClusterId id)
{
    std::vector<base::TokenId> members;
    if (concepts) {
        const auto all = concepts->members(id);
        members.assign(all.begin(), all.end());
    }
    setOccurrences(std::move(concepts), std::move(members));
}

void SentenceListModel::setOccurrences(
    std::shared_ptr<const concepts::ConceptSet> concepts, std::vector<base::TokenId> occurrences)
{
    m_members = std::move(occurrences);
    const bool hadWord = !m_word.isEmpty();
    m_word.clear();
    show(std::move(concepts));
    if (hadWord)
        Q_EMIT wordChanged();
}

void SentenceListModel::clear()
{
    if (m_concepts)
        setConcept(nullptr, {});
}

void SentenceListModel::setWord(const QString& word)
{
    if (word == m_word)
        return;
    m_word = word;
    show(m_concepts);
    Q_EMIT wordChanged();
}

void SentenceListModel::toggleWord(const QString& word)
{
    setWord(word == m_word ? QString() : word);
}

QString SentenceListModel::summary() const
{
    const QString all = occurrencesText(static_cast<std::size_t>(total()));
    return m_word.isEmpty()
        ? all
        : tr("%1 of %2, only “%3”").arg(countText(static_cast<std::size_t>(count())), all, m_word);
}

void SentenceListModel::show(std::shared_ptr<const concepts::ConceptSet> concepts)
{
    std::vector<base::TokenId> shown;
    if (concepts) {
        const std::string wanted = m_word.toStdString();
        const auto& tokens = concepts->tokens();
        for (const base::TokenId member : m_members)
            // What was clicked may be masked.
            if (wanted.empty() || tokens.corpus().word(tokens.token(member).word) == wanted
                || wordText(*concepts, tokens.token(member).word) == m_word)
                shown.push_back(member);
    }
    replaceRows(m_shown, std::move(shown), [&] { m_concepts = std::move(concepts); });
}

int SentenceListModel::total() const
{
    return static_cast<int>(m_members.size());
}

QString SentenceListModel::markup(const corpus::Token& token) const
{
    const auto& corpus = m_concepts->tokens().corpus();
    const auto words = corpus.wordsOf(token.sentence);
    QStringList parts;
    parts.reserve(static_cast<qsizetype>(words.size()));
    for (std::size_t position = 0; position < words.size(); ++position) {
        const QString word = wordText(*m_concepts, base::toId<base::WordId>(words[position])).toHtmlEscaped();
        parts.append(position == token.position ? QStringLiteral("<b><u>%1</u></b>").arg(word) : word);
    }
    return parts.join(QLatin1Char(' '));
}

QVariant SentenceListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto& tokens = m_concepts->tokens();
    const corpus::Token& token = tokens.token(m_shown[static_cast<std::size_t>(index.row())]);
    const auto& corpus = tokens.corpus();
    const std::int32_t classIndex = corpus.classOf(token.sentence);
    switch (role) {
    case Qt::DisplayRole:
    case TextRole:
        return shownText(corpus.text(token.sentence));
    case MarkupRole:
        return markup(token);
    case WordRole:
        return wordText(*m_concepts, token.word);
    case ClassIndexRole:
        return classIndex;
    case ClassNameRole:
        return classText(corpus, classIndex);
    case LineTextRole:
        return tr("line %1").arg(countText(corpus.parts().sourceLine[base::toIndex(token.sentence)]));
    default:
        return {};
    }
}

QHash<int, QByteArray> SentenceListModel::roleNames() const
{
    return {{MarkupRole, "markup"}, {TextRole, "text"}, {WordRole, "word"}, {ClassIndexRole, "classIndex"},
        {ClassNameRole, "className"}, {LineTextRole, "lineText"}};
}

} // namespace palimpsest::app
