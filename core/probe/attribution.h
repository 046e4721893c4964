#pragma once
// How much each word of a sentence moves a classifier's logit.
// Thread: reentrant; call from a job's thread, one at a time, since a run uses all cores by itself.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"
#include "model/model.h"
#include "model/sentence_pieces.h"
#include "probe/prediction.h"

namespace palimpsest::probe {

enum class AttributionMethod : std::uint8_t {
    IntegratedGradients, ///< Sundararajan, Taly and Yan 2017, eq. 3, over word vectors
    GradientTimesInput, ///< gradient · (word vector - baseline vector)
    Occlusion, ///< logit - logit with all pieces of the word replaced by `occlusionId`
};

/// tst_attribution.cpp holds the completeness error on 30 sentences of a small model to 1 % of the logit
/// difference (and 1e-4) with it; results carry their own error.
inline constexpr std::size_t kDefaultSteps = 64;

struct AttributionOptions {
    AttributionMethod method = AttributionMethod::IntegratedGradients;
    std::size_t steps = kDefaultSteps; ///< points of the path, 1..1000
    std::optional<std::size_t> target; ///< label; none: the predicted one
    std::int32_t baselineId = 0; ///< whose word vector stands at all but special pieces of the baseline
    std::int32_t occlusionId = 0;
};

struct Attribution {
    Prediction prediction;
    std::size_t target = 0;
    std::vector<double> words; ///< per word 0..max(wordOfPiece); 0 for a word without a piece
    std::vector<double> pieces; ///< per piece; for occlusion a word's score stands at its first piece
    double special = 0.0; ///< sum over pieces of no word
    double targetLogit = 0.0;
    double baselineLogit = 0.0; ///< the same label's logit of the baseline
    /// |Σ pieces - (targetLogit - baselineLogit)|, which is 0 for exact integrated gradients.
    double completenessError = 0.0;
};

/// One per sentence, in order. Integrated gradients take Gauss–Legendre points on the straight path, which
/// converge faster than equal steps; the sentence's points run as one batch and sentences side by side.
/// Fails with Unsupported (no head for sentences), InvalidArgument (steps or target out of range, a sentence
/// as for predict()), TooLarge or Cancelled.
[[nodiscard]] base::Result<std::vector<Attribution>> attribute(const model::Model& model,
    std::span<const model::SentencePieces> sentences, const AttributionOptions& options,
    const base::JobContext& ctx);

/// Points in (0, 1) and weights that sum to 1, which integrate polynomials up to degree 2n - 1 exactly.
struct Quadrature {
    std::vector<double> points;
    std::vector<double> weights;
};
[[nodiscard]] Quadrature gaussLegendre(std::size_t count);

} // namespace palimpsest::probe
