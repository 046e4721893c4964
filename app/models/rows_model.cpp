#include "models/rows_model.h"

#include "figures/word_writing.h"

namespace palimpsest::app {

RowsModel::RowsModel(QObject* parent)
    : QAbstractListModel(parent)
{
    connect(&WordWriting::instance(), &WordWriting::changed, this, [this] {
        if (count() > 0)
            Q_EMIT dataChanged(index(0), index(count() - 1));
    });
}

int RowsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

} // namespace palimpsest::app
