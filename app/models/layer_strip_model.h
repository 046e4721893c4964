#pragma once
// The layers of the open project with their kept share: the strip at the bottom of the window.
// Thread: GUI.

#include <QAbstractListModel>
#include <QPointer>
#include <QtQml/qqmlregistration.h>

#include "bridge/study_session.h"

namespace palimpsest::app {

class LayerStripModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        palimpsest::app::StudySession* session READ session WRITE setSession NOTIFY sessionChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    enum Role {
        LayerRole = Qt::UserRole + 1, ///< number of the layer
        CurrentRole, ///< it is the layer that is looked at
        KeptShareRole, ///< kept base concepts / base concepts, 0..1; -1 while it is computed
        KeptTextRole, ///< "79 %"; empty while it is computed
        DescriptionRole, ///< the row as a sentence, for tool tips and screen readers
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    StudySession* session() const { return m_session; }
    void setSession(StudySession* session);
    int count() const { return rowCount(); }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void sessionChanged();
    void countChanged();

private:
    void reset();
    const align::LayerSummary* summary(int row) const;
    void changed(const QList<int>& roles);

    QPointer<StudySession> m_session;
    QList<int> m_layers;
};

} // namespace palimpsest::app
