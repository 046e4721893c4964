#pragma once
// The lines or bars of one chart over the layers, with exact numbers for its legend and read-out.
// Thread: GUI.

#include <QAbstractListModel>
#include <QString>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include <vector>

#include "figures/chart_painter.h"

namespace palimpsest::app {

/// One row per line; the legend lists them with their values at the layer pointed at.
class ChartModel : public QAbstractListModel, public FigureProvider {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by OverviewModel")
    Q_PROPERTY(Kind kind READ kind CONSTANT FINAL)
    Q_PROPERTY(QString xTitle READ xTitle CONSTANT FINAL)
    Q_PROPERTY(QString yTitle READ yTitle NOTIFY changed FINAL)
    Q_PROPERTY(QStringList layerNames READ layerNames NOTIFY changed FINAL)
    Q_PROPERTY(int pointCount READ pointCount NOTIFY changed FINAL)
    Q_PROPERTY(int focusIndex READ focusIndex WRITE setFocusIndex NOTIFY focusIndexChanged FINAL)
    Q_PROPERTY(QString focusTitle READ focusTitle NOTIFY focusIndexChanged FINAL)
    Q_PROPERTY(QString readout READ readout NOTIFY focusIndexChanged FINAL)

public:
    enum Kind { Lines, StackedBars };
    Q_ENUM(Kind)
    /// Which colour of the theme a line has.
    enum Palette { SideColor, StatusColor, ClassColor, MutedColor };
    Q_ENUM(Palette)

    enum Role {
        NameRole = Qt::UserRole + 1,
        PaletteRole,
        ColorIndexRole, ///< within the palette: Selection::Side, align::Status or class
        DashedRole, ///< base model: dashed line, open marks
        ValueTextRole, ///< at the focused layer: "79 %"
    };
    Q_ENUM(Role)

    struct Line {
        QString name;
        Palette palette = SideColor;
        int colorIndex = 0;
        bool dashed = false;
        std::vector<double> values; ///< one per layer, in the unit of the y axis
        QStringList texts; ///< the same for people: "79 %"
        QStringList details; ///< and with what it is a share of: "79 %, 474 of 600"
        std::vector<double> low{}, high{}; ///< a band about the values; empty: none
    };

    explicit ChartModel(Kind kind, QObject* parent = nullptr);

    /// `maximum` of the y axis; 0: whatever fits.
    void setLines(const QString& yTitle, double maximum, const QList<int>& layers, std::vector<Line> lines);

    Kind kind() const { return m_kind; }
    QString xTitle() const { return tr("Layer"); }
    QString yTitle() const { return m_yTitle; }
    double maximum() const { return m_maximum; }
    QStringList layerNames() const;
    int pointCount() const { return static_cast<int>(m_layers.size()); }
    /// The chart as it is painted for files.
    ChartPicture picture() const;
    Figure figure() const override { return m_layers.isEmpty() ? Figure() : chartFigure(picture()); }
    const std::vector<Line>& lines() const { return m_lines; }
    int focusIndex() const { return m_focusIndex; } ///< of the layer whose values the legend shows; -1: none
    void setFocusIndex(int index);
    QString focusTitle() const; ///< "Layer 3"
    QString readout() const; ///< all exact numbers of the focused layer, one line each

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void changed();
    void focusIndexChanged();

private:
    std::vector<Line> m_lines;
    QList<int> m_layers;
    QString m_yTitle;
    double m_maximum = 0.0;
    Kind m_kind = Lines;
    int m_focusIndex = -1;
};

} // namespace palimpsest::app
