#include "model/architecture_registry.h"

#include <array>

namespace palimpsest::model {

std::unique_ptr<Encoder> makeAlbert(const ModelConfig& config, Weights& weights);
std::unique_ptr<Encoder> makeBert(const ModelConfig& config, Weights& weights);
std::unique_ptr<Encoder> makeDebertaV2(const ModelConfig& config, Weights& weights);
std::unique_ptr<Encoder> makeDistilBert(const ModelConfig& config, Weights& weights);
std::unique_ptr<Encoder> makeElectra(const ModelConfig& config, Weights& weights);
std::unique_ptr<Encoder> makeGpt2(const ModelConfig& config, Weights& weights);
std::unique_ptr<Encoder> makeLlama(const ModelConfig& config, Weights& weights);
std::unique_ptr<Encoder> makeMpnet(const ModelConfig& config, Weights& weights);
std::unique_ptr<Encoder> makeRoberta(const ModelConfig& config, Weights& weights);

namespace {

constexpr std::array kArchitectures = {
    Architecture{"albert", "Albert", "albert.", makeAlbert, SequenceHeadForm::Pooled, false},
    Architecture{"bert", "Bert", "bert.", makeBert, SequenceHeadForm::Pooled, false},
    Architecture{"camembert", "Camembert", "roberta.", makeRoberta, SequenceHeadForm::DenseTanh, true},
    Architecture{
        "deberta-v2", "DebertaV2", "deberta.", makeDebertaV2, SequenceHeadForm::ContextPooler, false},
    Architecture{"distilbert", "DistilBert", "distilbert.", makeDistilBert,
        SequenceHeadForm::PreClassifierRelu, false},
    Architecture{"electra", "Electra", "electra.", makeElectra, SequenceHeadForm::DenseGelu, false},
    Architecture{"gpt2", "GPT2", "transformer.", makeGpt2, SequenceHeadForm::LastPieceScore, false, true},
    Architecture{
        "llama", "Llama", "model.", makeLlama, SequenceHeadForm::LastPieceScore, false, true, "score"},
    Architecture{
        "mistral", "Mistral", "model.", makeLlama, SequenceHeadForm::LastPieceScore, false, true, "score"},
    Architecture{"mpnet", "MPNet", "mpnet.", makeMpnet, SequenceHeadForm::DenseTanh, true},
    Architecture{
        "qwen2", "Qwen2", "model.", makeLlama, SequenceHeadForm::LastPieceScore, false, true, "score"},
    Architecture{"roberta", "Roberta", "roberta.", makeRoberta, SequenceHeadForm::DenseTanh, true},
    Architecture{"xlm-roberta", "XLMRoberta", "roberta.", makeRoberta, SequenceHeadForm::DenseTanh, true},
};

} // namespace

std::span<const Architecture> architectures()
{
    return kArchitectures;
}

const Architecture* architectureOfType(std::string_view modelType)
{
    for (const Architecture& architecture : kArchitectures) {
        if (architecture.modelType == modelType)
            return &architecture;
    }
    return nullptr;
}

const Architecture* architectureOfClass(std::string_view className)
{
    for (const Architecture& architecture : kArchitectures) {
        if (!className.starts_with(architecture.classStem))
            continue;
        const std::string_view rest = className.substr(architecture.classStem.size());
        if (rest.starts_with("For") || rest.starts_with("Model"))
            return &architecture;
    }
    return nullptr;
}

} // namespace palimpsest::model
