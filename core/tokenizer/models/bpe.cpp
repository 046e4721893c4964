// Byte-pair encoding (Sennrich et al. 2016, arXiv:1508.07909), on characters or on raw bytes (byte-level
// BPE).

#include <algorithm>
#include <array>
#include <functional>

#include "tokenizer/models/model.h"
#include "tokenizer/text/byte_characters.h"
#include "tokenizer/text/hash.h"
#include "tokenizer/text/utf8.h"

namespace palimpsest::tokenizer {

namespace {

struct Merge {
    std::uint32_t rank = 0;
    std::int32_t result = -1; ///< -1: the pair does not merge
};

/// (left id, right id) → merge; open addressing.
class MergeTable {
public:
    explicit MergeTable(std::size_t count)
    {
        std::size_t size = 64;
        while (size < count * 2)
            size *= 2;
        m_slots.resize(size);
    }

    /// A later merge of the same pair replaces the earlier one.
    void set(std::int32_t left, std::int32_t right, Merge merge)
    {
        m_slots[place(key(left, right))] = {key(left, right), merge};
    }

    [[nodiscard]] Merge find(std::int32_t left, std::int32_t right) const
    {
        return m_slots[place(key(left, right))].merge;
    }

private:
    struct Slot {
        std::uint64_t key = 0; ///< 0: free
        Merge merge;
    };

    static std::uint64_t key(std::int32_t left, std::int32_t right)
    {
        return ((static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32U)
                   | static_cast<std::uint32_t>(right))
            + 1;
    }

    [[nodiscard]] std::size_t place(std::uint64_t wanted) const
    {
        const std::size_t mask = m_slots.size() - 1;
        std::size_t at = mixBits(wanted) & mask;
        while (m_slots[at].key != 0 && m_slots[at].key != wanted)
            at = (at + 1) & mask;
        return at;
    }

    std::vector<Slot> m_slots;
};

/// A link of the chain of symbols that a pre-token consists of.
struct Symbol {
    std::int32_t id = 0;
    std::uint32_t length = 0; ///< in bytes; 0 once it is merged into its left neighbour
    std::int32_t previous = -1;
    std::int32_t next = -1;
};

struct Candidate {
    std::uint32_t rank = 0;
    std::int32_t position = 0;
    std::int32_t result = 0;

    bool operator>(const Candidate& other) const
    {
        return rank != other.rank ? rank > other.rank : position > other.position;
    }
};

class Bpe final : public Model {
public:
    Bpe(const Vocabulary& vocabulary, MergeTable merges, const BpeOptions& options)
        : m_merges(std::move(merges))
        , m_options(options)
    {
        m_bytes.fill(-1);
        m_fallback.fill(-1);
        for (unsigned byte = 0; byte < 256; ++byte) {
            m_bytes[byte] = vocabulary.id(byteSpelling(static_cast<unsigned char>(byte))).value_or(-1);
            m_fallback[byte] = vocabulary.id(fallbackSpelling(byte)).value_or(-1);
        }
        if (!options.unknownToken.empty())
            m_unknown = vocabulary.id(options.unknownToken).value_or(-1);
        if (!options.rawBytes || options.ignoreMerges)
            copyVocabulary(vocabulary);
    }

    void tokenize(std::string_view text, std::vector<Piece>& pieces) const override
    {
        if (m_options.ignoreMerges) {
            if (const auto whole = m_vocabulary.id(text)) {
                pieces.push_back({*whole, 0, static_cast<std::uint32_t>(text.size())});
                return;
            }
        }
        std::vector<Symbol> symbols;
        symbols.reserve(text.size());
        if (m_options.rawBytes)
            startFromBytes(text, symbols);
        else
            startFromCharacters(text, symbols);
        mergeAll(symbols);
        const auto size = static_cast<std::uint32_t>(text.size());
        std::uint32_t at = 0;
        for (const Symbol& symbol : symbols) {
            if (symbol.length == 0)
                continue;
            // Byte fallback also spells out the end-of-word suffix, which the text does not have.
            const std::uint32_t end = std::min(size, at + symbol.length);
            pieces.push_back({symbol.id, at, end});
            at = end;
        }
    }

private:
    static std::string fallbackSpelling(unsigned byte)
    {
        static constexpr std::string_view kDigits = "0123456789ABCDEF";
        return {'<', '0', 'x', kDigits[byte / 16], kDigits[byte % 16], '>'};
    }

    /// Pre-tokens of raw bytes need the entries as raw bytes.
    void copyVocabulary(const Vocabulary& vocabulary)
    {
        if (!m_options.rawBytes) {
            m_vocabulary = vocabulary;
            return;
        }
        for (std::size_t i = 0; i < vocabulary.size(); ++i) {
            const auto id = static_cast<std::int32_t>(i);
            const std::string_view token = vocabulary.token(id);
            if (token.empty() || vocabulary.id(token) != id)
                continue;
            if (const auto bytes = bytesOf(token))
                static_cast<void>(m_vocabulary.set(*bytes, id));
        }
    }

    static void append(std::vector<Symbol>& symbols, std::int32_t id, std::size_t length)
    {
        const auto at = static_cast<std::int32_t>(symbols.size());
        if (at > 0)
            symbols.back().next = at;
        symbols.push_back({id, static_cast<std::uint32_t>(length), at - 1, -1});
    }

    /// Unknown characters wait here until it is known whether more of them follow.
    struct PendingUnknown {
        std::size_t length = 0;
    };

    void addUnknown(PendingUnknown& pending, std::size_t length, std::vector<Symbol>& symbols) const
    {
        if (m_unknown < 0)
            return;
        if (pending.length > 0 && !m_options.fuseUnknown)
            flush(pending, symbols);
        pending.length += length;
    }

    void flush(PendingUnknown& pending, std::vector<Symbol>& symbols) const
    {
        if (pending.length > 0)
            append(symbols, m_unknown, pending.length);
        pending.length = 0;
    }

    void startFromBytes(std::string_view text, std::vector<Symbol>& symbols) const
    {
        PendingUnknown pending;
        for (const char c : text) {
            const std::int32_t id = m_bytes[static_cast<unsigned char>(c)];
            if (id < 0) {
                addUnknown(pending, 1, symbols);
                continue;
            }
            flush(pending, symbols);
            append(symbols, id, 1);
        }
        flush(pending, symbols);
    }

    void startFromCharacters(std::string_view text, std::vector<Symbol>& symbols) const
    {
        PendingUnknown pending;
        std::string spelling;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t length = utf8Length(text[at]);
            spelling.clear();
            if (at > 0)
                spelling += m_options.continuingPrefix;
            spelling += text.substr(at, length);
            if (at + length == text.size())
                spelling += m_options.endOfWordSuffix;
            at += length;
            if (const auto id = m_vocabulary.id(spelling)) {
                flush(pending, symbols);
                append(symbols, *id, length);
            } else if (!appendFallback(spelling, symbols)) {
                addUnknown(pending, length, symbols);
            }
        }
        flush(pending, symbols);
    }

    bool appendFallback(std::string_view spelling, std::vector<Symbol>& symbols) const
    {
        const auto id = [this](char c) { return m_fallback[static_cast<unsigned char>(c)]; };
        if (!m_options.byteFallback
            || !std::all_of(spelling.begin(), spelling.end(), [&](char c) { return id(c) >= 0; }))
            return false;
        for (const char c : spelling)
            append(symbols, id(c), 1);
        return true;
    }

    void offer(const std::vector<Symbol>& symbols, std::int32_t position, std::vector<Candidate>& heap) const
    {
        const Symbol& left = symbols[static_cast<std::size_t>(position)];
        const Merge merge = m_merges.find(left.id, symbols[static_cast<std::size_t>(left.next)].id);
        if (merge.result < 0)
            return;
        heap.push_back({merge.rank, position, merge.result});
        std::push_heap(heap.begin(), heap.end(), std::greater<>{});
    }

    /// Lowest rank first, of equal ranks the leftmost.
    void mergeAll(std::vector<Symbol>& symbols) const
    {
        std::vector<Candidate> heap;
        heap.reserve(symbols.size());
        for (std::size_t i = 0; i + 1 < symbols.size(); ++i)
            offer(symbols, static_cast<std::int32_t>(i), heap);
        while (!heap.empty()) {
            std::pop_heap(heap.begin(), heap.end(), std::greater<>{});
            const Candidate top = heap.back();
            heap.pop_back();
            Symbol& left = symbols[static_cast<std::size_t>(top.position)];
            if (left.length == 0 || left.next < 0)
                continue;
            Symbol& right = symbols[static_cast<std::size_t>(left.next)];
            // The pair may have changed since it was offered; its own offer is then in the heap as well.
            if (m_merges.find(left.id, right.id).result != top.result)
                continue;
            left.id = top.result;
            left.length += right.length;
            right.length = 0;
            left.next = right.next;
            if (left.next >= 0)
                symbols[static_cast<std::size_t>(left.next)].previous = top.position;
            if (left.previous >= 0)
                offer(symbols, left.previous, heap);
            if (left.next >= 0)
                offer(symbols, top.position, heap);
        }
    }

    MergeTable m_merges;
    BpeOptions m_options;
    Vocabulary m_vocabulary; ///< empty where raw bytes make it superfluous
    std::array<std::int32_t, 256> m_bytes{};
    std::array<std::int32_t, 256> m_fallback{};
    std::int32_t m_unknown = -1;
};

} // namespace

base::Result<ModelPtr> makeBpe(const Vocabulary& vocabulary,
    const std::vector<std::pair<std::string, std::string>>& merges, const BpeOptions& options)
{
    const auto missing = [](std::size_t line, const std::string& token) {
        return base::Error{base::ErrorCode::Malformed,
            "merge " + std::to_string(line + 1) + " needs \"" + token.substr(0, 80)
                + "\", which is not in the vocabulary"};
    };
    MergeTable table(merges.size());
    for (std::size_t i = 0; i < merges.size(); ++i) {
        const auto& [left, right] = merges[i];
        const auto leftId = vocabulary.id(left);
        const auto rightId = vocabulary.id(right);
        if (!leftId || !rightId)
            return missing(i, leftId ? right : left);
        if (right.size() < options.continuingPrefix.size())
            return missing(i, right);
        const std::string joined = left + right.substr(options.continuingPrefix.size());
        const auto result = vocabulary.id(joined);
        if (!result)
            return missing(i, joined);
        table.set(*leftId, *rightId, {static_cast<std::uint32_t>(i), *result});
    }
    return ModelPtr(std::make_unique<Bpe>(vocabulary, std::move(table), options));
}

} // namespace palimpsest::tokenizer
