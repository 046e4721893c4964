#include "tensorfile/matrix_file.h"

#include <cstdint>
#include <new>
#include <utility>

#include "tensorfile/npy.h"
#include "tensorfile/safetensors.h"

namespace palimpsest::tensorfile {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::size_t kMostNamesInMessage = 20;

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < kMostNamesInMessage; ++i)
        text.append(i > 0 ? ", " : "").append(names[i]);
    if (names.size() > kMostNamesInMessage)
        text += " and " + std::to_string(names.size() - kMostNamesInMessage) + " more";
    return text;
}

/// The tensor that was named, or the only 2-D one.
base::Result<std::string> chooseTensor(const SafetensorsFile& file, std::optional<std::string_view> wanted)
{
    if (wanted) {
        if (file.find(*wanted) != nullptr)
            return std::string(*wanted);
        return Error{ErrorCode::NotFound,
            file.path().string() + " has no tensor \"" + std::string(*wanted) + "\"; it has "
                + listed(file.names())};
    }
    std::vector<std::string> matrices;
    for (const std::string& name : file.names()) {
        if (file.find(name)->shape.size() == 2)
            matrices.push_back(name);
    }
    if (matrices.empty()) {
        return Error{ErrorCode::ShapeMismatch,
            file.path().string() + " has no tensor with two axes; save the vectors as [rows, columns]"};
    }
    if (matrices.size() > 1) {
        return Error{ErrorCode::InvalidArgument,
            file.path().string() + " has several matrices; name one of " + listed(matrices)};
    }
    return matrices.front();
}

bool isMappedFloat(const TensorView& tensor)
{
    return tensor.type == ElementType::F32
        && reinterpret_cast<std::uintptr_t>(tensor.bytes.data()) % alignof(float) == 0;
}

} // namespace

base::Result<MatrixFile> openMatrix(
    const std::filesystem::path& path, std::optional<std::string_view> tensorName)
{
    MatrixFile matrix;
    TensorView tensor;
    if (path.extension() == ".npy") {
        if (tensorName) {
            return Error{ErrorCode::InvalidArgument,
                path.string() + " holds one array without a name; leave the name \""
                    + std::string(*tensorName) + "\" out"};
        }
        PALIMPSEST_TRY(file, NpyFile::open(path));
        auto owner = std::make_shared<const NpyFile>(std::move(file));
        tensor = owner->array();
        matrix.m_owner = std::move(owner);
    } else if (path.extension() == ".safetensors") {
        PALIMPSEST_TRY(file, SafetensorsFile::open(path));
        PALIMPSEST_TRY(name, chooseTensor(file, tensorName));
        matrix.m_tensorName = name;
        auto owner = std::make_shared<const SafetensorsFile>(std::move(file));
        tensor = *owner->find(name);
        matrix.m_owner = std::move(owner);
    } else {
        return Error{ErrorCode::Unsupported,
            path.string() + " is neither .npy nor .safetensors; save the vectors in one of these"};
    }
    if (tensor.shape.size() != 2) {
        return Error{ErrorCode::ShapeMismatch,
            path.string() + " holds an array of shape " + shapeText(tensor.shape)
                + "; a matrix [rows, columns] is expected"};
    }
    if (isMappedFloat(tensor)) {
        matrix.m_view.data = reinterpret_cast<const float*>(tensor.bytes.data());
    } else {
        try {
            auto values = std::make_shared<std::vector<float>>(tensor.elementCount());
            convertToFloat(tensor, *values);
            matrix.m_view.data = values->data();
            matrix.m_owner = std::move(values);
        } catch (const std::bad_alloc&) {
            return Error{ErrorCode::TooLarge,
                path.string() + " does not fit into memory as float32; save it as float32, which is mapped"};
        }
    }
    matrix.m_view.rows = tensor.shape[0];
    matrix.m_view.cols = tensor.shape[1];
    return matrix;
}

} // namespace palimpsest::tensorfile
