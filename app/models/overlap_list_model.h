#pragma once
// The concepts of the other model that share members with one concept, best counterpart first.
// Thread: GUI.

#include <QtQml/qqmlregistration.h>

#include <QPointer>

#include "bridge/annotations.h"
#include "models/concept_access.h"
#include "models/rows_model.h"

namespace palimpsest::app {

/// Order: most shared members first, ties to the larger share of the other concept, then to the smaller id
/// (align::Match uses the same rule, so the first row is the counterpart).
class OverlapListModel : public RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by ConceptBrowser")

public:
    enum Role {
        ConceptIdRole = Qt::UserRole + 1, ///< in the other model
        TitleRole, ///< its name, else "Concept 17"
        WordsRole, ///< three most frequent words
        SharedTextRole, ///< shared members: "1,234"
        ShareHereRole, ///< shared / members of the concept this list is about; 0..1
        ShareHereTextRole,
        ShareThereTextRole, ///< shared / members of the row's concept
    };
    Q_ENUM(Role)

    using RowsModel::RowsModel;

    void setAnnotations(Annotations* annotations); ///< may be null
    void setConcept(const Comparison& comparison, ConceptRef ref);
    void clear();

    int conceptIdAt(int row) const; ///< -1 outside of the list
    int count() const override { return static_cast<int>(m_rows.size()); }
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    void setRows(Comparison comparison, ConceptRef ref, std::vector<align::OverlapCell> rows);

    QPointer<Annotations> m_annotations;
    Comparison m_comparison;
    ConceptRef m_ref;
    std::vector<align::OverlapCell> m_rows;
};

} // namespace palimpsest::app
