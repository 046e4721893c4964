#pragma once
// Base of lists whose rows are replaced all together.
// Thread: GUI.

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <functional>
#include <utility>
#include <vector>

namespace palimpsest::app {

/// Rows are places, not things: where other rows come, a place shows other data. A reset would make a view
/// throw all its delegates away and make new ones, some milliseconds a visible list. All rows are shown again
/// when words are written in another way.
class RowsModel : public QAbstractListModel {
    Q_OBJECT
    QML_ANONYMOUS
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    explicit RowsModel(QObject* parent = nullptr);

    virtual int count() const = 0; ///< of rows
    int rowCount(const QModelIndex& parent = {}) const final;

Q_SIGNALS:
    void countChanged(); ///< other rows are there, as many or not

protected:
    /// Puts `next` where `rows` was, which must be what count() counts, and says so. `adopt` sets what
    /// else data() reads; until then old rows are read with old members.
    template <typename Row>
    void replaceRows(std::vector<Row>& rows, std::vector<Row> next, const std::function<void()>& adopt = {});
};

template <typename Row>
void RowsModel::replaceRows(std::vector<Row>& rows, std::vector<Row> next, const std::function<void()>& adopt)
{
    const std::size_t before = rows.size();
    const std::size_t after = next.size();
    const auto take = [&] {
        rows = std::move(next);
        if (adopt)
            adopt();
    };
    const auto last = [](std::size_t count) { return static_cast<int>(count) - 1; };
    if (before == 0 && after > 0) {
        beginInsertRows({}, 0, last(after));
        take();
        endInsertRows();
        Q_EMIT countChanged();
        return;
    }
    if (after < before) {
        beginRemoveRows({}, static_cast<int>(after), last(before));
        rows.resize(after, rows.back());
        endRemoveRows();
    } else if (after > before) {
        // Whoever reads them before the data arrives reads the last old row.
        beginInsertRows({}, static_cast<int>(before), last(after));
        rows.resize(after, Row(rows.back()));
        endInsertRows();
    }
    take();
    if (after > 0)
        Q_EMIT dataChanged(index(0), index(last(after)));
    Q_EMIT countChanged();
}

} // namespace palimpsest::app
