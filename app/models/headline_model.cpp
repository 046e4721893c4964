#include "models/headline_model.h"

#include <QRegularExpression>
#include <QTextDocumentFragment>

#include <utility>

namespace palimpsest::app {

void HeadlineModel::setSentence(const QString& richText)
{
    std::vector<Word> words = split(richText);
    if (words.size() == m_words.size()) {
        m_words = std::move(words);
        if (!m_words.empty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_words = std::move(words);
    endResetModel();
}

int HeadlineModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_words.size());
}

QVariant HeadlineModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Word& word = m_words[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return QString(word.before + word.link + word.after);
    case BeforeRole:
        return word.before;
    case LinkRole:
        return word.link;
    case AfterRole:
        return word.after;
    case TargetRole:
        return word.target;
    default:
        return {};
    }
}

QHash<int, QByteArray> HeadlineModel::roleNames() const
{
    return {
        {BeforeRole, "before"},
        {LinkRole, "link"},
        {AfterRole, "after"},
        {TargetRole, "target"},
    };
}

std::vector<HeadlineModel::Word> HeadlineModel::split(const QString& richText)
{
    static const QRegularExpression anchor(
        QStringLiteral("<a href=\"([^\"]*)\">([^<]*)</a>|(\\s+)|([^\\s<]+)"));
    std::vector<Word> words;
    Word word;
    const auto finish = [&] {
        if (!word.before.isEmpty() || !word.link.isEmpty())
            words.push_back(std::exchange(word, {}));
    };
    for (auto found = anchor.globalMatch(richText); found.hasNext();) {
        const auto match = found.next();
        if (match.hasCaptured(3)) {
            finish();
        } else if (match.hasCaptured(4)) {
            (word.link.isEmpty() ? word.before : word.after) += match.captured(4);
        } else {
            if (!word.link.isEmpty())
                finish();
            word.target = match.captured(1);
            word.link = QTextDocumentFragment::fromHtml(match.captured(2)).toPlainText();
        }
    }
    finish();
    return words;
}

} // namespace palimpsest::app
