#include "model/packed_batch.h"

namespace palimpsest::model {

at::Tensor PackedBatch::onDevice(std::span<const std::int64_t> numbers) const
{
    auto host = at::empty({static_cast<std::int64_t>(numbers.size())}, at::kLong);
    std::copy(numbers.begin(), numbers.end(), host.data_ptr<std::int64_t>());
    return host.to(device);
}

at::Tensor PackedBatch::ids() const
{
    return onDevice(hostIds);
}

at::Tensor PackedBatch::typeVectors(const at::Tensor& table) const
{
    if (hostTypes.empty() || table.size(0) < 2)
        return table.select(0, 0);
    return at::embedding(table, onDevice(hostTypes));
}

at::Tensor PackedBatch::positions(std::int64_t first) const
{
    std::vector<std::int64_t> positions;
    positions.reserve(hostIds.size());
    for (std::size_t sentence = 0; sentence + 1 < starts.size(); ++sentence) {
        for (std::int64_t place = 0; place < starts[sentence + 1] - starts[sentence]; ++place)
            positions.push_back(first + place);
    }
    return onDevice(positions);
}

at::Tensor PackedBatch::firstPieces() const
{
    return onDevice({starts.data(), starts.size() - 1});
}

at::Tensor PackedBatch::lastPieces(std::int64_t paddingId) const
{
    std::vector<std::int64_t> last;
    for (std::size_t sentence = 0; sentence + 1 < starts.size(); ++sentence) {
        std::int64_t piece = starts[sentence + 1] - 1;
        while (piece > starts[sentence] && hostIds[static_cast<std::size_t>(piece)] == paddingId)
            --piece;
        last.push_back(piece);
    }
    return onDevice(last);
}

at::Tensor PackedBatch::positionsAfterPadding(std::int64_t paddingId) const
{
    std::vector<std::int64_t> places(hostIds.size(), paddingId);
    for (std::size_t sentence = 0; sentence + 1 < starts.size(); ++sentence) {
        std::int64_t counted = 0;
        for (auto piece = starts[sentence]; piece < starts[sentence + 1]; ++piece) {
            const auto at = static_cast<std::size_t>(piece);
            if (hostIds[at] != paddingId)
                places[at] = paddingId + ++counted;
        }
    }
    return onDevice(places);
}

PackedBatch packSentences(
    std::span<const SentencePieces> sentences, std::span<const std::uint32_t> which, at::Device device)
{
    PackedBatch batch;
    batch.device = device;
    batch.starts.push_back(0);
    for (const std::uint32_t index : which) {
        const auto ids = sentences[index].ids;
        const auto length = static_cast<std::int64_t>(ids.size());
        if (batch.runs.empty() || batch.runs.back().length != length)
            batch.runs.push_back({batch.pieces(), 0, length});
        ++batch.runs.back().sentences;
        const auto types = sentences[index].types;
        if (!types.empty() || !batch.hostTypes.empty()) {
            batch.hostTypes.resize(batch.hostIds.size(), 0);
            batch.hostTypes.insert(batch.hostTypes.end(), types.begin(), types.end());
            batch.hostTypes.resize(batch.hostIds.size() + ids.size(), 0);
        }
        batch.hostIds.insert(batch.hostIds.end(), ids.begin(), ids.end());
        batch.starts.push_back(batch.pieces());
    }
    return batch;
}

base::Status checkSentence(const SentencePieces& sentence, std::size_t index, const ModelConfig& config)
{
    using base::Error;
    using base::ErrorCode;
    const std::string name = "Sentence " + std::to_string(index + 1);
    if (sentence.ids.empty())
        return Error{ErrorCode::InvalidArgument, name + " has no pieces; leave it out"};
    if (sentence.ids.size() > config.maxPieces) {
        return Error{ErrorCode::InvalidArgument,
            name + " has " + std::to_string(sentence.ids.size()) + " pieces; the model takes at most "
                + std::to_string(config.maxPieces) + ", so cut it first"};
    }
    for (const std::int32_t id : sentence.ids) {
        if (id < 0 || static_cast<std::size_t>(id) >= config.vocabularySize) {
            return Error{ErrorCode::InvalidArgument,
                name + " has piece id " + std::to_string(id) + ", but the model's vocabulary has "
                    + std::to_string(config.vocabularySize)
                    + " entries; use the tokenizer that belongs to the model"};
        }
    }
    if (!sentence.types.empty() && sentence.types.size() != sentence.ids.size())
        return Error{ErrorCode::InvalidArgument, name + " does not name a segment for every piece"};
    for (const std::int32_t type : sentence.types) {
        if (type < 0
            || (config.typeVocabularySize > 1
                && static_cast<std::size_t>(type) >= config.typeVocabularySize)) {
            return Error{ErrorCode::InvalidArgument,
                name + " has segment " + std::to_string(type) + ", but the model knows "
                    + std::to_string(config.typeVocabularySize)
                    + "; use the tokenizer that belongs to the model"};
        }
    }
    return {};
}

} // namespace palimpsest::model
