#pragma once
// Projects opened before, the last one first; kept in the user's settings.
// Thread: GUI.

#include <QAbstractListModel>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace palimpsest::app {

class RecentProjectsModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    enum Role {
        PathRole = Qt::UserRole + 1,
        NameRole, ///< file name without its ending
        FolderRole, ///< where it lies, with ~ for the home folder
    };
    Q_ENUM(Role)

    explicit RecentProjectsModel(QObject* parent = nullptr);

    /// Moves or puts `path` to the top; the oldest beyond ten fall off.
    void add(const QString& path);
    Q_INVOKABLE void remove(const QString& path);

    int count() const { return rowCount(); }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();

private:
    void setPaths(const QStringList& paths);
    QStringList m_paths;
};

} // namespace palimpsest::app
