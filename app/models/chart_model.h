#pragma once
// The lines or bars of one chart over the layers, with exact numbers for its legend and read-out.
// Thread: GUI.

#include <QAbstractListModel>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <vector>

#include "figures/chart_painter.h"

namespace palimpsest::app {

/// One row per line; the legend lists them with their values at the layer pointed at.
class ChartModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by OverviewModel")
    Q_PROPERTY(Kind kind READ kind CONSTANT FINAL)
    Q_PROPERTY(QVariant snapshot READ snapshot NOTIFY changed FINAL)
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
        LightInkRole, ///< colour in the light theme
        DarkInkRole,
        DashedRole, ///< base model: dashed line, open marks
        ShapeRole, ///< of its marks, as paintChartMark has them
        ValueTextRole, ///< at the focused layer: "79 %"
    };
    Q_ENUM(Role)

    struct Line {
        QString name;
        Palette palette = SideColor;
        int colorIndex = 0; ///< within the palette: Selection::Side, align::Status or class
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
    QStringList layerNames() const;
    int pointCount() const { return static_cast<int>(m_layers.size()); }
    /// As it is painted, on the screen and in files; never null.
    std::shared_ptr<const ChartPicture> picture() const { return m_picture; }
    QVariant snapshot() const { return QVariant::fromValue(m_picture); }
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
    ChartPicture makePicture(const QString& yTitle, double maximum) const;

    std::vector<Line> m_lines;
    QList<int> m_layers;
    std::shared_ptr<const ChartPicture> m_picture = std::make_shared<const ChartPicture>();
    Kind m_kind = Lines;
    int m_focusIndex = -1;
};

} // namespace palimpsest::app
