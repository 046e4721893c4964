#include "probe/prediction.h"

#include <string>
#include <utility>

#include "probe/head_runner.h"

namespace palimpsest::probe {

using base::Error;
using base::ErrorCode;
using model::HeadKind;
using model::SentencePieces;

base::Result<std::vector<Prediction>> predict(const model::Model& model,
    std::span<const SentencePieces> sentences, const PredictOptions& options, const base::JobContext& ctx)
{
    PALIMPSEST_CHECK(checkHead(model, HeadKind::SequenceClassification));
    const bool multiLabel = model.config().problemType == "multi_label_classification";
    std::vector<Prediction> predictions(sentences.size());
    PALIMPSEST_CHECK(runHead(model, sentences, options, ctx,
        [&](const auto& members, const model::PackedBatch&, const auto& rows) {
            for (std::size_t i = 0; i < members.size(); ++i)
                predictions[members[i]] = toPrediction(rows[i], multiLabel);
        }));
    return predictions;
}

base::Result<std::vector<std::vector<Prediction>>> predictWords(const model::Model& model,
    std::span<const SentencePieces> sentences, const PredictOptions& options, const base::JobContext& ctx)
{
    PALIMPSEST_CHECK(checkHead(model, HeadKind::TokenClassification));
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        if (sentences[i].wordOfPiece.size() != sentences[i].ids.size()) {
            return Error{ErrorCode::InvalidArgument,
                "Sentence " + std::to_string(i + 1) + " does not name a word for every piece"};
        }
    }
    std::vector<std::vector<Prediction>> predictions(sentences.size());
    PALIMPSEST_CHECK(runHead(model, sentences, options, ctx,
        [&](const auto& members, const model::PackedBatch& batch, const auto& rows) {
            for (std::size_t i = 0; i < members.size(); ++i) {
                const auto words = sentences[members[i]].wordOfPiece;
                auto& result = predictions[members[i]];
                const auto start = static_cast<std::size_t>(batch.starts[i]);
                for (std::size_t piece = 0; piece < words.size(); ++piece) {
                    if (words[piece] < 0)
                        continue;
                    const auto word = static_cast<std::size_t>(words[piece]);
                    if (word >= result.size())
                        result.resize(word + 1);
                    if (result[word].label < 0)
                        result[word] = toPrediction(rows[start + piece], false);
                }
            }
        }));
    return predictions;
}

} // namespace palimpsest::probe
