#pragma once
// A concept's occurrences in their sentences, in corpus order; one row per occurrence.
// Thread: GUI. Rows are put into words only when they are looked at.

#include <QtQml/qqmlregistration.h>

#include <span>

#include "models/concept_access.h"
#include "models/rows_model.h"

namespace palimpsest::app {

class SentenceListModel : public RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the models of a concept")
    Q_PROPERTY(int total READ total NOTIFY countChanged FINAL)
    Q_PROPERTY(QString summary READ summary NOTIFY countChanged FINAL)
    Q_PROPERTY(QString word READ word WRITE setWord NOTIFY wordChanged FINAL)

public:
    enum Role {
        MarkupRole = Qt::UserRole + 1, ///< styled text, escaped, the occurrence in bold and underlined
        TextRole, ///< the bare sentence
        WordRole, ///< the occurrence
        ClassIndexRole, ///< -1 when the sentence has no class
        ClassNameRole, ///< empty when the sentence has no class
        LineTextRole, ///< line of the corpus file, "line 1,234"
    };
    Q_ENUM(Role)

    using RowsModel::RowsModel;

    /// Shows all occurrences of the concept; `word` becomes empty.
    void setConcept(std::shared_ptr<const concepts::ConceptSet> concepts, base::ClusterId id);
    /// Shows other occurrences; `concepts` gives their token table.
    void setOccurrences(
        std::shared_ptr<const concepts::ConceptSet> concepts, std::vector<base::TokenId> occurrences);
    void clear();

    /// Only occurrences of this word are shown; empty: all.
    QString word() const { return m_word; }
    void setWord(const QString& word);
    /// Shows only this word's occurrences, or all again when that is what is shown.
    Q_INVOKABLE void toggleWord(const QString& word);

    int count() const override { return static_cast<int>(m_shown.size()); }
    int total() const;
    QString summary() const; ///< "212 occurrences", or "12 of 212 occurrences, only “film”"
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void wordChanged();

private:
    void show(std::shared_ptr<const concepts::ConceptSet> concepts);
    QString markup(const corpus::Token& token) const;

    std::shared_ptr<const concepts::ConceptSet> m_concepts;
    std::vector<base::TokenId> m_members; ///< all that may be shown
    QString m_word;
    std::vector<base::TokenId> m_shown;
};

} // namespace palimpsest::app
