#include "probe/attribution.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include <torch/torch.h>

#include "model/batch_runner.h"
#include "model/encoder.h"
#include "model/head.h"
#include "model/packed_batch.h"
#include "probe/head_runner.h"

namespace palimpsest::probe {

using base::Error;
using base::ErrorCode;
using model::SentencePieces;

namespace {

constexpr std::size_t kMostSteps = 1000;

base::Status checkOptions(const model::Model& model, const AttributionOptions& options)
{
    PALIMPSEST_CHECK(checkHead(model, model::HeadKind::SequenceClassification));
    if (options.steps < 1 || options.steps > kMostSteps) {
        return Error{ErrorCode::InvalidArgument,
            "Integrated gradients take 1 to 1000 steps, not " + std::to_string(options.steps)};
    }
    if (options.target && *options.target >= model.config().labels.size()) {
        return Error{ErrorCode::InvalidArgument,
            "There is no label " + std::to_string(*options.target) + "; the model has "
                + std::to_string(model.config().labels.size())};
    }
    const auto vocabulary = static_cast<std::int64_t>(model.config().vocabularySize);
    for (const std::int32_t id : {options.baselineId, options.occlusionId}) {
        if (id < 0 || id >= vocabulary) {
            return Error{ErrorCode::InvalidArgument,
                "The piece " + std::to_string(id) + " is not in the model's vocabulary"};
        }
    }
    return {};
}

/// The attribution of one sentence; runs on a thread of the batch runner.
class SentenceAttribution {
public:
    SentenceAttribution(const model::Model& model, const SentencePieces& sentence,
        const AttributionOptions& options, const base::JobContext& ctx)
        : m_model(model)
        , m_sentence(sentence)
        , m_options(options)
        , m_ctx(ctx)
        , m_device(model.device())
        , m_length(sentence.ids.size())
    {
    }

    base::Result<Attribution> run()
    {
        Attribution result;
        std::vector<std::int32_t> plain(m_sentence.ids.begin(), m_sentence.ids.end());
        std::vector<std::int32_t> baseline(plain);
        for (std::size_t i = 0; i < m_length; ++i) {
            if (m_sentence.wordOfPiece[i] >= 0)
                baseline[i] = m_options.baselineId;
        }
        const std::vector<std::vector<std::int32_t>> both{plain, baseline};
        const std::vector<std::vector<float>> logits = logitsOf(both);
        const bool multiLabel = m_model.config().problemType == "multi_label_classification";
        result.prediction = toPrediction(logits[0], multiLabel);
        result.target = m_options.target.value_or(static_cast<std::size_t>(result.prediction.label));
        result.targetLogit = static_cast<double>(logits[0][result.target]);
        result.baselineLogit = static_cast<double>(logits[1][result.target]);
        result.pieces.assign(m_length, 0.0);
        if (m_options.method == AttributionMethod::Occlusion) {
            PALIMPSEST_CHECK(occlude(plain, result));
        } else {
            PALIMPSEST_CHECK(integrate(plain, baseline, result));
        }
        finish(result);
        return result;
    }

private:
    /// Variants of the sentence run together.
    std::vector<std::vector<float>> logitsOf(const std::vector<std::vector<std::int32_t>>& variants) const
    {
        std::vector<SentencePieces> views;
        std::vector<std::uint32_t> all;
        for (std::uint32_t i = 0; i < variants.size(); ++i) {
            views.push_back({variants[i], m_sentence.wordOfPiece, m_sentence.types});
            all.push_back(i);
        }
        const torch::NoGradGuard noGradients;
        const auto batch = model::packSentences(views, all, m_device);
        const model::Forward forward{batch, nullptr};
        const at::Tensor state = model::runEncoder(m_model.encoder(), m_model.config().layerCount, forward);
        const at::Tensor logits
            = m_model.head()->logits(m_model.encoder(), state, forward).to(at::kCPU).to(at::kFloat).contiguous();
        std::vector<std::vector<float>> rows;
        for (std::int64_t row = 0; row < logits.size(0); ++row) {
            const float* values = logits.data_ptr<float>() + row * logits.size(1);
            rows.emplace_back(values, values + logits.size(1));
        }
        return rows;
    }

    /// d logit / d word vectors at `vectors` [points · length, size], on the device.
    at::Tensor gradientsAt(const at::Tensor& vectors, std::int64_t points, std::size_t target) const
    {
        const std::vector<SentencePieces> views(static_cast<std::size_t>(points), m_sentence);
        std::vector<std::uint32_t> all(static_cast<std::size_t>(points));
        for (std::uint32_t i = 0; i < all.size(); ++i)
            all[i] = i;
        const auto batch = model::packSentences(views, all, m_device);
        const model::Forward forward{batch, nullptr};
        const at::Tensor words = vectors.detach().requires_grad_(true);
        at::Tensor state = m_model.encoder().embed(words, forward);
        for (std::size_t layer = 0; layer < m_model.config().layerCount; ++layer)
            state = m_model.encoder().layer(layer, state, forward);
        const at::Tensor logits = m_model.head()->logits(m_model.encoder(), state, forward);
        return torch::autograd::grad({logits.select(1, static_cast<std::int64_t>(target)).sum()}, {words})
            .front();
    }

    at::Tensor vectorsOf(const std::vector<std::int32_t>& ids) const
    {
        const torch::NoGradGuard noGradients;
        const at::Tensor host = at::empty({static_cast<std::int64_t>(ids.size())}, at::kLong);
        std::copy(ids.begin(), ids.end(), host.data_ptr<std::int64_t>());
        return m_model.encoder().embedWords(host.to(m_device)).detach();
    }

    base::Status integrate(const std::vector<std::int32_t>& plain, const std::vector<std::int32_t>& baseline,
        Attribution& result) const
    {
        const at::Tensor from = vectorsOf(baseline);
        const at::Tensor difference = vectorsOf(plain) - from;
        Quadrature path{{1.0}, {1.0}};
        if (m_options.method == AttributionMethod::IntegratedGradients)
            path = gaussLegendre(m_options.steps);
        const std::size_t chunk = std::max<std::size_t>(1, kTokenBudget / m_length);
        at::Tensor sum = at::zeros(difference.sizes(), difference.options().dtype(at::kDouble));
        for (std::size_t begin = 0; begin < path.points.size(); begin += chunk) {
            if (m_ctx.stopRequested())
                return base::cancelled();
            const std::size_t end = std::min(path.points.size(), begin + chunk);
            std::vector<at::Tensor> points;
            for (std::size_t i = begin; i < end; ++i)
                points.push_back(from + difference * path.points[i]);
            const auto count = static_cast<std::int64_t>(end - begin);
            const at::Tensor gradients = gradientsAt(at::cat(points, 0), count, result.target)
                                             .view({count, difference.size(0), difference.size(1)});
            for (std::int64_t i = 0; i < count; ++i)
                sum += gradients.select(0, i).to(at::kDouble)
                    * path.weights[begin + static_cast<std::size_t>(i)];
        }
        const at::Tensor scores = (sum * difference).sum(1).to(at::kCPU).contiguous();
        std::copy_n(scores.data_ptr<double>(), m_length, result.pieces.begin());
        return {};
    }

    base::Status occlude(const std::vector<std::int32_t>& plain, Attribution& result) const
    {
        std::vector<std::int32_t> words;
        for (const std::int32_t word : m_sentence.wordOfPiece) {
            if (word >= 0 && std::find(words.begin(), words.end(), word) == words.end())
                words.push_back(word);
        }
        const std::size_t chunk = std::max<std::size_t>(1, kTokenBudget / m_length);
        for (std::size_t begin = 0; begin < words.size(); begin += chunk) {
            if (m_ctx.stopRequested())
                return base::cancelled();
            const std::size_t end = std::min(words.size(), begin + chunk);
            std::vector<std::vector<std::int32_t>> variants;
            for (std::size_t i = begin; i < end; ++i) {
                variants.push_back(plain);
                for (std::size_t piece = 0; piece < m_length; ++piece) {
                    if (m_sentence.wordOfPiece[piece] == words[i])
                        variants.back()[piece] = m_options.occlusionId;
                }
            }
            const auto logits = logitsOf(variants);
            for (std::size_t i = begin; i < end; ++i) {
                const auto first
                    = std::find(m_sentence.wordOfPiece.begin(), m_sentence.wordOfPiece.end(), words[i]);
                result.pieces[static_cast<std::size_t>(first - m_sentence.wordOfPiece.begin())]
                    = result.targetLogit - static_cast<double>(logits[i - begin][result.target]);
            }
        }
        return {};
    }

    void finish(Attribution& result) const
    {
        double sum = 0.0;
        for (std::size_t piece = 0; piece < m_length; ++piece) {
            const double score = result.pieces[piece];
            sum += score;
            const std::int32_t word = m_sentence.wordOfPiece[piece];
            if (word < 0) {
                result.special += score;
                continue;
            }
            const auto index = static_cast<std::size_t>(word);
            if (index >= result.words.size())
                result.words.resize(index + 1, 0.0);
            result.words[index] += score;
        }
        result.completenessError = std::abs(sum - (result.targetLogit - result.baselineLogit));
    }

    const model::Model& m_model;
    const SentencePieces& m_sentence;
    const AttributionOptions& m_options;
    const base::JobContext& m_ctx;
    at::Device m_device;
    std::size_t m_length;
};

} // namespace

Quadrature gaussLegendre(std::size_t count)
{
    // Newton's method on the Legendre polynomial from the usual first guess (Press et al. 2007, section 4.6).
    Quadrature rule{std::vector<double>(count), std::vector<double>(count)};
    const auto n = static_cast<double>(count);
    for (std::size_t i = 0; i < count; ++i) {
        double x = std::cos(std::numbers::pi * (static_cast<double>(i) + 0.75) / (n + 0.5));
        double slope = 1.0;
        for (int iteration = 0; iteration < 100; ++iteration) {
            double value = 1.0, before = 0.0;
            for (std::size_t degree = 0; degree < count; ++degree) {
                const auto j = static_cast<double>(degree);
                const double older = before;
                before = value;
                value = ((2.0 * j + 1.0) * x * before - j * older) / (j + 1.0);
            }
            slope = n * (x * value - before) / (x * x - 1.0);
            const double step = value / slope;
            x -= step;
            if (std::abs(step) < 1e-15)
                break;
        }
        // From (-1, 1) to (0, 1), ascending.
        rule.points[i] = 0.5 * (1.0 - x);
        rule.weights[i] = 1.0 / ((1.0 - x * x) * slope * slope);
    }
    return rule;
}

base::Result<std::vector<Attribution>> attribute(const model::Model& model,
    std::span<const SentencePieces> sentences, const AttributionOptions& options, const base::JobContext& ctx)
{
    PALIMPSEST_CHECK(checkOptions(model, options));
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        PALIMPSEST_CHECK(model::checkSentence(sentences[i], i, model.config()));
        if (sentences[i].wordOfPiece.size() != sentences[i].ids.size()) {
            return Error{ErrorCode::InvalidArgument,
                "Sentence " + std::to_string(i + 1) + " does not name a word for every piece"};
        }
    }
    std::vector<Attribution> results(sentences.size());
    std::size_t done = 0;
    model::BatchCalls calls;
    calls.gradients = true;
    calls.run = [&](std::size_t index) -> base::Status {
        PALIMPSEST_TRY(result, SentenceAttribution(model, sentences[index], options, ctx).run());
        results[index] = std::move(result);
        return {};
    };
    calls.finished = [&](std::size_t) {
        ++done;
        ctx.progress(static_cast<double>(done) / static_cast<double>(sentences.size()),
            std::to_string(done) + " of " + std::to_string(sentences.size()) + " sentences attributed");
    };
    PALIMPSEST_CHECK(model::runBatches(model, sentences.size(), 0, ctx, calls));
    return results;
}

} // namespace palimpsest::probe
