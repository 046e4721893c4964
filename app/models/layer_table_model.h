#pragma once
// The numbers behind the overview's charts: one row per layer.
// Thread: GUI.

#include <QAbstractTableModel>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include <vector>

#include "align/layer_comparison.h"

namespace palimpsest::app {

class LayerTableModel : public QAbstractTableModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by OverviewModel")

public:
    enum Role {
        TextRole = Qt::DisplayRole,
        LayerRole = Qt::UserRole + 1, ///< layer of the row
        EmphasizedRole, ///< the column that the sentence above speaks of
    };
    Q_ENUM(Role)

    using QAbstractTableModel::QAbstractTableModel;

    void setSummaries(std::vector<align::LayerSummary> summaries, const QStringList& classNames);

    /// The table as tab-separated text with a header line.
    Q_INVOKABLE QString asText() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    QString text(int row, int column) const;
    std::vector<align::LayerSummary> m_summaries;
    QStringList m_classNames;
};

} // namespace palimpsest::app
