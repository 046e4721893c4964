#include "models/rows_model.h"

#include "figures/word_writing.h"

namespace palimpsest::app {

RowsModel::RowsModel(QObject* parent)
    : QAbstractListModel(parent)
{
    connect(&WordWriting::instance(), &WordWriting::changed, this, [this] {
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    });
}

} // namespace palimpsest::app
