#pragma once
// Label-aligned concepts over the layers, one chart per label set: base dashed, fine-tuned solid, and what
// chance gives. Research question 2 of Durrani et al. 2022. Thread: GUI.

#include <QAbstractListModel>
#include <QPointer>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <vector>

#include "bridge/label_session.h"
#include "models/chart_model.h"

namespace palimpsest::app {

class LabelCurveListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by LabelBrowser")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    enum Role {
        NameRole = Qt::UserRole + 1, ///< of the set
        ChartRole, ///< ChartModel
    };
    Q_ENUM(Role)

    explicit LabelCurveListModel(QObject* parent = nullptr);

    /// Follows the sets; charts are kept where the names are the same. `labels` is looked at until the next
    /// call.
    void setLabels(const LabelSession* labels);
    /// The numbers of a set changed (-1: of all). Charts are redrawn one at a time, so that none of it holds
    /// the window up.
    void refresh(int set);

    int count() const { return static_cast<int>(m_entries.size()); }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();

private:
    struct Entry {
        QString name;
        ChartModel* chart = nullptr; ///< a child of this model
    };
    void refreshNext();

    QPointer<const LabelSession> m_labels;
    std::vector<Entry> m_entries;
    std::vector<int> m_stale;
    QTimer m_timer;
};

/// Puts the curves of one set into `chart`; without numbers it becomes empty.
void fillLabelCurve(ChartModel& chart, const LabelSession* labels, int set);

} // namespace palimpsest::app
