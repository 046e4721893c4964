#pragma once
// The first rows of a corpus file, as the new-project dialog shows them.
// Thread: GUI.

#include <QAbstractTableModel>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include "corpus/reader.h"

namespace palimpsest::app {

class PreviewTableModel : public QAbstractTableModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by NewProjectModel")
    Q_PROPERTY(QStringList columns READ columns NOTIFY changed FINAL)
    Q_PROPERTY(bool table READ isTable NOTIFY changed FINAL)
    Q_PROPERTY(int rows READ rows NOTIFY changed FINAL)

public:
    using QAbstractTableModel::QAbstractTableModel;

    void setPreview(corpus::Preview preview);
    void clear();
    QStringList columns() const; ///< names, or "1", "2", … without a header
    bool isTable() const { return m_preview.kind != corpus::FileKind::PlainText; }
    int rows() const { return rowCount(); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void changed();

private:
    corpus::Preview m_preview;
};

} // namespace palimpsest::app
