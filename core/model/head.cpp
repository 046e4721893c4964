#include "model/head.h"

#include <utility>

#include "model/config_keys.h"
#include "model/transformer_block.h"

namespace palimpsest::model {

namespace {

at::Tensor firstPieces(const at::Tensor& lastState, const Forward& run)
{
    return lastState.index_select(0, run.batch.firstPieces());
}

/// BertForSequenceClassification, AlbertForSequenceClassification.
class PooledHead final : public Head {
public:
    explicit PooledHead(Linear classifier)
        : m_classifier(std::move(classifier))
    {
    }
    at::Tensor logits(const Encoder& encoder, const at::Tensor& lastState, const Forward& run) const override
    {
        return m_classifier(run.drop(encoder.pooled(lastState, run)));
    }

private:
    Linear m_classifier;
};

/// A dense layer with an activation between the first piece and the classifier.
class DenseHead final : public Head {
public:
    DenseHead(Linear dense, Activation activation, bool dropsInput, Linear classifier)
        : m_dense(std::move(dense))
        , m_activation(activation)
        , m_dropsInput(dropsInput)
        , m_classifier(std::move(classifier))
    {
    }
    at::Tensor logits(const Encoder&, const at::Tensor& lastState, const Forward& run) const override
    {
        at::Tensor first = firstPieces(lastState, run);
        if (m_dropsInput)
            first = run.drop(first);
        return m_classifier(run.drop(activate(m_activation, m_dense(first))));
    }

private:
    Linear m_dense;
    Activation m_activation;
    bool m_dropsInput;
    Linear m_classifier;
};

/// …ForTokenClassification of all families here.
class TokenHead final : public Head {
public:
    explicit TokenHead(Linear classifier)
        : m_classifier(std::move(classifier))
    {
    }
    at::Tensor logits(const Encoder&, const at::Tensor& lastState, const Forward& run) const override
    {
        return m_classifier(run.drop(lastState));
    }

private:
    Linear m_classifier;
};

/// GPT2ForSequenceClassification, LlamaForSequenceClassification and their like: only the last piece has seen
/// the whole sentence.
class LastPieceHead final : public Head {
public:
    LastPieceHead(Linear score, std::int64_t paddingId)
        : m_score(std::move(score))
        , m_paddingId(paddingId)
    {
    }
    at::Tensor logits(const Encoder&, const at::Tensor& lastState, const Forward& run) const override
    {
        return m_score(run.drop(lastState.index_select(0, run.batch.lastPieces(m_paddingId))));
    }

private:
    Linear m_score;
    std::int64_t m_paddingId;
};

Activation poolerActivation(const ModelConfig& config, Weights& weights)
{
    ConfigKeys keys = rareKeys(config);
    const auto activation = activationFromName(keys.text({"pooler_hidden_act"}, "gelu"));
    if (!activation)
        weights.fail(activation.error());
    return activation ? activation.value() : Activation::Gelu;
}

} // namespace

std::unique_ptr<Head> makeHead(const ModelConfig& config, const Architecture& architecture, Weights& weights)
{
    const std::size_t hidden = config.hiddenSize;
    const std::size_t labels = config.labels.size();
    if (config.head == HeadKind::None)
        return nullptr;
    if (config.head == HeadKind::TokenClassification)
        return std::make_unique<TokenHead>(
            weights.headLinear(std::string(architecture.tokenHead), hidden, labels));

    const auto dense
        = [&](const char* denseName, Activation activation, bool dropsInput, const char* outName) {
              Linear first = weights.headLinear(denseName, hidden, hidden);
              return std::make_unique<DenseHead>(
                  std::move(first), activation, dropsInput, weights.headLinear(outName, hidden, labels));
          };
    switch (architecture.sequenceHead) {
    case SequenceHeadForm::DenseTanh:
        return dense("classifier.dense", Activation::Tanh, true, "classifier.out_proj");
    case SequenceHeadForm::DenseGelu:
        return dense("classifier.dense", Activation::Gelu, true, "classifier.out_proj");
    case SequenceHeadForm::PreClassifierRelu:
        return dense("pre_classifier", Activation::Relu, false, "classifier");
    case SequenceHeadForm::ContextPooler:
        return dense("pooler.dense", poolerActivation(config, weights), true, "classifier");
    case SequenceHeadForm::LastPieceScore:
        return std::make_unique<LastPieceHead>(
            weights.headLinear("score", hidden, labels, false), config.paddingId);
    case SequenceHeadForm::Pooled:
        break;
    }
    return std::make_unique<PooledHead>(weights.headLinear("classifier", hidden, labels));
}

} // namespace palimpsest::model
