#include "pipeline/concept_sensitivity.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "cluster/random_draws.h"
#include "pipeline/activation_files.h"
#include "probe/state_gradient.h"

namespace palimpsest::pipeline {

using base::Error;
using base::ErrorCode;
using base::JobContext;

namespace {

constexpr std::size_t kFewestOccurrences = 5;

using Rows = std::vector<std::size_t>;

class Test {
public:
    Test(const TaskStudy& study, const SensitivityOptions& options, const JobContext& ctx)
        : m_study(study)
        , m_options(options)
        , m_ctx(ctx)
        , m_tokens(*study.results->tokens())
    {
    }

    base::Result<ConceptSensitivity> run()
    {
        PALIMPSEST_CHECK(checkClassifier(m_study));
        const int label = m_study.labelOf(m_options.target);
        if (label < 0) {
            return Error{ErrorCode::NotFound,
                "The model has no label for the class " + m_study.classNames[m_options.target]};
        }
        PALIMPSEST_CHECK(chooseMembers());
        PALIMPSEST_CHECK(chooseSentences());
        const std::vector<int> layers
            = m_options.layers.empty() ? m_study.results->layers() : m_options.layers;
        for (std::size_t i = 0; i < layers.size(); ++i) {
            const auto count = static_cast<double>(layers.size());
            PALIMPSEST_CHECK(testLayer(layers[i], static_cast<std::size_t>(label),
                m_ctx.part(static_cast<double>(i) / count, static_cast<double>(i + 1) / count)));
        }
        return std::move(m_result);
    }

private:
    base::Status chooseMembers()
    {
        m_isMember.assign(m_tokens.size(), false);
        if (m_options.cluster)
            PALIMPSEST_CHECK(takeCluster());
        else
            PALIMPSEST_CHECK(takeWords());
        for (std::size_t row = 0; row < m_isMember.size(); ++row) {
            if (m_isMember[row])
                m_members.push_back(row);
            else
                m_others.push_back(row);
        }
        m_result.occurrences = m_members.size();
        if (m_members.size() < kFewestOccurrences || m_others.size() < m_members.size()) {
            return Error{ErrorCode::TooFewRows,
                "The concept has " + std::to_string(m_members.size()) + " of "
                    + std::to_string(m_tokens.size())
                    + " occurrences; take one of at least 5 and at most half of all"};
        }
        return {};
    }

    base::Status takeWords()
    {
        const auto& vocabulary = m_tokens.corpus().parts().vocabulary;
        std::vector<bool> wanted(vocabulary.size(), false);
        std::vector<std::size_t> counts(vocabulary.size(), 0);
        for (const corpus::Token& token : m_tokens.rows())
            ++counts[base::toIndex(token.word)];
        std::string names;
        for (const std::string& word : m_options.words) {
            const auto found = std::find(vocabulary.begin(), vocabulary.end(), word);
            const auto index = static_cast<std::size_t>(found - vocabulary.begin());
            names += (names.empty() ? "" : ", ") + word;
            if (found == vocabulary.end() || counts[index] == 0)
                m_result.missingWords.push_back(word);
            else
                wanted[index] = true;
        }
        if (m_result.missingWords.size() == m_options.words.size()) {
            return Error{ErrorCode::NotFound,
                "None of the concept's words (" + names
                    + ") is among the analysed occurrences; words are compared letter by letter"};
        }
        for (std::size_t row = 0; row < m_tokens.size(); ++row)
            m_isMember[row] = wanted[base::toIndex(m_tokens.token(base::toId<base::TokenId>(row)).word)];
        return {};
    }

    base::Status takeCluster()
    {
        const project::StudyResults& results = *m_study.results;
        PALIMPSEST_TRY(linkage, results.linkage(project::Side::FineTuned, m_options.clusterLayer));
        const std::size_t k = m_options.k > 0 ? m_options.k : results.defaultK();
        const auto set = concepts::ConceptSet::make(results.tokens(), cluster::cut(*linkage, k));
        if (base::toIndex(*m_options.cluster) >= set->conceptCount()) {
            return Error{ErrorCode::NotFound,
                "Layer " + std::to_string(m_options.clusterLayer) + " of the fine-tuned model has no concept "
                    + std::to_string(base::toIndex(*m_options.cluster)) + "; it has concepts 0 to "
                    + std::to_string(set->conceptCount() - 1)};
        }
        for (const base::TokenId member : set->members(*m_options.cluster))
            m_isMember[base::toIndex(member)] = true;
        return {};
    }

    base::Status chooseSentences()
    {
        std::vector<std::size_t> all;
        for (std::size_t s = 0; s < m_study.predicted.size(); ++s) {
            const auto id = base::toId<base::SentenceId>(s);
            const std::int32_t value
                = m_study.hasGold() ? m_study.corpus().classOf(id) : m_study.predicted[s];
            if (value == static_cast<std::int32_t>(m_options.target) && !m_study.corpus().wordsOf(id).empty())
                all.push_back(s);
        }
        if (all.empty()) {
            return Error{ErrorCode::TooFewRows,
                "The corpus has no sentence of class " + m_study.classNames[m_options.target]
                    + ", so there is none whose logit could change"};
        }
        if (m_options.sentences > 0 && m_options.sentences < all.size()) {
            cluster::RandomDraws draws(m_options.seed);
            std::vector<std::size_t> drawn = draws.sample(all.size(), m_options.sentences);
            std::sort(drawn.begin(), drawn.end());
            for (std::size_t& index : drawn)
                index = all[index];
            all = std::move(drawn);
        }
        for (const std::size_t s : all) {
            const auto& pieces = m_study.encoded.sentences[s];
            m_sentences.push_back({pieces.ids, pieces.wordOfPiece, pieces.types});
        }
        m_result.sentences = m_sentences.size();
        return {};
    }

    std::vector<double> meanOf(const base::MatrixView& rows, const Rows& which) const
    {
        std::vector<double> mean(rows.cols, 0.0);
        for (const std::size_t row : which) {
            const auto values = rows.row(row);
            for (std::size_t column = 0; column < rows.cols; ++column)
                mean[column] += static_cast<double>(values[column]) / static_cast<double>(which.size());
        }
        return mean;
    }

    /// Of the direction from `others` to `members`.
    struct Response {
        double share = 0.0; ///< of sentences whose logit rises
        double slope = 0.0; ///< mean change of the logit for a step of length 1
    };

    Response responseTo(const base::MatrixView& rows, const std::vector<float>& gradients,
        const std::vector<double>& members, const Rows& others) const
    {
        std::vector<double> direction = meanOf(rows, others);
        double squares = 0.0;
        for (std::size_t column = 0; column < rows.cols; ++column) {
            direction[column] = members[column] - direction[column];
            squares += direction[column] * direction[column];
        }
        const double length = squares > 0.0 ? std::sqrt(squares) : 1.0;
        const auto count = static_cast<double>(m_sentences.size());
        Response response;
        for (std::size_t s = 0; s < m_sentences.size(); ++s) {
            double change = 0.0;
            for (std::size_t column = 0; column < rows.cols; ++column)
                change += static_cast<double>(gradients[s * rows.cols + column]) * direction[column];
            response.share += change > 0.0 ? 1.0 / count : 0.0;
            response.slope += change / length / count;
        }
        return response;
    }

    Rows drawOthers(cluster::RandomDraws& draws, const Rows& pool) const
    {
        Rows rows = draws.sample(pool.size(), m_members.size());
        for (std::size_t& row : rows)
            row = pool[row];
        return rows;
    }

    /// Occurrences of words in random order until there are as many as the concept has.
    Rows drawConcept(cluster::RandomDraws& draws) const
    {
        std::vector<Rows> ofWord(m_tokens.corpus().parts().vocabulary.size());
        for (const std::size_t row : m_others)
            ofWord[base::toIndex(m_tokens.token(base::toId<base::TokenId>(row)).word)].push_back(row);
        Rows rows;
        for (const std::size_t word : draws.sample(ofWord.size(), ofWord.size())) {
            for (const std::size_t row : ofWord[word]) {
                if (rows.size() < m_members.size())
                    rows.push_back(row);
            }
            if (rows.size() == m_members.size())
                break;
        }
        return rows;
    }

    base::Status testLayer(int layer, std::size_t label, const JobContext& ctx)
    {
        PALIMPSEST_TRY(matrix,
            openActivations(m_study.results->path(), project::Side::FineTuned, layer, m_tokens.size()));
        const base::MatrixView rows = matrix.view();
        PALIMPSEST_TRY(gradients,
            probe::stateGradients(*m_study.classifier.model, m_sentences, static_cast<std::size_t>(layer),
                label, ctx.part(0.0, 0.6)));
        cluster::RandomDraws draws(m_options.seed + 1);
        std::vector<Response> own, random;
        const std::vector<double> members = meanOf(rows, m_members);
        for (std::size_t run = 0; run < m_options.runs; ++run) {
            if (ctx.stopRequested())
                return base::cancelled();
            own.push_back(responseTo(rows, gradients, members, drawOthers(draws, m_others)));
        }
        for (std::size_t i = 0; i < m_options.randomConcepts; ++i) {
            if (ctx.stopRequested())
                return base::cancelled();
            ctx.progress(0.6 + 0.4 * static_cast<double>(i) / static_cast<double>(m_options.randomConcepts),
                "Random concepts in layer " + std::to_string(layer));
            const std::vector<double> drawn = meanOf(rows, drawConcept(draws));
            random.push_back(responseTo(rows, gradients, drawn, drawOthers(draws, m_others)));
        }
        m_result.layers.push_back(summarize(layer, own, random));
        return {};
    }

    static double mean(const std::vector<double>& values)
    {
        double sum = 0.0;
        for (const double value : values)
            sum += value / static_cast<double>(values.size());
        return sum;
    }

    /// (1 + values at least as far from their mean as `own`) / (1 + values).
    static double pValueOf(double own, const std::vector<double>& random)
    {
        const double centre = mean(random);
        const auto asFar = std::count_if(random.begin(), random.end(),
            [&](double value) { return std::abs(value - centre) >= std::abs(own - centre); });
        return (1.0 + static_cast<double>(asFar)) / (1.0 + static_cast<double>(random.size()));
    }

    static base::Interval middleOf(std::vector<double> values)
    {
        std::sort(values.begin(), values.end());
        const auto edge = static_cast<std::size_t>(0.025 * static_cast<double>(values.size()));
        return {values[edge], values[values.size() - 1 - edge]};
    }

    static LayerSensitivity summarize(
        int layer, const std::vector<Response>& own, const std::vector<Response>& random)
    {
        const auto take = [](const std::vector<Response>& responses, double Response::*what) {
            std::vector<double> values;
            for (const Response& response : responses)
                values.push_back(response.*what);
            return values;
        };
        const auto shares = take(own, &Response::share), slopes = take(own, &Response::slope);
        const auto randomShares = take(random, &Response::share),
                   randomSlopes = take(random, &Response::slope);
        LayerSensitivity result;
        result.layer = layer;
        result.score = mean(shares);
        const auto [low, high] = std::minmax_element(shares.begin(), shares.end());
        result.spread = {*low, *high};
        result.randomMean = mean(randomShares);
        result.randomSpread = middleOf(randomShares);
        result.pValue = pValueOf(result.score, randomShares);
        result.slope = mean(slopes);
        result.randomSlopes = middleOf(randomSlopes);
        result.slopePValue = pValueOf(result.slope, randomSlopes);
        return result;
    }

    const TaskStudy& m_study;
    const SensitivityOptions& m_options;
    const JobContext& m_ctx;
    const corpus::TokenTable& m_tokens;
    std::vector<bool> m_isMember;
    Rows m_members, m_others;
    std::vector<model::SentencePieces> m_sentences;
    ConceptSensitivity m_result;
};

} // namespace

base::Result<ConceptSensitivity> testConcept(
    const TaskStudy& study, const SensitivityOptions& options, const base::JobContext& ctx)
{
    if (options.words.empty() && !options.cluster)
        return Error{ErrorCode::InvalidArgument, "A concept of one's own needs words or a latent concept"};
    if (options.target >= study.classNames.size() || options.runs == 0 || options.randomConcepts == 0) {
        return Error{ErrorCode::InvalidArgument,
            "A test of a concept needs a class of the study, a run and a random concept to compare with"};
    }
    return Test(study, options, ctx).run();
}

} // namespace palimpsest::pipeline
