#pragma once
// The dendrogram on the screen: zoom, pan, hover, choose a node or a link, drag the cut.
// Thread: GUI; scenes are made and painted by workers.

#include <QThreadPool>
#include <QVariant>

#include <array>

#include "figures/dendrogram_painter.h"
#include "figures/figure_item.h"

namespace palimpsest::app {

class DendrogramItem : public FigureItem {
    Q_OBJECT
    QML_NAMED_ELEMENT(Dendrogram)
    Q_PROPERTY(QVariant snapshot READ snapshotValue WRITE setSnapshotValue NOTIFY snapshotChanged FINAL)
    Q_PROPERTY(Sides sides READ sides WRITE setSides NOTIFY optionsChanged FINAL)
    Q_PROPERTY(Axis axis READ axis WRITE setAxis NOTIFY optionsChanged FINAL)
    Q_PROPERTY(ColorBy colorBy READ colorBy WRITE setColorBy NOTIFY optionsChanged FINAL)
    Q_PROPERTY(QVariant labels READ labelsValue WRITE setLabelsValue NOTIFY optionsChanged FINAL)
    Q_PROPERTY(QStringList labelNames READ labelNames NOTIFY optionsChanged FINAL)
    Q_PROPERTY(bool unalignedLinks READ unalignedLinks WRITE setUnalignedLinks NOTIFY optionsChanged FINAL)
    Q_PROPERTY(bool ready READ isReady NOTIFY sceneChanged FINAL)
    Q_PROPERTY(double zoom READ zoom NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString viewport READ viewport WRITE setViewport NOTIFY viewChanged FINAL)
    Q_PROPERTY(int glideMs MEMBER m_glideMs FINAL)
    Q_PROPERTY(int cut READ cut NOTIFY cutChanged FINAL)
    Q_PROPERTY(bool currentFineTuned READ currentFineTuned NOTIFY currentChanged FINAL)
    Q_PROPERTY(int currentNode READ currentNode NOTIFY currentChanged FINAL)
    Q_PROPERTY(bool hoveredFineTuned READ hoveredFineTuned NOTIFY hoveredChanged FINAL)
    Q_PROPERTY(int hoveredNode READ hoveredNode NOTIFY hoveredChanged FINAL)
    Q_PROPERTY(int hoveredLink READ hoveredLink NOTIFY hoveredChanged FINAL)
    Q_PROPERTY(QPointF hoverPoint READ hoverPoint NOTIFY hoveredChanged FINAL)
    Q_PROPERTY(QString baseTitle MEMBER m_baseTitle NOTIFY styleChanged FINAL)
    Q_PROPERTY(QString fineTunedTitle MEMBER m_fineTunedTitle NOTIFY styleChanged FINAL)
    Q_PROPERTY(QString linksTitle MEMBER m_linksTitle NOTIFY styleChanged FINAL)

public:
    enum Sides { Both, Base, FineTuned };
    Q_ENUM(Sides)
    enum Axis { Clusters, Height };
    Q_ENUM(Axis)
    enum ColorBy { Status, Class, Size, Model, Label };
    Q_ENUM(ColorBy)

    explicit DendrogramItem(QQuickItem* parent = nullptr);
    ~DendrogramItem() override;

    using Snapshot = std::shared_ptr<const layout::Tanglegram>;
    void setSnapshot(const Snapshot& snapshot); ///< null: nothing to show
    /// The same as a value that QML can hand over; anything but a Snapshot is null.
    QVariant snapshotValue() const { return QVariant::fromValue(m_snapshot); }
    void setSnapshotValue(const QVariant& snapshot) { setSnapshot(snapshot.value<Snapshot>()); }
    Sides sides() const { return static_cast<Sides>(m_options.sides); }
    void setSides(Sides sides);
    Axis axis() const { return static_cast<Axis>(m_options.axis); }
    void setAxis(Axis axis);
    ColorBy colorBy() const { return static_cast<ColorBy>(m_options.color); }
    void setColorBy(ColorBy color);
    /// Labels of the concepts for the colour Label; null: none.
    QVariant labelsValue() const { return QVariant::fromValue(m_options.labels); }
    void setLabelsValue(const QVariant& labels);
    QStringList labelNames() const; ///< by category; last, where there are any, all others as one
    Q_INVOKABLE static QColor categoryColor(int index, bool dark);
    bool unalignedLinks() const { return m_options.unalignedLinks; }
    void setUnalignedLinks(bool shown);

    bool isReady() const { return m_scene != nullptr; }
    double zoom() const { return m_viewport.zoom(); } ///< of the leaf axis; 1: all of it
    int cut() const; ///< K where the cut line stands: while it is dragged, where the pointer is; 0: nothing
    bool currentFineTuned() const { return m_current.fineTuned; }
    int currentNode() const { return m_current.node; } ///< -1: none
    bool hoveredFineTuned() const { return m_hovered.fineTuned; }
    int hoveredNode() const { return m_hovered.node; }
    int hoveredLink() const { return m_hoveredLink; } ///< index into the tanglegram's links
    QPointF hoverPoint() const { return m_hoverPoint; }

    /// Marks a node and brings it into the picture; -1: none. What the keyboard starts from.
    Q_INVOKABLE void setCurrent(bool fineTuned, int node);
    Q_INVOKABLE void zoomIn();
    Q_INVOKABLE void zoomOut();
    Q_INVOKABLE void showAll();
    /// Zooms until the current node's subtree fills the picture.
    Q_INVOKABLE void showCurrent();
    /// Middle of a node's bar, or of the cut line of a tree (node -1), in the item; for tests and for tool
    /// tips.
    Q_INVOKABLE QPointF pointOf(bool fineTuned, int node) const;
    /// Depth at which a tree's cut line is drawn, 0..1; on the way from one to another while it glides.
    double drawnCut(bool fineTuned) const;
    Q_INVOKABLE QPointF pointOfLink(int link) const; ///< the middle of a link
    Q_INVOKABLE int nodeOfConcept(bool fineTuned, int conceptId) const; ///< -1: no such concept
    Figure figure() const override;
    Figure wholeFigure() const override;
    /// What a place keeps of zoom and pan: "all", or numbers that hold for trees of that layer. May be set
    /// before they are there; holds until a person moves the picture. Within `glideMs` the picture moves
    /// there, and the cut line to that of the next scene of the same trees; 0: at once. Any other text is
    /// ignored.
    QString viewport() const;
    void setViewport(const QString& viewport);

Q_SIGNALS:
    void snapshotChanged();
    void optionsChanged();
    void sceneChanged();
    void viewChanged();
    void cutChanged();
    void currentChanged();
    void hoveredChanged();
    /// A person chose a node, by pointer or key.
    void nodePicked(bool fineTuned, int node);
    void linkPicked(int baseId, int fineTunedId);
    void collapseRequested(bool fineTuned, int node);
    void counterpartRequested();
    /// The cut was dragged or stepped to `k` clusters.
    void cutMoved(int k);

protected:
    Painting painting() const override;
    void paintMarks(QPainter& painter) const override;
    bool event(QEvent* event) override;
    void geometryChange(const QRectF& newGeometry, const QRectF& oldGeometry) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void hoverMoveEvent(QHoverEvent* event) override;
    void hoverLeaveEvent(QHoverEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Drag { None, Pressed, Pan, Cut };
    void build();
    void adopt(std::shared_ptr<const DendrogramScene> scene);
    void layOut();
    void viewMoved();
    void movedByHand();
    void showWanted(int ms);
    int layer() const; ///< of the snapshot; -1: there is none
    void glideCut(const DendrogramScene& before);
    Figure figureOf(const TreeViewport& viewport, double depthZoom) const;
    void zoomBy(double factor);
    void zoomDepth(double factor);
    void walk(TreeStep step);
    bool stepByKey(int key);
    void stepCut(int steps);
    void pick(const DendrogramMark& mark);
    void dragCut(double x);
    void hover(QPointF point, bool inside);
    std::optional<bool> cutNear(QPointF point) const; ///< the tree whose cut line is under the pointer
    DendrogramPlaces places() const;
    DendrogramTitles titles() const;

    Snapshot m_snapshot;
    DendrogramOptions m_options;
    std::shared_ptr<const DendrogramScene> m_scene;
    TreeViewport m_viewport;
    double m_depthZoom = 1.0;
    struct WantedView {
        SeenPart part;
        double depthZoom = 1.0;
        int layer = -1; ///< -1: of any
    };
    std::optional<WantedView> m_wanted;
    Glide m_glide;
    Glide m_cutGlide;
    std::array<double, 2> m_cutDepths{}; ///< where the lines are drawn while they move, base and fine-tuned
    int m_glideMs = 0;
    bool m_cutAwaited = false; ///< the next scene of the same trees moves the cut line
    DendrogramMark m_current;
    DendrogramMark m_hovered;
    int m_hoveredLink = -1;
    QPointF m_hoverPoint;
    Drag m_drag = Drag::None;
    QPointF m_pressed;
    bool m_dragFineTuned = false;
    std::optional<int> m_draggedCut;
    QString m_baseTitle, m_fineTunedTitle, m_linksTitle;
    int m_generation = 0; ///< scenes of superseded requests are dropped
    QThreadPool m_sceneWorker;
};

} // namespace palimpsest::app
