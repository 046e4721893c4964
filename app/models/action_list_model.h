#pragma once
// The actions as a list: all of them for shortcuts, menu and help, or those that fit what was typed.
// Thread: GUI.

#include <QAbstractListModel>
#include <QPointer>
#include <QtQml/qqmlregistration.h>

#include <optional>
#include <vector>

#include "bridge/actions.h"

namespace palimpsest::app {

class ActionListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(palimpsest::app::Actions* actions READ actions WRITE setActions NOTIFY actionsChanged FINAL)
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged FINAL)
    Q_PROPERTY(bool brief READ isBrief WRITE setBrief NOTIFY filterChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    enum Role {
        ActionIdRole = Qt::UserRole + 1,
        TitleRole,
        GroupRole, ///< title of its group
        KeysTextRole, ///< as the system writes keys; empty: none
        SequencesRole, ///< what a Shortcut is to listen to
        EnabledRole,
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    Actions* actions() const { return m_actions; }
    void setActions(Actions* actions);
    /// What is typed: the letters have to appear in this order in group and title. Best match first; empty:
    /// all in the order of menus.
    QString filter() const { return m_filter; }
    void setFilter(const QString& filter);
    /// Leaves rare actions out while nothing is typed.
    bool isBrief() const { return m_brief; }
    void setBrief(bool brief);
    Q_INVOKABLE void trigger(int row);

    int count() const { return static_cast<int>(m_rows.size()); }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void actionsChanged();
    void filterChanged();
    void countChanged();

private:
    void rebuild();

    QPointer<Actions> m_actions;
    QString m_filter;
    bool m_brief = false;
    std::vector<std::size_t> m_rows; ///< places in Actions::all()
};

/// How well `typed` fits `text`, letter case ignored: higher is better; nothing when a letter is missing.
/// Letters at starts of words and letters in a row count more, skipped ones less.
[[nodiscard]] std::optional<int> fuzzyScore(const QString& typed, const QString& text);

} // namespace palimpsest::app
