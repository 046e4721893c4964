#include "models/recent_projects_model.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

namespace palimpsest::app {

namespace {

constexpr int kMost = 10;

QString recentKey()
{
    return QStringLiteral("recentProjects");
}

} // namespace

RecentProjectsModel::RecentProjectsModel(QObject* parent)
    : QAbstractListModel(parent)
    , m_paths(QSettings().value(recentKey()).toStringList())
{
}

void RecentProjectsModel::add(const QString& path)
{
    QStringList paths = m_paths;
    paths.removeAll(path);
    paths.prepend(path);
    setPaths(paths.mid(0, kMost));
}

void RecentProjectsModel::remove(const QString& path)
{
    QStringList paths = m_paths;
    paths.removeAll(path);
    setPaths(paths);
}

int RecentProjectsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_paths.size());
}

QVariant RecentProjectsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const QString& path = m_paths[index.row()];
    switch (role) {
    case PathRole:
        return path;
    case Qt::DisplayRole:
    case NameRole:
        return QFileInfo(path).completeBaseName();
    case FolderRole: {
        QString folder = QFileInfo(path).absolutePath();
        if (folder.startsWith(QDir::homePath()))
            folder.replace(0, QDir::homePath().size(), QStringLiteral("~"));
        return folder;
    }
    default:
        return {};
    }
}

QHash<int, QByteArray> RecentProjectsModel::roleNames() const
{
    return {{PathRole, "path"}, {NameRole, "name"}, {FolderRole, "folder"}};
}

void RecentProjectsModel::setPaths(const QStringList& paths)
{
    if (paths == m_paths)
        return;
    beginResetModel();
    m_paths = paths;
    endResetModel();
    QSettings().setValue(recentKey(), m_paths);
    Q_EMIT countChanged();
}

} // namespace palimpsest::app
