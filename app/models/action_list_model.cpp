#include "models/action_list_model.h"

#include <QKeySequence>

#include <algorithm>

namespace palimpsest::app {

std::optional<int> fuzzyScore(const QString& typed, const QString& text)
{
    // The best of all ways to find the letters in this order: best[j] ends with the present letter at j.
    constexpr int kStart = 12, kRow = 8, kHit = 2, kNever = -100000;
    const QString letters = typed.toCaseFolded().remove(QLatin1Char(' '));
    const QString inText = text.toCaseFolded();
    if (letters.isEmpty())
        return 0;
    const auto size = static_cast<std::size_t>(inText.size());
    std::vector<int> before(size, kNever), best(size, kNever);
    for (qsizetype i = 0; i < letters.size(); ++i) {
        int reach = i == 0 ? 0 : kNever; // best of `before` up to j-1, less what was skipped since
        for (std::size_t j = 0; j < size; ++j) {
            best[j] = kNever;
            const auto at = static_cast<qsizetype>(j);
            if (inText[at] == letters[i]) {
                const bool start = j == 0 || !inText[at - 1].isLetterOrNumber();
                best[j] = reach + kHit + (start ? kStart : 0);
                if (i > 0 && j > 0)
                    best[j] = std::max(best[j], before[j - 1] + kHit + kRow + (start ? kStart : 0));
            }
            reach = std::max(reach, i == 0 ? 0 : before[j]) - (i == 0 ? 0 : 1);
        }
        std::swap(before, best);
    }
    const int score = size == 0 ? kNever : *std::ranges::max_element(before);
    // Among equal hits the shorter text.
    return score < kNever / 2 ? std::nullopt : std::optional(score * 4 - static_cast<int>(size) / 4);
}

void ActionListModel::setActions(Actions* actions)
{
    if (actions == m_actions)
        return;
    if (m_actions)
        disconnect(m_actions, nullptr, this, nullptr);
    m_actions = actions;
    const auto changed = [this] {
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0), index(count() - 1), {TitleRole, EnabledRole});
    };
    if (actions)
        connect(actions, &Actions::stateChanged, this, changed);
    rebuild();
    Q_EMIT actionsChanged();
}

void ActionListModel::setFilter(const QString& filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    rebuild();
    Q_EMIT filterChanged();
}

void ActionListModel::setBrief(bool brief)
{
    if (brief == m_brief)
        return;
    m_brief = brief;
    rebuild();
    Q_EMIT filterChanged();
}

void ActionListModel::rebuild()
{
    beginResetModel();
    m_rows.clear();
    std::vector<std::pair<int, std::size_t>> hits;
    const std::size_t all = m_actions ? m_actions->all().size() : 0;
    for (std::size_t at = 0; at < all; ++at) {
        const auto& action = m_actions->all()[at];
        if (m_brief && action.rare && m_filter.isEmpty())
            continue;
        auto score = fuzzyScore(m_filter, action.title);
        if (!score)
            if (const auto whole
                = fuzzyScore(m_filter, Actions::groupTitle(action.group) + QLatin1Char(' ') + action.title))
                score = *whole - 20;
        if (score)
            hits.emplace_back(*score, at);
    }
    std::ranges::stable_sort(hits, std::ranges::greater{}, &std::pair<int, std::size_t>::first);
    if (m_filter.isEmpty())
        std::ranges::sort(hits, {}, &std::pair<int, std::size_t>::second);
    for (const auto& [score, at] : hits)
        m_rows.push_back(at);
    endResetModel();
    Q_EMIT countChanged();
}

void ActionListModel::trigger(int row)
{
    if (row >= 0 && row < count())
        m_actions->trigger(m_actions->all()[m_rows[static_cast<std::size_t>(row)]].id);
}

int ActionListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant ActionListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid) || !m_actions)
        return {};
    const auto& action = m_actions->all()[m_rows[static_cast<std::size_t>(index.row())]];
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole:
        return action.title;
    case ActionIdRole:
        return action.id;
    case GroupRole:
        return Actions::groupTitle(action.group);
    case KeysTextRole:
        return action.keys.isEmpty() ? QString()
                                     : QKeySequence(action.keys.front(), QKeySequence::PortableText)
                                           .toString(QKeySequence::NativeText);
    case SequencesRole:
        return action.ownKeys ? action.keys : QStringList();
    case EnabledRole:
        return m_actions->isEnabled(action);
    default:
        return {};
    }
}

QHash<int, QByteArray> ActionListModel::roleNames() const
{
    return {{ActionIdRole, "actionId"}, {TitleRole, "title"}, {GroupRole, "group"},
        {KeysTextRole, "keysText"}, {SequencesRole, "keySequences"}, {EnabledRole, "possible"}};
}

} // namespace palimpsest::app
