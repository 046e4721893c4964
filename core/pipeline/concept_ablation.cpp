#include "pipeline/concept_ablation.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "activation/extraction.h"
#include "cluster/random_draws.h"
#include "concepts/centroids.h"
#include "pipeline/activation_files.h"
#include "pipeline/study.h"
#include "probe/intervention.h"

namespace palimpsest::pipeline {

using base::Error;
using base::ErrorCode;
using base::JobContext;
using concepts::Centroids;
using project::Side;

namespace {

double normOf(std::span<const float> values)
{
    double sum = 0.0;
    for (const float value : values)
        sum += static_cast<double>(value) * static_cast<double>(value);
    return std::sqrt(sum);
}

std::vector<float> scaled(std::span<const float> values, double factor)
{
    std::vector<float> result;
    for (const float value : values)
        result.push_back(static_cast<float>(static_cast<double>(value) * factor));
    return result;
}

/// A direction that is uniform on the sphere (Box and Muller 1958 for normal numbers), of length `norm`.
std::vector<float> randomDirection(cluster::RandomDraws& draws, std::size_t size, double norm)
{
    std::vector<float> direction;
    while (direction.size() < size) {
        const double radius = std::sqrt(-2.0 * std::log(1.0 - draws.unit()));
        const double angle = 2.0 * std::numbers::pi * draws.unit();
        direction.push_back(static_cast<float>(radius * std::cos(angle)));
    }
    return scaled(direction, norm / normOf(direction));
}

/// A member in the sentences that run.
struct Member {
    std::uint32_t sentence = 0; ///< index into the sentences that run
    std::vector<std::int64_t> pieces; ///< those that are pooled
};

class Ablation {
public:
    Ablation(const TaskStudy& study, const AblationOptions& options, const JobContext& ctx)
        : m_study(study)
        , m_options(options)
        , m_ctx(ctx)
    {
    }

    base::Result<ConceptAblation> run()
    {
        PALIMPSEST_CHECK(checkClassifier(m_study));
        PALIMPSEST_CHECK(choose());
        PALIMPSEST_CHECK(openLaterLayers());
        PALIMPSEST_CHECK(collectMembers());
        probe::Intervention change;
        PALIMPSEST_CHECK(makeChange(change));
        const double parts = static_cast<double>(m_options.randomDirections) + 2.0;
        probe::Intervention none;
        none.layer = change.layer;
        none.writes.assign(change.writes.size(), 0.0F);
        PALIMPSEST_TRY(plain, measure(none, m_ctx.part(0.0, 1.0 / parts)));
        m_plain = plain.nearest;
        m_plainPredictions = plain.predictions;
        PALIMPSEST_TRY(ours, measure(change, m_ctx.part(1.0 / parts, 2.0 / parts)));
        m_result.plainLabels = effectOf(plain).labels;
        m_result.effect = effectOf(ours);
        cluster::RandomDraws draws(m_options.seed);
        std::size_t asMany = 0;
        for (std::size_t i = 0; i < m_options.randomDirections; ++i) {
            probe::Intervention random = change;
            random.writes = randomDirection(draws, change.writes.size(), normOf(change.writes));
            const auto at = static_cast<double>(i) + 2.0;
            PALIMPSEST_TRY(other, measure(random, m_ctx.part(at / parts, (at + 1.0) / parts)));
            m_result.random.push_back(effectOf(other));
            asMany += m_result.random.back().changed >= m_result.effect.changed ? 1 : 0;
        }
        m_result.pValue
            = (1.0 + static_cast<double>(asMany)) / (1.0 + static_cast<double>(m_options.randomDirections));
        return std::move(m_result);
    }

private:
    struct Measured {
        std::vector<probe::Prediction> predictions;
        std::vector<std::vector<base::ClusterId>> nearest; ///< [later layer][member]
    };

    base::Status choose()
    {
        const project::StudyResults& results = *m_study.results;
        m_k = m_options.k > 0 ? m_options.k : results.defaultK();
        PALIMPSEST_TRY(linkage, results.linkage(Side::FineTuned, m_options.layer));
        m_concepts = concepts::ConceptSet::make(results.tokens(), cluster::cut(*linkage, m_k));
        for (const base::ClusterId id : {m_options.cluster, m_options.moveTo.value_or(m_options.cluster)}) {
            if (base::toIndex(id) >= m_concepts->conceptCount()) {
                return Error{ErrorCode::NotFound,
                    "Layer " + std::to_string(m_options.layer) + " has no concept "
                        + std::to_string(base::toIndex(id)) + "; it has concepts 0 to "
                        + std::to_string(m_concepts->conceptCount() - 1)};
            }
        }
        if (m_options.moveTo == m_options.cluster)
            return Error{
                ErrorCode::InvalidArgument, "A concept cannot be moved to itself; choose another one"};
        return {};
    }

    base::Result<Centroids> centroidsOf(int layer, const concepts::ConceptSet& set) const
    {
        const project::StudyResults& results = *m_study.results;
        PALIMPSEST_TRY(
            matrix, openActivations(results.path(), Side::FineTuned, layer, results.tokens()->size()));
        return Centroids::make(set, matrix.view());
    }

    base::Status openLaterLayers()
    {
        const project::StudyResults& results = *m_study.results;
        for (const int layer : results.layers()) {
            if (layer <= m_options.layer)
                continue;
            PALIMPSEST_TRY(linkage, results.linkage(Side::FineTuned, layer));
            const auto set = concepts::ConceptSet::make(results.tokens(), cluster::cut(*linkage, m_k));
            PALIMPSEST_TRY(centroids, centroidsOf(layer, *set));
            m_later.push_back(std::move(centroids));
            m_result.laterLayers.push_back(layer);
        }
        return {};
    }

    base::Status collectMembers()
    {
        PALIMPSEST_TRY(settings, studyFromValues(m_study.results->values()));
        const auto members = m_concepts->members(m_options.cluster);
        base::SentenceId last{};
        for (const base::TokenId id : members) {
            const corpus::Token& token = m_concepts->tokens().token(id);
            const auto& encoded = m_study.encoded.sentences[base::toIndex(token.sentence)];
            if (m_sentences.empty() || token.sentence != last) {
                m_sentences.push_back({encoded.ids, encoded.wordOfPiece, encoded.types});
                m_flags.emplace_back(encoded.ids.size(), m_options.moveTo ? 0 : 1);
                last = token.sentence;
            }
            Member member{static_cast<std::uint32_t>(m_sentences.size() - 1), {}};
            for (std::size_t piece = 0; piece < encoded.ids.size(); ++piece) {
                if (encoded.wordOfPiece[piece] == static_cast<std::int32_t>(token.position)) {
                    member.pieces.push_back(static_cast<std::int64_t>(piece));
                    m_flags.back()[piece] = 1;
                }
            }
            if (settings.pooling == activation::Pooling::Last && !member.pieces.empty())
                member.pieces = {member.pieces.back()};
            if (settings.pooling == activation::Pooling::First && !member.pieces.empty())
                member.pieces = {member.pieces.front()};
            if (!member.pieces.empty())
                m_members.push_back(std::move(member));
        }
        m_result.sentences = m_sentences.size();
        m_result.members = m_members.size();
        return {};
    }

    base::Status makeChange(probe::Intervention& change) const
    {
        PALIMPSEST_TRY(centroids, centroidsOf(m_options.layer, *m_concepts));
        change.layer = static_cast<std::size_t>(m_options.layer);
        const auto from = centroids.of(m_options.cluster);
        const auto to = m_options.moveTo ? centroids.of(*m_options.moveTo) : centroids.centre();
        std::vector<float> difference(from.size());
        for (std::size_t i = 0; i < from.size(); ++i)
            difference[i] = to[i] - from[i];
        if (m_options.moveTo) {
            change.writes = scaled(difference, m_options.strength);
            return {};
        }
        const double norm = normOf(difference);
        change.reads = scaled(difference, norm > 0.0 ? 1.0 / norm : 0.0);
        change.centre.assign(centroids.centre().begin(), centroids.centre().end());
        change.writes = scaled(change.reads, -m_options.strength);
        return {};
    }

    base::Result<Measured> measure(const probe::Intervention& change, const JobContext& ctx) const
    {
        Measured measured;
        measured.nearest.assign(m_later.size(), std::vector<base::ClusterId>(m_members.size()));
        const auto observe
            = [&](std::size_t layer, std::span<const std::uint32_t> sentences,
                  std::span<const std::int64_t> starts, std::span<const float> states, std::size_t hidden) {
                  const auto& layers = m_result.laterLayers;
                  const auto found = std::find(layers.begin(), layers.end(), static_cast<int>(layer));
                  if (found == layers.end())
                      return;
                  const auto at = static_cast<std::size_t>(found - layers.begin());
                  for (std::size_t i = 0; i < sentences.size(); ++i) {
                      const auto [first, end]
                          = std::equal_range(m_members.begin(), m_members.end(), Member{sentences[i], {}},
                              [](const Member& a, const Member& b) { return a.sentence < b.sentence; });
                      for (auto member = first; member != end; ++member) {
                          std::vector<float> vector(hidden, 0.0F);
                          for (const std::int64_t piece : member->pieces) {
                              const float* state
                                  = states.data() + static_cast<std::size_t>(starts[i] + piece) * hidden;
                              for (std::size_t column = 0; column < hidden; ++column)
                                  vector[column] += state[column] / static_cast<float>(member->pieces.size());
                          }
                          measured.nearest[at][static_cast<std::size_t>(member - m_members.begin())]
                              = m_later[at].nearest(vector).id;
                      }
                  }
              };
        PALIMPSEST_TRY(predictions,
            probe::predictWith(*m_study.classifier.model, m_sentences, change, m_flags, observe, ctx));
        measured.predictions = std::move(predictions);
        return measured;
    }

    AblationEffect effectOf(const Measured& measured) const
    {
        AblationEffect effect;
        effect.labels.assign(m_study.classOfLabel.size(), 0);
        for (std::size_t s = 0; s < measured.predictions.size(); ++s) {
            const probe::Prediction& before = m_plainPredictions[s];
            const probe::Prediction& after = measured.predictions[s];
            effect.changed += before.label != after.label ? 1 : 0;
            ++effect.labels[static_cast<std::size_t>(after.label)];
            const auto label = static_cast<std::size_t>(before.label);
            effect.shift += static_cast<double>(after.probabilities[label] - before.probabilities[label])
                / static_cast<double>(measured.predictions.size());
        }
        for (std::size_t layer = 0; layer < m_plain.size(); ++layer) {
            std::size_t moved = 0;
            for (std::size_t i = 0; i < m_members.size(); ++i)
                moved += m_plain[layer][i] != measured.nearest[layer][i] ? 1 : 0;
            effect.moved.push_back(
                m_members.empty() ? 0.0 : static_cast<double>(moved) / static_cast<double>(m_members.size()));
        }
        return effect;
    }

    const TaskStudy& m_study;
    const AblationOptions& m_options;
    const JobContext& m_ctx;
    std::size_t m_k = 0;
    std::shared_ptr<const concepts::ConceptSet> m_concepts;
    std::vector<Centroids> m_later;
    std::vector<model::SentencePieces> m_sentences;
    std::vector<std::vector<std::uint8_t>> m_flags;
    std::vector<Member> m_members; ///< by sentence
    std::vector<std::vector<base::ClusterId>> m_plain;
    std::vector<probe::Prediction> m_plainPredictions;
    ConceptAblation m_result;
};

} // namespace

base::Result<ConceptAblation> ablateConcept(
    const TaskStudy& study, const AblationOptions& options, const base::JobContext& ctx)
{
    if (options.randomDirections == 0)
        return Error{
            ErrorCode::InvalidArgument, "An ablation needs at least one random direction to compare with"};
    return Ablation(study, options, ctx).run();
}

} // namespace palimpsest::pipeline
