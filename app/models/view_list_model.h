#pragma once
// The views of the window, in the order of the rail.
// Thread: GUI.

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <span>
#include <string_view>

namespace palimpsest::app {

/// One view; qml/shell/ViewStack.qml puts its QML type at the same place.
struct ViewDescriptor {
    const char* id; ///< also the stem of screenshots
    const char* title; ///< translated with the context "Views"
    const char* icon; ///< file below the folder of icons
};

/// The first views have Ctrl+1 to Ctrl+9.
inline constexpr int kViewsWithKeys = 9;

/// The list that a new view is added to.
[[nodiscard]] std::span<const ViewDescriptor> viewRegistry();
/// The place of a view in the list; -1: there is none of this id.
[[nodiscard]] int viewIndex(std::string_view id);

class ViewListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(int count READ count CONSTANT FINAL)

public:
    enum Role {
        ViewIdRole = Qt::UserRole + 1,
        TitleRole,
        IconRole, ///< URL of the icon
        ShortcutRole, ///< "Ctrl+1", "Ctrl+2", …; empty where there is none
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    int count() const { return rowCount(); }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
};

} // namespace palimpsest::app
