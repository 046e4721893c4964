#include "figures/scatter_nodes.h"

#include <QSGFlatColorMaterial>

#include <algorithm>
#include <bit>

namespace palimpsest::app {

namespace {

constexpr QRgb kPlain = 0xff808080;

/// Which part a point belongs to: mixed bits of its number.
std::size_t chunkOf(std::uint32_t point)
{
    return ((point + 1) * 2654435761U) >> 28U;
}

ScatterVertex vertexOf(const ScatterPoints& points, std::size_t point, QRgb color)
{
    const int alpha = qAlpha(color);
    const auto channel = [alpha](int value) { return static_cast<std::uint8_t>(value * alpha / 255); };
    return {points.base[2 * point], points.base[2 * point + 1], points.fineTuned[2 * point],
        points.fineTuned[2 * point + 1], channel(qRed(color)), channel(qGreen(color)), channel(qBlue(color)),
        static_cast<std::uint8_t>(alpha)};
}

QRgb colorOf(const std::vector<QRgb>* colors, std::size_t point)
{
    return colors && point < colors->size() ? (*colors)[point] : kPlain;
}

/// Room for `count` vertices in a chunk, as its own type.
std::span<ScatterVertex> allocate(ScatterChunk& chunk, std::size_t count)
{
    QSGGeometry& geometry = *chunk.geometry();
    if (static_cast<std::size_t>(geometry.vertexCount()) != count)
        geometry.allocate(static_cast<int>(count));
    chunk.markDirty(QSGNode::DirtyGeometry);
    return {static_cast<ScatterVertex*>(geometry.vertexData()), count};
}

} // namespace

static_assert(ScatterNodes::kChunks == 16);

ScatterChunk::ScatterChunk(QSGMaterial* material)
{
    auto* geometry = new QSGGeometry(scatterAttributes(), 0);
    geometry->setDrawingMode(QSGGeometry::DrawPoints);
    geometry->setVertexDataPattern(QSGGeometry::StaticPattern);
    setGeometry(geometry);
    setMaterial(material);
    setFlag(OwnsGeometry);
}

void ScatterChunk::setHidden(bool hidden)
{
    if (hidden == m_hidden)
        return;
    m_hidden = hidden;
    markDirty(DirtySubtreeBlocked);
}

ScatterNodes::ScatterNodes()
{
    for (ScatterChunk*& chunk : m_chunks) {
        chunk = new ScatterChunk(&m_material);
        appendChildNode(chunk);
    }
    m_halo = new ScatterChunk(&m_haloMaterial);
    appendChildNode(m_halo);
    m_marks = new ScatterChunk(&m_markMaterial);
    appendChildNode(m_marks);
    m_outline = new QSGGeometryNode;
    auto* geometry = new QSGGeometry(QSGGeometry::defaultAttributes_Point2D(), 0);
    geometry->setDrawingMode(QSGGeometry::DrawLineStrip);
    m_outline->setGeometry(geometry);
    m_outline->setMaterial(new QSGFlatColorMaterial);
    m_outline->setFlags(QSGNode::OwnsGeometry | QSGNode::OwnsMaterial);
    appendChildNode(m_outline);
    for (QSGNode* child = firstChild(); child; child = child->nextSibling())
        child->setFlag(OwnedByParent);
}

void ScatterNodes::setPoints(const ScatterPoints& points, const std::vector<QRgb>* colors)
{
    std::array<std::size_t, kChunks> counts{};
    for (std::size_t point = 0; point < points.size(); ++point)
        ++counts[chunkOf(static_cast<std::uint32_t>(point))];
    std::array<std::span<ScatterVertex>, kChunks> vertices;
    for (std::size_t chunk = 0; chunk < m_chunks.size(); ++chunk)
        vertices[chunk] = allocate(*m_chunks[chunk], counts[chunk]);
    std::array<std::size_t, kChunks> next{};
    for (std::size_t point = 0; point < points.size(); ++point) {
        const std::size_t chunk = chunkOf(static_cast<std::uint32_t>(point));
        vertices[chunk][next[chunk]++] = vertexOf(points, point, colorOf(colors, point));
    }
}

void ScatterNodes::setMarked(const ScatterPoints& points, const std::vector<QRgb>* colors,
    const std::vector<std::uint32_t>* rows, const QColor& markColor)
{
    const std::size_t count = rows ? rows->size() : 0;
    const auto halo = allocate(*m_halo, count);
    const auto marks = allocate(*m_marks, count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t point = (*rows)[i];
        if (point >= points.size())
            continue;
        halo[i] = vertexOf(points, point, markColor.rgba());
        marks[i] = vertexOf(points, point, colorOf(colors, point) | 0xff000000);
    }
    m_halo->setHidden(count == 0);
    m_marks->setHidden(count == 0);
}

void ScatterNodes::setView(const ScatterViewport& viewport, double morph, double pointSize, double pixelRatio)
{
    const QPointF origin = viewport.toItem({0, 0});
    const auto scale = static_cast<float>(viewport.scale());
    const QVector4D view(scale, -scale, static_cast<float>(origin.x()), static_cast<float>(origin.y()));
    const double larger = pointSize + 2.0 * pixelRatio;
    const std::array sizes{pointSize, larger + 2.0 * pixelRatio, larger};
    const std::array materials{&m_material, &m_haloMaterial, &m_markMaterial};
    for (std::size_t i = 0; i < materials.size(); ++i) {
        materials[i]->view = view;
        materials[i]->morph = static_cast<float>(morph);
        materials[i]->size = static_cast<float>(sizes[i]);
    }
    for (ScatterChunk* chunk : m_chunks)
        chunk->markDirty(DirtyMaterial);
    m_halo->markDirty(DirtyMaterial);
    m_marks->markDirty(DirtyMaterial);
}

void ScatterNodes::setShownChunks(int count)
{
    for (int chunk = 0; chunk < kChunks; ++chunk)
        m_chunks[static_cast<std::size_t>(chunk)]->setHidden(chunk >= count);
}

void ScatterNodes::setOutline(
    const QPolygonF& places, const ScatterViewport& viewport, const QColor& color, bool open)
{
    QSGGeometry& geometry = *m_outline->geometry();
    const bool closed = !open && places.size() > 2;
    const int count = static_cast<int>(places.size()) + (closed ? 1 : 0);
    if (geometry.vertexCount() != count)
        geometry.allocate(count);
    geometry.setLineWidth(2.0F);
    QSGGeometry::Point2D* vertex = geometry.vertexDataAsPoint2D();
    for (int i = 0; i < count; ++i) {
        const QPointF at = viewport.toItem(places[i % places.size()]);
        vertex[i].set(static_cast<float>(at.x()), static_cast<float>(at.y()));
    }
    static_cast<QSGFlatColorMaterial*>(m_outline->material())->setColor(color);
    m_outline->markDirty(DirtyGeometry | DirtyMaterial);
}

} // namespace palimpsest::app
