#pragma once
// Words with counts, most frequent first: the words of one concept, or one part of a word difference.
// Thread: GUI.

#include <QtQml/qqmlregistration.h>

#include "models/concept_access.h"
#include "models/rows_model.h"

namespace palimpsest::app {

class WordTableModel : public RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the models of a concept")

public:
    enum Role {
        WordRole = Qt::UserRole + 1,
        CountRole, ///< occurrences, all of them when the row stands for two concepts
        CountTextRole, ///< "1,234", or "12 · 9" (base, fine-tuned) for a word of both concepts
        FractionRole, ///< count / largest count of the table, for a bar; 0..1
    };
    Q_ENUM(Role)

    using RowsModel::RowsModel;

    /// Words of one concept.
    void setConcept(const std::shared_ptr<const concepts::ConceptSet>& concepts, base::ClusterId id);
    /// Words of a difference, in the order given; `concepts` gives the vocabulary.
    void setWords(std::shared_ptr<const concepts::ConceptSet> concepts, std::vector<ComparedWord> words);
    void clear();

    /// The word of a row; empty outside of the table.
    Q_INVOKABLE QString wordAt(int row) const;
    /// All rows as tab-separated text with a header, for the clipboard.
    QString asText() const;
    Q_INVOKABLE void copy() const; ///< asText() to the clipboard

    int count() const override { return static_cast<int>(m_words.size()); }
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    std::shared_ptr<const concepts::ConceptSet> m_concepts;
    std::vector<ComparedWord> m_words;
    std::uint32_t m_largest = 0;
};

} // namespace palimpsest::app
