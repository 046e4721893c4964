#include "bridge/job_list_model.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace palimpsest::app {

namespace {

bool isActive(JobListModel::State state)
{
    return state == JobListModel::Waiting || state == JobListModel::Running;
}

QString stateText(JobListModel::State state)
{
    switch (state) {
    case JobListModel::Waiting:
        return JobListModel::tr("Waiting");
    case JobListModel::Running:
        return JobListModel::tr("Running");
    case JobListModel::Done:
        return JobListModel::tr("Done");
    case JobListModel::Failed:
        return JobListModel::tr("Failed");
    case JobListModel::Cancelled:
        return JobListModel::tr("Cancelled");
    }
    return {};
}

} // namespace

QString timeLeftText(double seconds)
{
    if (seconds < 0.0)
        return {};
    if (seconds < 10.0)
        return JobListModel::tr("a few seconds left");
    if (seconds < 60.0)
        return JobListModel::tr("about %1 s left").arg(5 * static_cast<int>(std::ceil(seconds / 5.0)));
    const int minutes = static_cast<int>(std::ceil(seconds / 60.0));
    if (minutes < 60)
        return JobListModel::tr("about %1 min left").arg(minutes);
    return JobListModel::tr("about %1 h %2 min left").arg(minutes / 60).arg(minutes % 60);
}

int JobListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant JobListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case JobIdRole:
        return row.id;
    case Qt::DisplayRole:
    case TitleRole:
        return row.title;
    case FractionRole:
        return row.fraction;
    case StateRole:
        return row.state;
    case StateTextRole:
        return stateText(row.state);
    case MessageRole:
        return row.message;
    case SecondsLeftRole:
        return row.secondsLeft;
    case TimeLeftTextRole:
        return isActive(row.state) ? timeLeftText(row.secondsLeft) : QString();
    case ActiveRole:
        return isActive(row.state);
    case WarningsRole:
        return row.warnings.join(QLatin1Char('\n'));
    default:
        return {};
    }
}

QHash<int, QByteArray> JobListModel::roleNames() const
{
    return {
        {JobIdRole, "jobId"},
        {TitleRole, "title"},
        {FractionRole, "fraction"},
        {StateRole, "jobState"},
        {StateTextRole, "stateText"},
        {MessageRole, "message"},
        {SecondsLeftRole, "secondsLeft"},
        {TimeLeftTextRole, "timeLeftText"},
        {ActiveRole, "active"},
        {WarningsRole, "warnings"},
    };
}

const JobListModel::Row* JobListModel::find(int id) const
{
    const int row = indexOf(id);
    return row < 0 ? nullptr : &m_rows[static_cast<std::size_t>(row)];
}

void JobListModel::insert(Row row)
{
    beginInsertRows({}, 0, 0);
    m_rows.insert(m_rows.begin(), std::move(row));
    endInsertRows();
    Q_EMIT countChanged();
}

void JobListModel::update(const Row& row)
{
    const int at = indexOf(row.id);
    if (at < 0)
        return;
    m_rows[static_cast<std::size_t>(at)] = row;
    Q_EMIT dataChanged(index(at), index(at));
}

void JobListModel::remove(int id)
{
    const int at = indexOf(id);
    if (at < 0)
        return;
    beginRemoveRows({}, at, at);
    m_rows.erase(m_rows.begin() + at);
    endRemoveRows();
    Q_EMIT countChanged();
}

void JobListModel::removeEnded()
{
    for (std::size_t at = m_rows.size(); at-- > 0;) {
        if (!isActive(m_rows[at].state))
            remove(m_rows[at].id);
    }
}

int JobListModel::indexOf(int id) const
{
    const auto found = std::ranges::find(m_rows, id, &Row::id);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

} // namespace palimpsest::app
