#pragma once
// The names that have room on a scatter figure, as a short list for QML.
// Thread: GUI.

#include <QAbstractListModel>
#include <QFontMetricsF>
#include <QtQml/qqmlregistration.h>

#include <vector>

#include "figures/scatter_points.h"
#include "figures/scatter_viewport.h"

namespace palimpsest::app {

class ScatterLabels : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by a scatter figure")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    enum Role {
        TextRole = Qt::UserRole + 1,
        XRole, ///< left edge in the item
        YRole, ///< upper edge
        IdRole, ///< as in ScatterName
    };
    Q_ENUM(Role)
    static constexpr int kMost = 48;

    using QAbstractListModel::QAbstractListModel;

    /// The names in their order, as long as they lie inside of the item and on no earlier one.
    void choose(const ScatterNames& names, const ScatterViewport& viewport, double morph, QSizeF size,
        const QFontMetricsF& metrics);
    /// Moves the chosen ones along.
    void follow(const ScatterViewport& viewport, double morph);

    int count() const { return rowCount(); }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();

private:
    struct Row {
        ScatterName name;
        QSizeF size;
        QPointF corner;
    };
    static QPointF cornerOf(
        const ScatterName& name, QSizeF size, const ScatterViewport& viewport, double morph);

    std::vector<Row> m_rows;
};

} // namespace palimpsest::app
