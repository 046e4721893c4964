#pragma once
// Draws a ChartModel into a Qt Charts view: the only place that knows Qt Charts, so that another chart
// library can take its place. Thread: GUI.

#include <QColor>
#include <QObject>
#include <QPointer>
#include <QtCharts/QAbstractSeries>
#include <QtCharts/QChart>
#include <QtQml/qqmlregistration.h>

#include <vector>

#include "models/chart_model.h"

namespace palimpsest::app {

class SeriesFiller : public QObject {
    Q_OBJECT
    QML_ELEMENT
    /// Any series of the view; QML hides the chart itself, which is reached through it.
    Q_PROPERTY(QAbstractSeries* anchor READ anchor WRITE setAnchor NOTIFY inputChanged FINAL)
    Q_PROPERTY(palimpsest::app::ChartModel* chart READ chart WRITE setChart NOTIFY inputChanged FINAL)
    /// Whether the chart is on the screen; while it is not, changes wait until it is.
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged FINAL)
    Q_PROPERTY(QColor baseColor MEMBER m_baseColor NOTIFY styleChanged FINAL)
    Q_PROPERTY(QColor fineTunedColor MEMBER m_fineTunedColor NOTIFY styleChanged FINAL)
    Q_PROPERTY(QList<QColor> statusColors MEMBER m_statusColors NOTIFY styleChanged FINAL)
    Q_PROPERTY(QList<QColor> classColors MEMBER m_classColors NOTIFY styleChanged FINAL)
    Q_PROPERTY(QColor textColor MEMBER m_textColor NOTIFY styleChanged FINAL)
    Q_PROPERTY(QColor mutedColor MEMBER m_mutedColor NOTIFY styleChanged FINAL)
    Q_PROPERTY(QColor gridColor MEMBER m_gridColor NOTIFY styleChanged FINAL)
    Q_PROPERTY(QColor surfaceColor MEMBER m_surfaceColor NOTIFY styleChanged FINAL)
    Q_PROPERTY(int textSize MEMBER m_textSize NOTIFY styleChanged FINAL)

public:
    explicit SeriesFiller(QObject* parent = nullptr);

    QAbstractSeries* anchor() const { return m_anchor; }
    void setAnchor(QAbstractSeries* anchor);
    ChartModel* chart() const { return m_model; }
    void setChart(ChartModel* chart);
    bool isActive() const { return m_active; }
    void setActive(bool active);
    /// Draws all anew; to be called once the view is complete, since before that its series have no chart.
    Q_INVOKABLE void redraw() { rebuild(); }

Q_SIGNALS:
    void activeChanged();
    void inputChanged();
    void styleChanged();

private:
    void rebuild(); ///< new series and axes: other lines or other colours
    void refill(); ///< the same lines with other numbers
    void addAxes(QChart& chart);
    void addBands(QChart& chart);
    void addLines(QChart& chart);
    void addBars(QChart& chart);
    double axisMaximum() const;
    QColor colorOf(const ChartModel::Line& line) const;

    QPointer<QAbstractSeries> m_anchor;
    QPointer<ChartModel> m_model;
    QStringList m_drawnNames; ///< of the lines that are on the chart
    QStringList m_drawnLayers;
    QColor m_baseColor, m_fineTunedColor, m_textColor, m_mutedColor, m_gridColor, m_surfaceColor;
    QList<QColor> m_statusColors, m_classColors;
    int m_textSize = 11;
    bool m_active = true;
    bool m_rebuildWaits = false;
    bool m_refillWaits = false;
};

} // namespace palimpsest::app
