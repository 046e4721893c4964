#pragma once
// The views of the window, in the order of the rail.
// Thread: GUI.

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <span>

namespace palimpsest::app {

/// One view. Its QML type has the required properties `session` (StudySession) and `selection` (Selection).
struct ViewDescriptor {
    const char* id; ///< also the stem of screenshots
    const char* title; ///< translated with the context "Views"
    const char* source; ///< file below the folder of Palimpsest.Views
    const char* icon; ///< file below the folder of icons
};

/// The list that a new view is added to.
[[nodiscard]] std::span<const ViewDescriptor> viewRegistry();

class ViewListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(int count READ count CONSTANT FINAL)

public:
    enum Role {
        ViewIdRole = Qt::UserRole + 1,
        TitleRole,
        SourceRole, ///< URL of the QML file
        IconRole, ///< URL of the icon
        ShortcutRole, ///< "Ctrl+1", "Ctrl+2", …
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    int count() const { return rowCount(); }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
};

} // namespace palimpsest::app
