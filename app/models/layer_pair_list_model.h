#pragma once
// The concepts of a cell of the layer × layer matrix: each concept of the row's layer with its best
// counterpart in the column's. Thread: GUI.

#include <QPointer>
#include <QtQml/qqmlregistration.h>

#include "bridge/annotations.h"
#include "models/concept_access.h"
#include "models/rows_model.h"

namespace palimpsest::app {

/// Largest concepts first.
class LayerPairListModel : public RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by LayerMatrixModel")
    Q_PROPERTY(int status READ status WRITE setStatus NOTIFY statusChanged FINAL)
    Q_PROPERTY(QStringList statusLabels READ statusLabels NOTIFY countsChanged FINAL)

public:
    enum Role {
        ConceptIdRole = Qt::UserRole + 1,
        TitleRole, ///< "Concept 17, 212 occurrences", or with its name
        WordsRole, ///< its most frequent words
        StatusRole, ///< align::Status as a number
        StatusLetterRole,
        StatusTextRole,
        CounterpartRole, ///< "93 % in concept 20"
        CounterpartWordsRole,
    };
    Q_ENUM(Role)

    using RowsModel::RowsModel;

    /// Null clears the list. The sides say whose layers are compared.
    void setComparison(Comparison comparison, Selection::Side rows = Selection::Base,
        Selection::Side columns = Selection::FineTuned);
    /// Where names come from; null: from nowhere.
    void setAnnotations(Annotations* annotations);
    const Comparison& comparison() const { return m_comparison; }
    int status() const { return m_status; } ///< only concepts of this status; -1: all
    void setStatus(int status);
    /// "All 600", "Kept 405", "Split 41", "Merged 51", "Vanished 103".
    QStringList statusLabels() const;
    Q_INVOKABLE int conceptIdAt(int row) const; ///< -1 outside

    int count() const override { return static_cast<int>(m_rows.size()); }
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void statusChanged();
    void countsChanged();

private:
    void list(Comparison comparison);

    QString counterpartText(const align::Match& match) const;

    QPointer<Annotations> m_annotations;
    Selection::Side m_rowSide = Selection::Base, m_columnSide = Selection::FineTuned;
    Comparison m_comparison;
    std::vector<base::ClusterId> m_rows;
    int m_status = -1;
};

} // namespace palimpsest::app
