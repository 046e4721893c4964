#pragma once
// What a model gives each of its classes, and words that may change that.
// Thread: GUI. Show snapshots; never compute one.

#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include <string>
#include <vector>

#include "models/rows_model.h"
#include "probe/prediction.h"

namespace palimpsest::app {

/// One row a label of the model.
class ClassProbabilityModel : public RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by TaskSentenceModel")

public:
    enum Role { NameRole = Qt::UserRole + 1, ClassIndexRole, ProbabilityRole, ProbabilityTextRole, BestRole };
    Q_ENUM(Role)
    struct Row {
        QString name;
        int classIndex = -1; ///< colour: the corpus's class, -1: none
        double probability = 0.0;
        bool best = false;
    };

    using RowsModel::RowsModel;
    void setRows(std::vector<Row> rows);
    const std::vector<Row>& rows() const { return m_rows; }

    int count() const override { return static_cast<int>(m_rows.size()); }
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<Row> m_rows;
};

/// Words to add to a sentence, class by class.
class TriggerWordModel : public RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by TaskSentenceModel")

public:
    enum Role { WordRole = Qt::UserRole + 1, ClassIndexRole, ClassNameRole };
    Q_ENUM(Role)
    struct Row {
        std::string word;
        int classIndex = 0;
        QString className;
    };

    using RowsModel::RowsModel;
    void setRows(std::vector<Row> rows);
    QString wordAt(int row) const; ///< as it is; empty outside of the list

    int count() const override { return static_cast<int>(m_rows.size()); }
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<Row> m_rows;
};

} // namespace palimpsest::app
