#pragma once
// The label sets of the project: what they are, how much they say, how many concepts of the shown layer
// align. Thread: GUI.

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include "bridge/label_session.h"

namespace palimpsest::app {

class LabelSetListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by LabelBrowser")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        SourceRole, ///< title of the source and file: "Universal Dependencies (.conllu), dev.conllu"
        CoverageRole, ///< labelled occurrences / occurrences, 0..1
        CoverageTextRole, ///< "93 % labelled, 17 labels"
        FitsRole, ///< false: made for other occurrences; attach it again
        AlignedTextRole, ///< "base 120 · fine-tuned 84"; empty while unknown
        ChanceTextRole, ///< "by chance 2.1 · 2.4"; empty while unknown
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    void setLabels(LabelSession* labels); ///< null clears the list
    /// The numbers of the shown layer, or its chance levels, changed.
    void refreshNumbers();
    void reset();

    int count() const { return rowCount(); }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();

private:
    QString alignedText(int row) const;
    QString chanceText(int row) const;

    LabelSession* m_labels = nullptr;
    std::shared_ptr<const LabelSets> m_sets;
};

/// Title of a source by its id; "Tagger" for "tagger".
[[nodiscard]] QString labelSourceTitle(const std::string& id);

} // namespace palimpsest::app
