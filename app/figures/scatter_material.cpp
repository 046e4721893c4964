#include "figures/scatter_material.h"

#include <QSGMaterialShader>

#include <cstring>

namespace palimpsest::app {

namespace {

// Where the shaders' uniform block has its members (std140).
constexpr int kViewOffset = 64;
constexpr int kOpacityOffset = 80;
constexpr int kMorphOffset = 84;
constexpr int kSizeOffset = 88;

class ScatterShader : public QSGMaterialShader {
public:
    ScatterShader()
    {
        setShaderFileName(VertexStage, QStringLiteral(":/shaders/scatter.vert.qsb"));
        setShaderFileName(FragmentStage, QStringLiteral(":/shaders/scatter.frag.qsb"));
    }

    bool updateUniformData(RenderState& state, QSGMaterial* newMaterial, QSGMaterial*) override
    {
        const auto& material = *static_cast<ScatterMaterial*>(newMaterial);
        char* data = state.uniformData()->data();
        const QMatrix4x4 matrix = state.combinedMatrix();
        std::memcpy(data, matrix.constData(), 64);
        std::memcpy(data + kViewOffset, &material.view, 16);
        const float opacity = state.opacity();
        std::memcpy(data + kOpacityOffset, &opacity, 4);
        std::memcpy(data + kMorphOffset, &material.morph, 4);
        std::memcpy(data + kSizeOffset, &material.size, 4);
        return true;
    }
};

} // namespace

const QSGGeometry::AttributeSet& scatterAttributes()
{
    static const QSGGeometry::Attribute attributes[] = {
        QSGGeometry::Attribute::create(0, 2, QSGGeometry::FloatType, true),
        QSGGeometry::Attribute::create(1, 2, QSGGeometry::FloatType),
        QSGGeometry::Attribute::create(2, 4, QSGGeometry::UnsignedByteType),
    };
    static const QSGGeometry::AttributeSet set{3, sizeof(ScatterVertex), attributes};
    return set;
}

ScatterMaterial::ScatterMaterial()
{
    // Places are the shader's business: the renderer must neither join nor move them.
    setFlag(Blending | RequiresFullMatrix | NoBatching);
}

QSGMaterialType* ScatterMaterial::type() const
{
    static QSGMaterialType type;
    return &type;
}

QSGMaterialShader* ScatterMaterial::createShader(QSGRendererInterface::RenderMode) const
{
    return new ScatterShader;
}

int ScatterMaterial::compare(const QSGMaterial* other) const
{
    return this == other ? 0 : (this < other ? -1 : 1);
}

} // namespace palimpsest::app
