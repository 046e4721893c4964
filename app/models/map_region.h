#pragma once
// What a lasso on the map holds: words and concepts with counts.
// Thread: GUI.

#include <QPointer>
#include <QtQml/qqmlregistration.h>

#include <vector>

#include "bridge/annotations.h"
#include "figures/scatter_points.h"
#include "models/concept_access.h"
#include "models/rows_model.h"
#include "models/word_table_model.h"

namespace palimpsest::app {

/// The concepts of the region, most occurrences in it first.
class MapRegion : public RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by MapModel")
    Q_PROPERTY(int occurrences READ occurrences NOTIFY changed FINAL)
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    Q_PROPERTY(palimpsest::app::WordTableModel* words READ words CONSTANT FINAL)

public:
    enum Role {
        ConceptIdRole = Qt::UserRole + 1,
        WordsRole, ///< its most frequent words
        CountTextRole, ///< "12 of 40": occurrences in the region, of all of the concept
        FractionRole, ///< 12 / 40
        FineTunedRole,
        TitleRole, ///< its name, else "Concept 17"
    };
    Q_ENUM(Role)

    using RowsModel::RowsModel;

    void setAnnotations(Annotations* annotations); ///< null: concepts have no names
    /// `rows` of the comparison's occurrences; null: nothing.
    void set(const Comparison& comparison, Selection::Side side, ScatterRows rows);
    void clear() { set(nullptr, Selection::Base, nullptr); }
    const ScatterRows& rows() const { return m_rows; }

    int count() const override { return static_cast<int>(m_concepts.size()); }
    int occurrences() const { return m_rows ? static_cast<int>(m_rows->size()) : 0; }
    QString title() const; ///< "1,234 occurrences, 87 words, 12 concepts"; empty without a region
    WordTableModel* words() { return &m_words; }
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void changed();

private:
    struct Row {
        base::ClusterId id{};
        std::uint32_t inside = 0;
    };
    QPointer<Annotations> m_annotations;
    Comparison m_comparison;
    Selection::Side m_side = Selection::Base;
    ScatterRows m_rows;
    std::vector<Row> m_concepts;
    WordTableModel m_words;
};

} // namespace palimpsest::app
