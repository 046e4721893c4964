#pragma once
// Concepts of one model and layer by what a label set says of them: carriers, near misses, unaligned ones.
// Thread: GUI.

#include <QPointer>
#include <QtQml/qqmlregistration.h>

#include "bridge/annotations.h"
#include "bridge/label_results.h"
#include "models/concept_access.h"
#include "models/rows_model.h"

namespace palimpsest::app {

class LabelConceptListModel : public RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by LabelBrowser")

public:
    enum Role {
        ConceptIdRole = Qt::UserRole + 1,
        SideRole, ///< Selection::Side
        TitleRole, ///< its name, else "Concept 17"
        SizeTextRole, ///< "212 occurrences"
        WordsRole, ///< most frequent words
        LabelRole, ///< its best label; empty where no member is labelled
        ShareRole, ///< of the best label, 0..1
        ShareTextRole, ///< "93 %"
    };
    Q_ENUM(Role)

    enum Kind {
        Carriers, ///< aligned with the label, or with any
        NearMisses, ///< would align with a θ lower by kNearMargin, best first
        Unaligned, ///< largest first
    };
    Q_ENUM(Kind)

    static constexpr double kNearMargin = 0.1;

    /// What is listed; label -1: any. `layer` may be null.
    struct Choice {
        std::shared_ptr<const LayerLabels> layer;
        std::size_t set = 0;
        Selection::Side side = Selection::Base;
        Kind kind = Carriers;
        int label = -1;
        bool operator==(const Choice&) const = default;
    };

    using RowsModel::RowsModel;

    void setAnnotations(Annotations* annotations); ///< null: concepts have no names
    void setChoice(const Choice& choice);
    const Choice& choice() const { return m_choice; }
    int conceptAt(int row) const; ///< -1: no such row
    int rowOf(int conceptId) const; ///< -1: not listed

    int count() const override { return static_cast<int>(m_ids.size()); }
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<base::ClusterId> idsOf(const Choice& choice) const;

    QPointer<Annotations> m_annotations;
    Choice m_choice;
    std::vector<base::ClusterId> m_ids;
};

} // namespace palimpsest::app
