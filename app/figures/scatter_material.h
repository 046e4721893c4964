#pragma once
// Many points in one draw call: each vertex holds both places, the shader goes between them.
// Thread: render thread, while the GUI thread waits.

#include <QSGGeometry>
#include <QSGMaterial>
#include <QVector4D>

namespace palimpsest::app {

/// One point, as the shader reads it.
struct ScatterVertex {
    float baseX, baseY;
    float fineTunedX, fineTunedY;
    std::uint8_t red, green, blue, alpha; ///< premultiplied
};

[[nodiscard]] const QSGGeometry::AttributeSet& scatterAttributes();

class ScatterMaterial : public QSGMaterial {
public:
    ScatterMaterial();
    QSGMaterialType* type() const override;
    QSGMaterialShader* createShader(QSGRendererInterface::RenderMode mode) const override;
    int compare(const QSGMaterial* other) const override;

    QVector4D view; ///< place * view.xy + view.zw is where a point stands in the item
    float morph = 0.0F; ///< 0: base, 1: fine-tuned
    float size = 3.0F; ///< of a point, in device pixels
};

} // namespace palimpsest::app
