#pragma once
// One concept followed through the columns of a flow: in each, the concept that holds most of its members.
// Thread: GUI.

#include <QPointer>
#include <QtQml/qqmlregistration.h>

#include "align/flow.h"
#include "bridge/annotations.h"
#include "models/concept_access.h"
#include "models/rows_model.h"

namespace palimpsest::app {

class LineageListModel : public RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by FlowModel")

public:
    enum Role {
        PlaceRole = Qt::UserRole + 1, ///< "Base, layer 3"
        FineTunedRole,
        TitleRole, ///< its name, else "Concept 17"
        WordsRole,
        ShareTextRole, ///< "holds 93 % of it, which is 40 % of this concept"
        FractionRole, ///< of the followed concept, 0..1
        CurrentRole, ///< the followed concept itself
    };
    Q_ENUM(Role)

    using RowsModel::RowsModel;

    using Flow = std::shared_ptr<const align::Flow>;
    using Lineage = std::shared_ptr<const align::Lineage>;
    /// `column`: of the followed concept. Null clears.
    void setLineage(Flow flow, Lineage lineage, std::size_t column);
    /// Where names come from; null: from nowhere.
    void setAnnotations(Annotations* annotations);
    const Lineage& lineage() const { return m_lineage; }
    int layerAt(int row) const;
    ConceptRef conceptAt(int row) const; ///< `row` is one of the list's

    int count() const override { return m_lineage ? static_cast<int>(m_lineage->steps.size()) : 0; }
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    QPointer<Annotations> m_annotations;
    Flow m_flow;
    Lineage m_lineage;
    std::size_t m_column = 0;
};

} // namespace palimpsest::app
