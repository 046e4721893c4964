#pragma once
// The jobs that a person should know of, newest first: what runs, what waits, what ended and how.
// Thread: GUI. Rows are changed by JobController only.

#include <QAbstractListModel>
#include <QString>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include <vector>

namespace palimpsest::app {

class JobListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by JobController")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    enum State { Waiting, Running, Done, Failed, Cancelled };
    Q_ENUM(State)

    enum Role {
        JobIdRole = Qt::UserRole + 1, ///< fits JobController::cancel
        TitleRole, ///< what the job is for: "Analysing movies"
        FractionRole, ///< 0..1
        StateRole, ///< State
        StateTextRole, ///< the state as a word
        MessageRole, ///< what it is doing; after a failure the sentence that says why
        SecondsLeftRole, ///< negative while unknown
        TimeLeftTextRole, ///< "about 2 min left"; empty while unknown
        ActiveRole, ///< waits or runs
        WarningsRole, ///< sentences about what was left out, one a line
    };
    Q_ENUM(Role)

    struct Row {
        int id = 0;
        QString title{};
        double fraction = 0.0;
        State state = Waiting;
        QString message{};
        double secondsLeft = -1.0;
        QStringList warnings{};
    };

    using QAbstractListModel::QAbstractListModel;

    int count() const { return rowCount(); }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    const Row* find(int id) const; ///< null when the job is not listed
    void insert(Row row);
    void update(const Row& row); ///< ignored when the job is not listed
    void remove(int id);
    /// Removes all rows that are neither waiting nor running.
    Q_INVOKABLE void removeEnded();

Q_SIGNALS:
    void countChanged();

private:
    int indexOf(int id) const;
    std::vector<Row> m_rows;
};

/// "about 2 min left", "a few seconds left"; empty for negative seconds.
QString timeLeftText(double seconds);

} // namespace palimpsest::app
