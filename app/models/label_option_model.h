#pragma once
// The options of a label source as the lines of a form.
// Thread: GUI.

#include <QAbstractListModel>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include <map>
#include <string>
#include <vector>

namespace palimpsest::app {

class LabelOptionModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by LabelForm")

public:
    enum Role {
        NameRole = Qt::UserRole + 1, ///< as on the command line
        TitleRole, ///< the same for people
        HelpRole, ///< one sentence
        StandardRole, ///< what holds where nothing is given
        ValueRole, ///< empty: the standard
        KindRole, ///< Kind
        ChoicesRole, ///< of a Choice: what may be given
    };
    Q_ENUM(Role)
    enum Kind { Text, File, Folder, Flag, Choice };
    Q_ENUM(Kind)

    struct Row {
        QString name, title, help, standard, value;
        Kind kind = Text;
        QStringList choices{};
    };

    using QAbstractListModel::QAbstractListModel;

    /// The options of a source or, for "tagger", those of a checkpoint, or for "joint" two of `sets`; unknown
    /// sources have none.
    void setSource(const std::string& id, const QStringList& sets = {});
    void setValue(const QString& name, const QString& value); ///< ignored where there is no such option
    QString value(const QString& name) const; ///< empty: not given
    bool has(const QString& name) const;
    /// What was given, by name; a flag that is as the standard says is left out.
    std::map<std::string, std::string, std::less<>> values() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void valuesChanged();

private:
    std::vector<Row> m_rows;
};

} // namespace palimpsest::app
