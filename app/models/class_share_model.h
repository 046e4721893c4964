#pragma once
// The polarity of one concept: how its members spread over the classes of the corpus.
// Thread: GUI.

#include <QtQml/qqmlregistration.h>

#include "models/concept_access.h"
#include "models/rows_model.h"

namespace palimpsest::app {

/// One row per class of the corpus, in its order; a last row for members without a class, if there are any.
class ClassShareModel : public RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the models of a concept")

public:
    enum Role {
        NameRole = Qt::UserRole + 1, ///< of the class
        ClassIndexRole, ///< index for the colour of the class; -1 for members without one
        CountTextRole, ///< members: "1,234"
        ShareRole, ///< of all members, 0..1
        ShareTextRole, ///< "93 %"
    };
    Q_ENUM(Role)

    using RowsModel::RowsModel;

    void setConcept(const concepts::ConceptSet& concepts, base::ClusterId id);
    void clear();

    int count() const override { return static_cast<int>(m_rows.size()); }
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    struct Row {
        QString name;
        int classIndex = -1;
        std::size_t count = 0;
    };
    void setRows(std::vector<Row> rows, std::size_t total);

    std::vector<Row> m_rows;
    std::size_t m_total = 0;
};

} // namespace palimpsest::app
