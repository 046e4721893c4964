#pragma once
// The scene graph of a scatter figure.
// Thread: render thread, while the GUI thread waits.

#include <QColor>
#include <QPolygonF>
#include <QSGNode>

#include <array>
#include <span>

#include "figures/scatter_material.h"
#include "figures/scatter_points.h"
#include "figures/scatter_viewport.h"

namespace palimpsest::app {

/// Points of one material; not drawn while hidden.
class ScatterChunk : public QSGGeometryNode {
public:
    explicit ScatterChunk(QSGMaterial* material);
    void setHidden(bool hidden);
    bool isSubtreeBlocked() const override { return m_hidden; }

private:
    bool m_hidden = false;
};

class ScatterNodes : public QSGNode {
public:
    /// The points in so many random parts: any of them alone looks like the whole, but thinner.
    static constexpr int kChunks = 16;

    ScatterNodes();

    void setPoints(const ScatterPoints& points, const std::vector<QRgb>* colors);
    void setMarked(const ScatterPoints& points, const std::vector<QRgb>* colors,
        const std::vector<std::uint32_t>* rows, const QColor& markColor);
    /// `pointSize` in device pixels.
    void setView(const ScatterViewport& viewport, double morph, double pointSize, double pixelRatio);
    void setShownChunks(int count);
    /// The lasso; `open` while it is drawn.
    void setOutline(const QPolygonF& places, const ScatterViewport& viewport, const QColor& color, bool open);

private:
    ScatterMaterial m_material, m_haloMaterial, m_markMaterial;
    std::array<ScatterChunk*, kChunks> m_chunks{};
    ScatterChunk* m_halo = nullptr;
    ScatterChunk* m_marks = nullptr;
    QSGGeometryNode* m_outline = nullptr;
};

} // namespace palimpsest::app
