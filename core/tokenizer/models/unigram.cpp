// Unigram language model (Kudo 2018, arXiv:1804.10959): the most probable segmentation, as the
// `encode_optimized` of tokenizers 0.19.1 finds it; of equal scores the path found first stays.

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "tokenizer/models/model.h"
#include "tokenizer/text/byte_trie.h"
#include "tokenizer/text/utf8.h"

namespace palimpsest::tokenizer {

namespace {

/// What an unknown character costs below the worst piece (SentencePiece's kUnkPenalty).
constexpr double kUnknownPenalty = 10.0;

class Unigram final : public Model {
public:
    Unigram(const Vocabulary& vocabulary, std::vector<double> scores, const UnigramOptions& options)
        : m_scores(std::move(scores))
        , m_unknown(static_cast<std::int32_t>(options.unknownId))
        , m_byteFallback(options.byteFallback)
    {
        for (std::size_t i = 0; i < m_scores.size(); ++i) {
            const auto id = static_cast<std::int32_t>(i);
            const std::string_view token = vocabulary.token(id);
            if (!token.empty() && vocabulary.id(token) == id)
                m_trie.insert(token, id);
        }
        const double lowest = m_scores.empty() ? 0.0 : *std::min_element(m_scores.begin(), m_scores.end());
        m_unknownScore = lowest - kUnknownPenalty;
        static constexpr std::string_view kDigits = "0123456789ABCDEF";
        for (unsigned byte = 0; byte < 256; ++byte) {
            const std::string spelling{'<', '0', 'x', kDigits[byte / 16], kDigits[byte % 16], '>'};
            m_fallback[byte] = vocabulary.id(spelling).value_or(-1);
        }
    }

    void tokenize(std::string_view text, std::vector<Piece>& pieces) const override
    {
        const std::vector<Node> best = bestPaths(text);
        std::vector<Piece> backwards;
        auto end = static_cast<std::uint32_t>(text.size());
        while (end > 0) {
            const Node& node = best[end];
            if (node.id == m_unknown && !backwards.empty() && backwards.back().id == m_unknown)
                backwards.back().begin = node.begin; // neighbours become one unknown piece
            else
                backwards.push_back({node.id, node.begin, end});
            end = node.begin;
        }
        for (auto piece = backwards.rbegin(); piece != backwards.rend(); ++piece) {
            if (piece->id == m_unknown)
                appendUnknown(text, *piece, pieces);
            else
                pieces.push_back(*piece);
        }
    }

private:
    /// The best path that ends at a byte.
    struct Node {
        double score = 0.0;
        std::int32_t id = kUnreached;
        std::uint32_t begin = 0;
    };
    static constexpr std::int32_t kUnreached = std::numeric_limits<std::int32_t>::min();

    [[nodiscard]] std::vector<Node> bestPaths(std::string_view text) const
    {
        std::vector<Node> best(text.size() + 1);
        for (std::size_t at = 0; at < text.size();) {
            const double scoreHere = best[at].score;
            const std::size_t characterLength = utf8Length(text[at]);
            const auto offer = [&](std::size_t length, std::int32_t id, double score) {
                Node& target = best[at + length];
                const double candidate = score + scoreHere;
                if (target.id == kUnreached || candidate > target.score)
                    target = {candidate, id, static_cast<std::uint32_t>(at)};
            };
            bool hasSingle = false;
            m_trie.forEachPrefix(text.substr(at), [&](std::size_t length, std::int32_t id) {
                offer(length, id, m_scores[static_cast<std::size_t>(id)]);
                hasSingle = hasSingle || length == characterLength;
            });
            if (!hasSingle)
                offer(characterLength, m_unknown, m_unknownScore);
            at += characterLength;
        }
        return best;
    }

    /// A run of unknown characters may, as a whole, be an entry that was too costly to be chosen.
    void appendUnknown(std::string_view text, const Piece& run, std::vector<Piece>& pieces) const
    {
        const std::string_view covered = text.substr(run.begin, run.end - run.begin);
        std::int32_t whole = -1;
        m_trie.forEachPrefix(covered,
            [&](std::size_t length, std::int32_t id) { whole = length == covered.size() ? id : -1; });
        if (whole >= 0) {
            pieces.push_back({whole, run.begin, run.end});
            return;
        }
        const auto fallback = [this](char c) { return m_fallback[static_cast<unsigned char>(c)]; };
        if (m_byteFallback
            && std::all_of(covered.begin(), covered.end(), [&](char c) { return fallback(c) >= 0; })) {
            for (const char c : covered)
                pieces.push_back({fallback(c), run.begin, run.end});
            return;
        }
        if (m_unknown >= 0)
            pieces.push_back(run);
    }

    std::vector<double> m_scores;
    ByteTrie m_trie;
    std::array<std::int32_t, 256> m_fallback{};
    double m_unknownScore = 0.0;
    std::int32_t m_unknown;
    bool m_byteFallback;
};

} // namespace

base::Result<ModelPtr> makeUnigram(
    const Vocabulary& vocabulary, std::vector<double> scores, const UnigramOptions& options)
{
    if (!std::all_of(scores.begin(), scores.end(), [](double score) { return std::isfinite(score); }))
        return base::Error{base::ErrorCode::Malformed, "a piece has a score that is not finite"};
    if (scores.size() > vocabulary.size() || options.unknownId < -1
        || (options.unknownId >= 0 && static_cast<std::uint64_t>(options.unknownId) >= scores.size()))
        return base::Error{
            base::ErrorCode::Malformed, "the unknown piece or a score has no entry in the vocabulary"};
    return ModelPtr(std::make_unique<Unigram>(vocabulary, std::move(scores), options));
}

} // namespace palimpsest::tokenizer
