#include "probe/hotflip.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <utility>

#include <torch/torch.h>

#include "model/batch_planner.h"
#include "model/batch_runner.h"
#include "model/encoder.h"
#include "model/head.h"
#include "model/torch_guard.h"
#include "probe/head_runner.h"
#include "tokenizer/word_alignment.h"

namespace palimpsest::probe {

using base::Error;
using base::ErrorCode;

namespace {

struct Candidate {
    std::size_t word = 0;
    std::int32_t piece = 0;
};

/// Words that are one piece where they stand in front of another word.
std::vector<Candidate> onePieceWords(
    const tokenizer::Tokenizer& tokenizer, std::span<const std::string_view> vocabulary)
{
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < vocabulary.size(); ++i) {
        const std::array<std::string_view, 2> words{vocabulary[i], "the"};
        const auto pieces = tokenizer::encodeSentence(tokenizer, words);
        std::size_t count = 0;
        std::int32_t piece = 0;
        for (std::size_t p = 0; p < pieces.ids.size(); ++p) {
            if (pieces.wordOfPiece[p] == 0) {
                ++count;
                piece = pieces.ids[p];
            }
        }
        if (count == 1 && tokenizer.unkId() != piece)
            candidates.push_back({i, piece});
    }
    return candidates;
}

/// Gradients of the target's margin with respect to the placeholder's word vector, summed over sentences.
class PlaceholderGradient {
public:
    PlaceholderGradient(const FlipTest& test, const std::string& placeholder, TriggerPosition position)
        : m_test(test)
    {
        const Words trigger{placeholder};
        for (std::size_t s = 0; s < test.sentenceCount(); ++s) {
            auto pieces = test.encode(s, trigger, position);
            const auto found = std::find(pieces.wordOfPiece.begin(), pieces.wordOfPiece.end(),
                static_cast<std::int32_t>(test.triggerAt(s, position)));
            m_place.push_back(found == pieces.wordOfPiece.end() ? -1 : found - pieces.wordOfPiece.begin());
            m_encoded.push_back(std::move(pieces));
        }
    }

    base::Result<at::Tensor> run(const base::JobContext& ctx)
    {
        const model::Model& model = m_test.model();
        std::vector<model::SentencePieces> views;
        std::vector<std::size_t> lengths;
        for (const auto& pieces : m_encoded) {
            views.push_back({pieces.ids, pieces.wordOfPiece, pieces.types});
            lengths.push_back(pieces.ids.size());
        }
        const auto batches = model::planBatches(lengths, kTokenBudget);
        std::vector<at::Tensor> parts(batches.size());
        model::BatchCalls calls;
        calls.gradients = true;
        calls.run = [&](std::size_t index) -> base::Status {
            if (ctx.stopRequested())
                return base::cancelled();
            const auto batch = model::packSentences(views, batches[index], at::Device(model.device()));
            parts[index] = gradientOf(batch, batches[index]);
            return {};
        };
        calls.finished = [](std::size_t) {};
        PALIMPSEST_CHECK(model::runBatches(model, batches.size(), 0, ctx, calls));
        at::Tensor sum = at::zeros_like(parts.front());
        for (const at::Tensor& part : parts)
            sum += part;
        return sum;
    }

private:
    at::Tensor gradientOf(const model::PackedBatch& batch, const std::vector<std::uint32_t>& members) const
    {
        const model::Model& model = m_test.model();
        const model::Forward forward{batch, nullptr};
        at::Tensor words = model.encoder().embedWords(batch.ids()).detach().requires_grad_(true);
        at::Tensor state = model.encoder().embed(words, forward);
        for (std::size_t layer = 0; layer < model.config().layerCount; ++layer)
            state = model.encoder().layer(layer, state, forward);
        const at::Tensor logits = model.head()->logits(model.encoder(), state, forward);
        const auto target = static_cast<std::int64_t>(m_test.targetLabel());
        at::Tensor others = logits.detach().clone();
        others.select(1, target).fill_(-std::numeric_limits<float>::infinity());
        const at::Tensor rival = others.argmax(1, true);
        const at::Tensor margin = logits.select(1, target) - logits.gather(1, rival).squeeze(1);
        const at::Tensor gradient = torch::autograd::grad({margin.sum()}, {words}).front();
        std::vector<std::int64_t> places;
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (m_place[members[i]] >= 0)
                places.push_back(batch.starts[i] + m_place[members[i]]);
        }
        return gradient.index_select(0, batch.onDevice(places)).sum(0);
    }

    const FlipTest& m_test;
    std::vector<tokenizer::WordPieces> m_encoded;
    std::vector<std::ptrdiff_t> m_place; ///< first piece of the placeholder, -1: cut off
};

} // namespace

base::Result<std::vector<HotFlipWord>> hotFlip(const FlipTest& test,
    std::span<const std::string_view> vocabulary, const HotFlipOptions& options, const base::JobContext& ctx)
{
    const auto candidates = onePieceWords(test.tokenizer(), vocabulary);
    if (candidates.empty()) {
        return Error{ErrorCode::NotFound,
            "No word of the corpus is one piece of the tokenizer, so gradients cannot name a word"};
    }
    std::vector<std::int64_t> ids;
    for (const Candidate& candidate : candidates)
        ids.push_back(candidate.piece);
    std::vector<HotFlipWord> found;
    std::vector<bool> tried(candidates.size(), false);
    std::string placeholder = "the";
    const double rounds = static_cast<double>(options.rounds);
    for (std::size_t round = 0; round < options.rounds; ++round) {
        const base::JobContext part
            = ctx.part(static_cast<double>(round) / rounds, static_cast<double>(round + 1) / rounds);
        PALIMPSEST_TRY(gradient, PlaceholderGradient(test, placeholder, options.position).run(part));
        std::vector<std::size_t> order;
        PALIMPSEST_CHECK(model::guardTorch([&]() -> base::Status {
            const c10::InferenceMode noGradients;
            const at::Tensor rows = at::empty({static_cast<std::int64_t>(ids.size())}, at::kLong);
            std::copy(ids.begin(), ids.end(), rows.data_ptr<std::int64_t>());
            const at::Tensor table = test.model().encoder().embedWords(rows.to(gradient.device()));
            const at::Tensor scores = at::mv(table, gradient).to(at::kCPU).contiguous();
            const float* score = scores.data_ptr<float>();
            for (std::size_t i = 0; i < candidates.size(); ++i) {
                if (!tried[i])
                    order.push_back(i);
            }
            std::stable_sort(order.begin(), order.end(),
                [&](std::size_t a, std::size_t b) { return score[a] > score[b]; });
            order.resize(std::min(order.size(), options.tried));
            return {};
        }));
        std::vector<Words> triggers;
        for (const std::size_t i : order) {
            tried[i] = true;
            triggers.push_back({std::string(vocabulary[candidates[i].word])});
        }
        PALIMPSEST_TRY(effects, test.measure(triggers, options.position, part));
        for (std::size_t i = 0; i < order.size(); ++i)
            found.push_back({candidates[order[i]].word, std::move(effects[i])});
        std::stable_sort(found.begin(), found.end(), [](const HotFlipWord& a, const HotFlipWord& b) {
            return a.effect.flips != b.effect.flips ? a.effect.flips > b.effect.flips
                                                    : a.effect.shift > b.effect.shift;
        });
        placeholder = std::string(vocabulary[found.front().word]);
    }
    return found;
}

} // namespace palimpsest::probe
