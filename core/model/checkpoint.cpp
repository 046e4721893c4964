#include "model/checkpoint.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "model/torch_archive.h"
#include "tensorfile/safetensors.h"

namespace palimpsest::model {

using base::Error;
using base::ErrorCode;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLargestIndex = 256U << 20U;

struct WeightFile {
    const char* name;
    bool isIndex;
};

constexpr std::array kWeightFiles = {
    WeightFile{"model.safetensors", false},
    WeightFile{"model.safetensors.index.json", true},
    WeightFile{"pytorch_model.bin", false},
    WeightFile{"pytorch_model.bin.index.json", true},
};

base::Result<WeightFile> findWeights(const fs::path& folder)
{
    std::error_code ignored;
    for (const WeightFile& candidate : kWeightFiles) {
        if (fs::exists(folder / candidate.name, ignored))
            return candidate;
    }
    return Error{ErrorCode::NotFound,
        "The folder " + folder.string()
            + " has no weights; model.safetensors or pytorch_model.bin is expected in it"};
}

/// Tensor name → file name, as the index of a sharded checkpoint gives it.
base::Result<std::map<std::string, std::string>> readIndex(const fs::path& path)
{
    PALIMPSEST_TRY(text, base::readFile(path, kLargestIndex));
    const auto index = nlohmann::json::parse(text, nullptr, false);
    const Error malformed{ErrorCode::Malformed,
        path.string() + " is not an index of shards (\"weight_map\" with file names); fetch it again"};
    if (!index.is_object() || !index.contains("weight_map") || !index["weight_map"].is_object())
        return malformed;
    std::map<std::string, std::string> files;
    for (const auto& [name, file] : index["weight_map"].items()) {
        // A shard lies beside its index: anything else would let a download read other files.
        const std::string shard = file.is_string() ? file.get<std::string>() : std::string();
        if (shard.empty() || shard == "." || shard == ".." || fs::path(shard).filename() != shard)
            return malformed;
        files[name] = shard;
    }
    return files;
}

std::vector<std::string> shardNames(const std::map<std::string, std::string>& index)
{
    std::set<std::string> names;
    for (const auto& [tensor, file] : index)
        names.insert(file);
    return {names.begin(), names.end()};
}

template <typename File>
void takeTensors(std::map<std::string, tensorfile::TensorView, std::less<>>& tensors,
    std::vector<std::shared_ptr<const void>>& owners, File file)
{
    auto owner = std::make_shared<const File>(std::move(file));
    for (const std::string& name : owner->names())
        tensors.insert_or_assign(name, *owner->find(name));
    owners.push_back(std::move(owner));
}

} // namespace

base::Result<Checkpoint> Checkpoint::open(const fs::path& folder)
{
    Checkpoint checkpoint;
    checkpoint.m_folder = folder;
    PALIMPSEST_TRY(weights, findWeights(folder));
    PALIMPSEST_CHECK(weights.isIndex ? checkpoint.addShards(folder / weights.name)
                                     : checkpoint.addFile(folder / weights.name));
    return checkpoint;
}

base::Status Checkpoint::addFile(const fs::path& path)
{
    if (path.extension() == ".safetensors") {
        PALIMPSEST_TRY(file, tensorfile::SafetensorsFile::open(path));
        takeTensors(m_tensors, m_owners, std::move(file));
    } else {
        PALIMPSEST_TRY(file, TorchArchive::open(path));
        takeTensors(m_tensors, m_owners, std::move(file));
    }
    m_files.push_back(path);
    return {};
}

base::Status Checkpoint::addShards(const fs::path& indexPath)
{
    PALIMPSEST_TRY(index, readIndex(indexPath));
    for (const std::string& file : shardNames(index)) {
        std::error_code ignored;
        if (!fs::exists(m_folder / file, ignored)) {
            return Error{ErrorCode::NotFound,
                "The shard " + (m_folder / file).string() + " that " + indexPath.filename().string()
                    + " names is missing; fetch it"};
        }
        PALIMPSEST_CHECK(addFile(m_folder / file));
    }
    for (const auto& [name, file] : index) {
        if (find(name) == nullptr) {
            return Error{ErrorCode::Malformed,
                "The shard " + (m_folder / file).string() + " lacks tensor \"" + name
                    + "\" that the index places there; fetch the checkpoint again"};
        }
    }
    return {};
}

const tensorfile::TensorView* Checkpoint::find(std::string_view name) const
{
    const auto found = m_tensors.find(name);
    return found == m_tensors.end() ? nullptr : &found->second;
}

std::vector<std::string> Checkpoint::names() const
{
    std::vector<std::string> names;
    names.reserve(m_tensors.size());
    for (const auto& [name, tensor] : m_tensors)
        names.push_back(name);
    return names;
}

base::Result<base::Fingerprint> fingerprintCheckpoint(const fs::path& folder)
{
    std::vector<std::string> names = {"config.json"};
    PALIMPSEST_TRY(weights, findWeights(folder));
    names.emplace_back(weights.name);
    if (weights.isIndex) {
        PALIMPSEST_TRY(index, readIndex(folder / weights.name));
        for (std::string& shard : shardNames(index))
            names.push_back(std::move(shard));
    }
    base::FingerprintBuilder builder;
    for (const std::string& name : names) {
        PALIMPSEST_TRY(file, base::MappedFile::open(folder / name));
        builder.add(name).add(file.bytes());
    }
    return builder.finish();
}

} // namespace palimpsest::model
