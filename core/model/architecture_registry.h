#pragma once
// The list of architectures that can be opened. To add one: a file in architectures/ and a line in the .cpp.
// Thread: constant.

#include <memory>
#include <span>
#include <string_view>

#include "base/result.h"
#include "model/model_config.h"

namespace palimpsest::model {

class Encoder;
class Weights;

/// What stands between the last hidden state and the logits of a sentence; names as save_pretrained writes
/// them.
enum class SequenceHeadForm : std::uint8_t {
    Pooled, ///< encoder's pooler, `classifier`
    DenseTanh, ///< first position, `classifier.dense`, tanh, `classifier.out_proj`
    DenseGelu, ///< first position, `classifier.dense`, gelu, `classifier.out_proj`
    PreClassifierRelu, ///< first position, `pre_classifier`, relu, `classifier`
    ContextPooler, ///< first position, `pooler.dense`, "pooler_hidden_act", `classifier`
    LastPieceScore, ///< last position that is not padding, `score` without a bias
};

/// Builds the encoder; weights that are missing or of another shape are kept as weights.status().
using MakeEncoder = std::unique_ptr<Encoder> (*)(const ModelConfig& config, Weights& weights);

struct Architecture {
    std::string_view modelType; ///< model_type in config.json
    std::string_view classStem; ///< "Bert" of BertForSequenceClassification
    std::string_view weightPrefix; ///< "bert.": before encoder weights when saved with a head
    MakeEncoder makeEncoder = nullptr;
    SequenceHeadForm sequenceHead = SequenceHeadForm::Pooled;
    bool positionsAfterPadding = false; ///< positions count from pad_token_id + 1
    bool isDecoder = false; ///< a piece sees only those before it
    std::string_view tokenHead = "classifier"; ///< the layer of …ForTokenClassification
};

[[nodiscard]] std::span<const Architecture> architectures();

/// Null for an unknown type.
[[nodiscard]] const Architecture* architectureOfType(std::string_view modelType);

/// Null for an unknown class. "BertForMaskedLM" gives bert: the stem must be followed by "For" or "Model".
[[nodiscard]] const Architecture* architectureOfClass(std::string_view className);

} // namespace palimpsest::model
