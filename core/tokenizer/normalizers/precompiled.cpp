// SentencePiece's compiled character map, applied as the spm_precompiled crate does (which differs from
// SentencePiece itself: whole grapheme clusters are looked up first, and the shortest entry wins).

#include <array>
#include <cstring>
#include <optional>
#include <utility>

#include "tokenizer/normalizers/normalizer.h"
#include "tokenizer/text/graphemes.h"

namespace palimpsest::tokenizer {

namespace {

/// A darts-clone double array (unit layout of github.com/s-yata/darts-clone, darts.h).
class DoubleArray {
public:
    explicit DoubleArray(std::vector<std::uint32_t> units)
        : m_units(std::move(units))
    {
    }

    /// The value of the shortest key that `text` starts with.
    [[nodiscard]] std::optional<std::uint32_t> shortestPrefix(std::string_view text) const
    {
        std::size_t node = offset(unit(0));
        for (const char c : text) {
            const std::uint32_t byte = static_cast<unsigned char>(c);
            if (byte == 0)
                return std::nullopt;
            node ^= byte;
            if (node >= m_units.size() || label(unit(node)) != byte)
                return std::nullopt;
            const std::uint32_t here = unit(node);
            node ^= offset(here);
            if (hasLeaf(here)) {
                if (node >= m_units.size())
                    return std::nullopt;
                return unit(node) & 0x7FFFFFFFU;
            }
        }
        return std::nullopt;
    }

private:
    [[nodiscard]] std::uint32_t unit(std::size_t at) const { return m_units[at]; }
    static bool hasLeaf(std::uint32_t unit) { return ((unit >> 8U) & 1U) != 0; }
    static std::uint32_t label(std::uint32_t unit) { return unit & 0x800000FFU; }
    static std::uint32_t offset(std::uint32_t unit) { return (unit >> 10U) << ((unit & 0x200U) >> 6U); }

    std::vector<std::uint32_t> m_units;
};

class Precompiled final : public Normalizer {
public:
    Precompiled(DoubleArray trie, std::string texts)
        : m_trie(std::move(trie))
        , m_texts(std::move(texts))
    {
        for (unsigned char c = 1; c < 0x80U; ++c)
            m_asciiStays[c] = !find(std::string(1, static_cast<char>(c)));
    }

    void apply(AlignedText& text) const override
    {
        if (isUntouchedAscii(text.text))
            return;
        std::vector<Change> changes;
        changes.reserve(text.text.size());
        bool modified = false;
        const std::string_view all = text.text;
        for (std::size_t at = 0; at < all.size();) {
            const std::size_t end = graphemeEnd(all, at);
            const std::string_view cluster = all.substr(at, end - at);
            const auto whole = cluster.size() < 6 ? find(cluster) : std::nullopt;
            if (whole) {
                modified = true;
                replace(changes, cluster, *whole);
            } else {
                modified = byCodePoint(changes, cluster) || modified;
            }
            at = end;
        }
        if (modified)
            text.transform(changes);
    }

private:
    [[nodiscard]] std::optional<std::string_view> find(std::string_view chunk) const
    {
        const auto begin = m_trie.shortestPrefix(chunk);
        if (!begin || *begin >= m_texts.size() || isContinuation(m_texts[*begin]))
            return std::nullopt;
        const std::string_view rest = std::string_view(m_texts).substr(*begin);
        return rest.substr(0, rest.find('\0'));
    }

    bool byCodePoint(std::vector<Change>& changes, std::string_view cluster) const
    {
        bool modified = false;
        for (std::size_t at = 0; at < cluster.size();) {
            const std::size_t begin = at;
            const char32_t c = nextCodePoint(cluster, at);
            const std::string_view part = cluster.substr(begin, at - begin);
            if (const auto text = find(part)) {
                modified = true;
                replace(changes, part, *text);
            } else {
                changes.push_back({c, 0});
            }
        }
        return modified;
    }

    /// The first code points replace the old ones one by one; the surplus is inserted, or dropped with the
    /// last. Where nothing is left, the code point *before* takes over the drop, as in the library; at the
    /// start of the text there is none, and the alignment of all that follows is off by that many code
    /// points.
    static void replace(std::vector<Change>& changes, std::string_view from, std::string_view to)
    {
        const auto fromCount = static_cast<std::int32_t>(countCodePoints(from));
        std::int32_t toCount = 0;
        for (std::size_t at = 0; at < to.size(); ++toCount)
            changes.push_back({nextCodePoint(to, at), toCount < fromCount ? 0 : 1});
        if (toCount < fromCount && !changes.empty())
            changes.back().change += toCount - fromCount;
    }

    [[nodiscard]] bool isUntouchedAscii(std::string_view text) const
    {
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            // A CR may form one cluster with an LF.
            if (byte >= 0x80U || byte == '\r' || !m_asciiStays[byte])
                return false;
        }
        return true;
    }

    DoubleArray m_trie;
    std::string m_texts;
    std::array<bool, 128> m_asciiStays{};
};

} // namespace

base::Result<NormalizerPtr> makePrecompiled(std::string charsmap)
{
    const base::Error broken{base::ErrorCode::Malformed, "the compiled character map is damaged"};
    std::uint32_t trieBytes = 0;
    if (charsmap.size() < sizeof trieBytes)
        return broken;
    std::memcpy(&trieBytes, charsmap.data(), sizeof trieBytes);
    if (trieBytes < sizeof(std::uint32_t) || trieBytes % sizeof(std::uint32_t) != 0
        || trieBytes > charsmap.size() - sizeof trieBytes)
        return broken;
    std::vector<std::uint32_t> units(trieBytes / sizeof(std::uint32_t));
    std::memcpy(units.data(), charsmap.data() + sizeof trieBytes, trieBytes);
    std::string texts = charsmap.substr(sizeof trieBytes + trieBytes);
    if (!isValidUtf8(texts))
        return broken;
    return NormalizerPtr(std::make_unique<Precompiled>(DoubleArray(std::move(units)), std::move(texts)));
}

} // namespace palimpsest::tokenizer
