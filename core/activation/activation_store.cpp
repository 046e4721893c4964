#include "activation/activation_store.h"

#include <cstdint>
#include <string>
#include <utility>

namespace palimpsest::activation {

using base::Error;
using base::ErrorCode;
namespace fs = std::filesystem;

namespace {

std::string tensorName(int layer)
{
    return "layer_" + std::to_string(layer);
}

fs::path filePath(const fs::path& folder, int layer)
{
    return folder / (tensorName(layer) + ".safetensors");
}

} // namespace

base::Result<ActivationStore> ActivationStore::open(
    const fs::path& folder, std::span<const int> layers, std::size_t rows, std::size_t hidden)
{
    ActivationStore store;
    for (const int layer : layers) {
        const fs::path path = filePath(folder, layer);
        PALIMPSEST_TRY(file, tensorfile::SafetensorsFile::open(path));
        const tensorfile::TensorView* tensor = file.find(tensorName(layer));
        const std::vector<std::size_t> shape = {rows, hidden};
        if (tensor == nullptr || tensor->type != tensorfile::ElementType::F32 || tensor->shape != shape
            || reinterpret_cast<std::uintptr_t>(tensor->bytes.data()) % alignof(float) != 0) {
            return Error{ErrorCode::ShapeMismatch,
                path.string() + " does not hold float32 activations of shape " + tensorfile::shapeText(shape)
                    + "; delete it and run again"};
        }
        store.m_layers.push_back(layer);
        store.m_views.push_back({reinterpret_cast<const float*>(tensor->bytes.data()), rows, hidden});
        store.m_files.push_back(std::move(file));
    }
    return store;
}

base::Result<base::MatrixView> ActivationStore::layer(int layer) const
{
    std::string known;
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        if (m_layers[i] == layer)
            return m_views[i];
        known.append(known.empty() ? "" : ", ").append(std::to_string(m_layers[i]));
    }
    return Error{ErrorCode::NotFound,
        "There are no activations of layer " + std::to_string(layer) + "; there are those of " + known};
}

base::Result<ActivationStoreWriter> ActivationStoreWriter::create(
    const fs::path& folder, std::vector<int> layers, std::size_t rows, std::size_t hidden)
{
    std::error_code problem;
    fs::create_directory(folder, problem);
    if (problem) {
        const bool noParent = problem == std::errc::no_such_file_or_directory;
        return Error{noParent ? ErrorCode::NotFound : ErrorCode::WriteFailed,
            "The folder " + folder.string() + " cannot be made: " + problem.message()};
    }
    ActivationStoreWriter writer;
    for (const int layer : layers) {
        PALIMPSEST_TRY(file,
            tensorfile::SafetensorsWriter::create(filePath(folder, layer),
                {{tensorName(layer), tensorfile::ElementType::F32, {rows, hidden}}}));
        writer.m_writers.push_back(std::move(file));
    }
    writer.m_layers = std::move(layers);
    return writer;
}

std::vector<std::span<float>> ActivationStoreWriter::destinations()
{
    std::vector<std::span<float>> matrices;
    for (std::size_t i = 0; i < m_writers.size(); ++i)
        matrices.push_back(m_writers[i].floats(tensorName(m_layers[i])));
    return matrices;
}

base::Status ActivationStoreWriter::commit()
{
    for (tensorfile::SafetensorsWriter& writer : m_writers)
        PALIMPSEST_CHECK(writer.commit());
    return {};
}

} // namespace palimpsest::activation
