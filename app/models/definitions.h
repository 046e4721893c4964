#pragma once
// How every number on the screen was computed: one registry of texts for the info buttons and the help page.
// Thread: GUI (translations).

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <span>

namespace palimpsest::app {

/// One word of the program and what stands behind it; translated with the context "Definitions".
struct DefinitionText {
    const char* topic; ///< what an InfoButton names
    const char* title;
    const char* text;
};

/// The list that a new number is added to.
[[nodiscard]] std::span<const DefinitionText> definitionRegistry();

/// The text of one topic, for a button beside a number.
class Definition : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString topic READ topic WRITE setTopic NOTIFY topicChanged FINAL)
    Q_PROPERTY(QString title READ title NOTIFY topicChanged FINAL)
    Q_PROPERTY(QString text READ text NOTIFY topicChanged FINAL)

public:
    using QObject::QObject;
    QString topic() const { return m_topic; }
    void setTopic(const QString& topic); ///< an unknown one gives a warning and empty texts
    QString title() const;
    QString text() const;

Q_SIGNALS:
    void topicChanged();

private:
    QString m_topic;
    const DefinitionText* m_definition = nullptr;
};

class DefinitionListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT

public:
    enum Role { TopicRole = Qt::UserRole + 1, TitleRole, TextRole };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
};

} // namespace palimpsest::app
