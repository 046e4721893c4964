#include "activation/activation_store.h"

#include <cstdint>
#include <mutex>
#include <string>
#include <utility>

namespace palimpsest::activation {

using base::Error;
using base::ErrorCode;
using tensorfile::ElementType;
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

/// One file; a float16 one is widened once, whichever thread asks first.
struct ActivationStore::Layer {
    tensorfile::SafetensorsFile file;
    const tensorfile::TensorView* tensor = nullptr;
    std::size_t rows = 0;
    std::size_t hidden = 0;
    std::once_flag once;
    std::vector<float> widened;

    [[nodiscard]] base::MatrixView view()
    {
        if (tensor->type == ElementType::F32)
            return {reinterpret_cast<const float*>(tensor->bytes.data()), rows, hidden};
        std::call_once(once, [this] {
            widened.resize(rows * hidden);
            tensorfile::convertToFloat(*tensor, widened);
        });
        return {widened.data(), rows, hidden};
    }
};

base::Result<ActivationStore> ActivationStore::open(
    const fs::path& folder, std::span<const int> layers, std::size_t rows, std::size_t hidden)
{
    ActivationStore store;
    for (const int layer : layers) {
        const fs::path path = filePath(folder, layer);
        PALIMPSEST_TRY(file, tensorfile::SafetensorsFile::open(path));
        auto opened = std::make_shared<Layer>();
        opened->file = std::move(file);
        opened->tensor = opened->file.find(tensorName(layer));
        opened->rows = rows;
        opened->hidden = hidden;
        const tensorfile::TensorView* tensor = opened->tensor;
        const std::vector<std::size_t> shape = {rows, hidden};
        const bool isFloat = tensor != nullptr
            && (tensor->type == ElementType::F16
                || (tensor->type == ElementType::F32
                    && reinterpret_cast<std::uintptr_t>(tensor->bytes.data()) % alignof(float) == 0));
        if (!isFloat || tensor->shape != shape) {
            return Error{ErrorCode::ShapeMismatch,
                path.string() + " does not hold float32 or float16 activations of shape "
                    + tensorfile::shapeText(shape) + "; delete it and run again"};
        }
        store.m_layers.push_back(layer);
        store.m_files.push_back(std::move(opened));
    }
    return store;
}

base::Result<base::MatrixView> ActivationStore::layer(int layer) const
{
    std::string known;
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        if (m_layers[i] == layer)
            return m_files[i]->view();
        known.append(known.empty() ? "" : ", ").append(std::to_string(m_layers[i]));
    }
    return Error{ErrorCode::NotFound,
        "There are no activations of layer " + std::to_string(layer) + "; there are those of " + known};
}

base::Result<ActivationStoreWriter> ActivationStoreWriter::create(
    const fs::path& folder, std::vector<int> layers, std::size_t rows, std::size_t hidden, ElementType type)
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
            tensorfile::SafetensorsWriter::resume(
                filePath(folder, layer), {{tensorName(layer), type, {rows, hidden}}}));
        writer.m_writers.push_back(std::move(file));
    }
    writer.m_layers = std::move(layers);
    writer.m_type = type;
    return writer;
}

std::vector<Destination> ActivationStoreWriter::destinations()
{
    std::vector<Destination> matrices;
    for (std::size_t i = 0; i < m_writers.size(); ++i)
        matrices.push_back(Destination::inFile(m_type, m_writers[i].tensor(tensorName(m_layers[i]))));
    return matrices;
}

void ActivationStoreWriter::keepParts()
{
    for (tensorfile::SafetensorsWriter& writer : m_writers)
        writer.keepPart();
}

base::Status ActivationStoreWriter::commit()
{
    for (tensorfile::SafetensorsWriter& writer : m_writers)
        PALIMPSEST_CHECK(writer.commit());
    return {};
}

} // namespace palimpsest::activation
