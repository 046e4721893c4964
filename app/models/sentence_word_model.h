#pragma once
// Words of a typed sentence: what each does to the classifier, and the concept it falls in, layer by layer.
// Thread: GUI. Shows a snapshot; never computes one.

#include <QtQml/qqmlregistration.h>

#include <string>
#include <vector>

#include "models/rows_model.h"
#include "pipeline/explain_sentence.h"

namespace palimpsest::app {

class SentenceWordModel : public RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by TaskSentenceModel")
    Q_PROPERTY(QList<int> layers READ layers NOTIFY countChanged FINAL)
    Q_PROPERTY(int leavingCount READ leavingCount NOTIFY countChanged FINAL)

public:
    enum Role {
        WordRole = Qt::UserRole + 1, ///< as it may be shown
        ScoreRole, ///< attribution
        MagnitudeRole, ///< its size beside the largest one, 0..1
        ScoreTextRole, ///< empty: there is no attribution
        /// One object a layer: layer, baseId, fineTunedId, leaves, text, words, detail. Empty: no concepts.
        CellsRole,
        DescriptionRole,
    };
    Q_ENUM(Role)

    using RowsModel::RowsModel;
    void setAnswer(std::vector<std::string> words, pipeline::SentenceAnswer answer);
    const pipeline::SentenceAnswer& answer() const { return m_answer; }

    int count() const override { return static_cast<int>(m_words.size()); }
    QList<int> layers() const; ///< columns of the grid; empty: no concepts
    int leavingCount() const; ///< cells in which the fine-tuned model leaves the base
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    double scoreOf(std::size_t word) const;
    QVariantList cellsOf(std::size_t word) const;

    std::vector<std::string> m_words;
    pipeline::SentenceAnswer m_answer;
    double m_largest = 0.0;
};

} // namespace palimpsest::app
