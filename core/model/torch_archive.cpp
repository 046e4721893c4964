#include "model/torch_archive.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <utility>

#include "model/pickle_reader.h"
#include "model/zip_directory.h"

namespace palimpsest::model {

using base::Error;
using base::ErrorCode;
using tensorfile::ElementType;
using tensorfile::TensorView;
using Bytes = std::span<const std::byte>;
using Kind = PickleValue::Kind;
using Storages = std::map<std::string, Bytes, std::less<>>;

namespace {

constexpr std::size_t kMostAxes = 32;
// torch.serialization.MAGIC_NUMBER and PROTOCOL_VERSION of the layout before torch 1.6, little-endian.
constexpr std::string_view kOldMagic("\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 10);
constexpr std::int64_t kOldProtocol = 1001;

struct StorageType {
    std::string_view name;
    ElementType type;
};

constexpr std::array kStorageTypes = {
    StorageType{"DoubleStorage", ElementType::F64},
    StorageType{"FloatStorage", ElementType::F32},
    StorageType{"HalfStorage", ElementType::F16},
    StorageType{"BFloat16Storage", ElementType::BF16},
    StorageType{"LongStorage", ElementType::I64},
    StorageType{"IntStorage", ElementType::I32},
    StorageType{"ShortStorage", ElementType::I16},
    StorageType{"CharStorage", ElementType::I8},
    StorageType{"ByteStorage", ElementType::U8},
    StorageType{"BoolStorage", ElementType::Bool},
};

std::optional<ElementType> elementTypeOf(std::string_view storageName)
{
    for (const StorageType& known : kStorageTypes) {
        if (known.name == storageName)
            return known.type;
    }
    return std::nullopt;
}

Error malformed(const std::string& fileName, const std::string& problem)
{
    return {ErrorCode::Malformed, fileName + " " + problem + "; fetch the file again"};
}

/// Non-negative integers of a tuple, or nothing.
std::optional<std::vector<std::size_t>> integersOf(const PickleDocument& document, std::uint32_t tuple)
{
    std::vector<std::size_t> numbers;
    for (const std::uint32_t item : document.values[tuple].items) {
        const PickleValue& value = document.values[item];
        if (value.kind != Kind::Integer || value.integer < 0 || numbers.size() == kMostAxes)
            return std::nullopt;
        numbers.push_back(static_cast<std::size_t>(value.integer));
    }
    return numbers;
}

struct StridedTensor {
    ElementType type = ElementType::F32;
    std::vector<std::size_t> shape;
    std::vector<std::size_t> strides;
    std::size_t offset = 0;
    Bytes storage;
};

/// Index behind the last element that the tensor touches, or nothing where that overflows.
std::optional<std::size_t> reachOf(const StridedTensor& tensor)
{
    std::size_t last = tensor.offset;
    for (std::size_t axis = 0; axis < tensor.shape.size(); ++axis) {
        if (tensor.shape[axis] == 0)
            return 0;
        std::size_t step = 0;
        if (__builtin_mul_overflow(tensor.shape[axis] - 1, tensor.strides[axis], &step)
            || __builtin_add_overflow(last, step, &last))
            return std::nullopt;
    }
    return last == SIZE_MAX ? std::nullopt : std::optional(last + 1);
}

bool isContiguous(const StridedTensor& tensor)
{
    std::size_t expected = 1;
    for (std::size_t axis = tensor.shape.size(); axis-- > 0;) {
        if (tensor.shape[axis] != 1 && tensor.strides[axis] != expected)
            return false;
        expected *= tensor.shape[axis];
    }
    return true;
}

base::Result<StridedTensor> describe(const PickleDocument& document, std::uint32_t index,
    const Storages& storages, const std::string& tensorName, const std::string& fileName)
{
    const auto& parts = document.values[index].items;
    const auto& storage = document.values[parts[0]].items;
    const std::string problem
        = "describes tensor \"" + tensorName + "\" in a way that does not fit its storage";
    const auto type = elementTypeOf(document.values[storage[1]].name);
    const auto content = storages.find(document.values[storage[2]].text);
    auto shape = integersOf(document, parts[2]);
    auto strides = integersOf(document, parts[3]);
    const std::int64_t offset = document.values[parts[1]].integer;
    if (!type || content == storages.end() || !shape || !strides || shape->size() != strides->size()
        || offset < 0)
        return malformed(fileName, problem);
    StridedTensor tensor{
        *type, std::move(*shape), std::move(*strides), static_cast<std::size_t>(offset), content->second};
    const auto reach = reachOf(tensor);
    const std::size_t available = tensor.storage.size() / tensorfile::elementSize(*type);
    const auto size = tensorfile::tensorByteCount(*type, tensor.shape);
    // The second test also refuses strides of zero that would make a small file a huge copy.
    if (!reach || *reach > available || !size || *size > tensor.storage.size())
        return malformed(fileName, problem);
    return tensor;
}

/// Copies a strided tensor in row-major order into `out`, which has the right size.
void copyStrided(const StridedTensor& tensor, std::byte* out)
{
    const std::size_t width = tensorfile::elementSize(tensor.type);
    const std::size_t total = *tensorfile::tensorByteCount(tensor.type, tensor.shape) / width;
    std::vector<std::size_t> index(tensor.shape.size(), 0);
    for (std::size_t element = 0; element < total; ++element) {
        std::size_t place = tensor.offset;
        for (std::size_t axis = 0; axis < index.size(); ++axis)
            place += index[axis] * tensor.strides[axis];
        std::memcpy(out + element * width, tensor.storage.data() + place * width, width);
        for (std::size_t axis = index.size(); axis-- > 0;) {
            if (++index[axis] < tensor.shape[axis])
                break;
            index[axis] = 0;
        }
    }
}

base::Result<std::pair<PickleDocument, Storages>> readZipLayout(Bytes bytes, const std::string& fileName)
{
    PALIMPSEST_TRY(entries, readZipDirectory(bytes, fileName));
    const auto isPickle = [](const auto& entry) { return entry.first.ends_with("/data.pkl"); };
    const auto pickle = std::find_if(entries.begin(), entries.end(), isPickle);
    if (pickle == entries.end())
        return malformed(fileName, "is a zip archive without data.pkl, not weights that torch.save wrote");
    const std::string folder = pickle->first.substr(0, pickle->first.size() - std::strlen("data.pkl"));
    const auto order = entries.find(folder + "byteorder");
    if (order != entries.end() && order->second.size() == 3
        && std::memcmp(order->second.data(), "big", 3) == 0) {
        return Error{ErrorCode::Unsupported,
            fileName + " was saved on a big-endian machine; save it as safetensors there"};
    }
    PALIMPSEST_TRY(document, readPickle(pickle->second, fileName));
    Storages storages;
    const std::string dataFolder = folder + "data/";
    for (const auto& [name, content] : entries) {
        if (name.starts_with(dataFolder))
            storages.emplace(name.substr(dataFolder.size()), content);
    }
    return std::pair(std::move(document), std::move(storages));
}

/// Five pickles (magic, protocol, system, state dict, storage keys), then per key a 64-bit count and the
/// elements.
base::Result<std::pair<PickleDocument, Storages>> readOldLayout(Bytes bytes, const std::string& fileName)
{
    const Error other = malformed(fileName, "is neither a zip archive nor an older file of torch.save");
    constexpr std::byte kProtocol{0x80}; // every pickle since protocol 2 begins so
    if (bytes.empty() || bytes.front() != kProtocol)
        return other;
    std::array<PickleDocument, 5> documents;
    Bytes rest = bytes;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        PALIMPSEST_TRY(document, readPickle(rest, fileName));
        rest = rest.subspan(document.end);
        const PickleValue& root = document.values[document.root];
        if ((i == 0 && root.text != kOldMagic) || (i == 1 && root.integer != kOldProtocol))
            return other;
        documents[i] = std::move(document);
    }
    std::map<std::string_view, std::size_t> widths;
    for (const PickleValue& value : documents[3].values) {
        if (value.kind != Kind::Storage)
            continue;
        const auto type = elementTypeOf(documents[3].values[value.items[1]].name);
        if (type)
            widths[documents[3].values[value.items[2]].text] = tensorfile::elementSize(*type);
    }
    Storages storages;
    const PickleDocument& keys = documents[4];
    for (const std::uint32_t item : keys.values[keys.root].items) {
        const std::string_view key = keys.values[item].text;
        const auto width = widths.find(key);
        std::uint64_t count = 0;
        if (width == widths.end() || rest.size() < sizeof count)
            return malformed(fileName, "lacks the storage \"" + std::string(key) + "\"");
        std::memcpy(&count, rest.data(), sizeof count);
        rest = rest.subspan(sizeof count);
        if (count > rest.size() / width->second)
            return malformed(fileName, "is cut off");
        const std::size_t size = static_cast<std::size_t>(count) * width->second;
        storages.emplace(key, rest.first(size));
        rest = rest.subspan(size);
    }
    return std::pair(std::move(documents[3]), std::move(storages));
}

} // namespace

base::Result<TorchArchive> TorchArchive::open(const std::filesystem::path& path)
{
    TorchArchive archive;
    PALIMPSEST_TRY(file, base::MappedFile::open(path));
    archive.m_file = std::move(file);
    const Bytes bytes = archive.m_file.bytes();
    const std::string name = path.string();
    PALIMPSEST_TRY(content, looksLikeZip(bytes) ? readZipLayout(bytes, name) : readOldLayout(bytes, name));
    const auto& [document, storages] = content;
    const PickleValue& root = document.values[document.root];
    if (root.kind != Kind::Dict)
        return malformed(name, "does not hold a dictionary of weights");
    std::size_t copied = 0;
    for (std::size_t i = 0; i + 1 < root.items.size(); i += 2) {
        const PickleValue& key = document.values[root.items[i]];
        const std::uint32_t value = root.items[i + 1];
        if (key.kind != Kind::Text || document.values[value].kind != Kind::Tensor)
            continue;
        const std::string tensorName(key.text);
        PALIMPSEST_TRY(tensor, describe(document, value, storages, tensorName, name));
        const std::size_t size = *tensorfile::tensorByteCount(tensor.type, tensor.shape);
        const std::size_t begin = size == 0 ? 0 : tensor.offset * tensorfile::elementSize(tensor.type);
        Bytes view = tensor.storage.subspan(begin, std::min(size, tensor.storage.size() - begin));
        if (!isContiguous(tensor)) {
            copied += size;
            if (copied > bytes.size())
                return malformed(name, "describes more bytes of tensors than it has");
            archive.m_copies.push_back(std::make_unique<std::byte[]>(size));
            copyStrided(tensor, archive.m_copies.back().get());
            view = {archive.m_copies.back().get(), size};
        }
        archive.m_tensors.insert_or_assign(tensorName, TensorView{tensor.type, tensor.shape, view});
    }
    for (const auto& [tensorName, tensor] : archive.m_tensors)
        archive.m_names.push_back(tensorName);
    return archive;
}

const TensorView* TorchArchive::find(std::string_view name) const
{
    const auto found = m_tensors.find(name);
    return found == m_tensors.end() ? nullptr : &found->second;
}

} // namespace palimpsest::model
