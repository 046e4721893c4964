#pragma once
// Labels with counts and bars: how the members of a concept spread over a label set, or what a new set holds.
// Thread: GUI.

#include <QtQml/qqmlregistration.h>

#include <vector>

#include "models/rows_model.h"

namespace palimpsest::app {

class LabelShareModel : public RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the models of labels")

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        CountTextRole, ///< "1,234"
        FractionRole, ///< of the whole, 0..1
        ShareTextRole, ///< "93 %"
        NoneRole, ///< members without a label
    };
    Q_ENUM(Role)

    struct Row {
        QString name;
        std::size_t count = 0;
        bool none = false;
        bool operator==(const Row&) const = default;
    };

    using RowsModel::RowsModel;

    void setRows(std::vector<Row> rows, std::size_t whole);

    int count() const override { return static_cast<int>(m_rows.size()); }
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<Row> m_rows;
    std::size_t m_whole = 0;
};

} // namespace palimpsest::app
