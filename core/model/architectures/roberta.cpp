#include <string>
#include <utility>
#include <vector>

#include "model/transformer_block.h"

namespace palimpsest::model {

std::unique_ptr<Encoder> makeRoberta(const ModelConfig& config, Weights& weights);

namespace {

/// RobertaModel, XLMRobertaModel and CamembertModel of transformers (Liu et al. 2019): BERT with positions
/// that count from the padding id on.
class RobertaEncoder final : public Encoder {
public:
    RobertaEncoder(const ModelConfig& config, Weights& weights)
        : m_embeddings(takeBertEmbeddings(weights, config))
        , m_paddingId(config.paddingId)
    {
        const Activation activation = takeActivation(weights, config);
        for (std::size_t i = 0; i < config.layerCount && !weights.failed(); ++i) {
            const std::string scope = "encoder.layer." + std::to_string(i) + ".";
            m_layers.push_back(takeBertBlock(weights, scope, config, activation));
        }
        m_pooler = weights.pooler("pooler.dense", config.hiddenSize, false);
    }

    at::Tensor embedWords(const at::Tensor& ids) const override { return m_embeddings.lookUp(ids); }

    at::Tensor embed(const at::Tensor& words, const Forward& run) const override
    {
        return m_embeddings(words, places(run.batch), run);
    }

    at::Tensor layer(std::size_t index, const at::Tensor& state, const Forward& run) const override
    {
        return m_layers[index](state, run);
    }

    at::Tensor pooled(const at::Tensor& lastState, const Forward& run) const override
    {
        return poolFirstPieces(m_pooler, lastState, run);
    }

private:
    /// create_position_ids_from_input_ids of transformers: a padding id that the text itself holds stays at
    /// the padding's place and is not counted.
    [[nodiscard]] at::Tensor places(const PackedBatch& batch) const
    {
        std::vector<std::int64_t> places(batch.hostIds.size(), m_paddingId);
        for (std::size_t sentence = 0; sentence + 1 < batch.starts.size(); ++sentence) {
            std::int64_t counted = 0;
            for (auto piece = batch.starts[sentence]; piece < batch.starts[sentence + 1]; ++piece) {
                const auto at = static_cast<std::size_t>(piece);
                if (batch.hostIds[at] != m_paddingId)
                    places[at] = m_paddingId + ++counted;
            }
        }
        return batch.onDevice(places);
    }

    BertEmbeddings m_embeddings;
    std::int64_t m_paddingId;
    std::vector<PostNormBlock> m_layers;
    std::optional<Linear> m_pooler;
};

} // namespace

std::unique_ptr<Encoder> makeRoberta(const ModelConfig& config, Weights& weights)
{
    return std::make_unique<RobertaEncoder>(config, weights);
}

} // namespace palimpsest::model
