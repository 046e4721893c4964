#pragma once
// The words of the overview's sentence, so that each of its links can be reached by the keyboard.
// Thread: GUI.

#include <QAbstractListModel>
#include <QString>
#include <QtQml/qqmlregistration.h>

#include <vector>

namespace palimpsest::app {

/// One row is what no line break may part: a word, or a link with what touches it ("(" before, ";" after).
class HeadlineModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by OverviewModel")

public:
    enum Role {
        BeforeRole = Qt::UserRole + 1, ///< the word itself where there is no link
        LinkRole, ///< empty: no link
        AfterRole,
        TargetRole, ///< fits OverviewModel::activateLink
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    /// Rich text as findingSentence() writes it. Rows stay where they are while their number does, so that
    /// the keyboard's place survives new numbers.
    void setSentence(const QString& richText);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    struct Word {
        QString before;
        QString link;
        QString after;
        QString target;
    };
    static std::vector<Word> split(const QString& richText);

    std::vector<Word> m_words;
};

} // namespace palimpsest::app
