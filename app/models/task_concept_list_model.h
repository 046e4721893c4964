#pragma once
// Task concepts of the shown layer, the most polar first.
// Thread: GUI. Shows a snapshot; never computes one.

#include <QPointer>
#include <QtQml/qqmlregistration.h>

#include <array>
#include <memory>
#include <vector>

#include "bridge/annotations.h"
#include "concepts/polarity.h"
#include "models/concept_access.h"
#include "models/rows_model.h"

namespace palimpsest::app {

class TaskConceptListModel : public RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by TaskPolarityModel")

public:
    enum Role {
        ConceptIdRole = Qt::UserRole + 1,
        SideRole, ///< Selection::Side
        TitleRole,
        WordsRole, ///< its most frequent words
        SizeTextRole,
        ClassIndexRole,
        ClassNameRole,
        ShareRole, ///< of the class among its occurrences, 0..1
        LowRole, ///< 95 % interval of the share
        HighRole,
        ChanceRole, ///< share of the class among all occurrences
        ShareTextRole,
        IntervalTextRole,
        CertainRole, ///< the interval lies above chance
        OtherTextRole, ///< the class's share under the other definitions
        DescriptionRole,
    };
    Q_ENUM(Role)

    struct Row {
        ConceptRef ref;
        std::size_t classIndex = 0;
        concepts::Polarity polarity; ///< under the shown definition
        std::array<double, 3> shares{}; ///< of the class, by definition; -1: nothing is known
    };

    using RowsModel::RowsModel;
    void setRows(Comparison comparison, QStringList classNames, int definition, std::vector<Row> rows);
    void setAnnotations(Annotations* annotations);
    const std::vector<Row>& rows() const { return m_rows; }
    /// The row of a concept, or -1.
    Q_INVOKABLE int rowOf(int side, int conceptId) const;

    int count() const override { return static_cast<int>(m_rows.size()); }
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    QString otherText(const Row& row) const;
    QString description(const Row& row) const;

    QPointer<Annotations> m_annotations;
    Comparison m_comparison;
    QStringList m_classNames;
    int m_definition = 0;
    std::vector<Row> m_rows;
};

} // namespace palimpsest::app
