#pragma once
// Remembers what short pre-tokens became. Bounded: a new entry replaces the one in its place.
// Thread: belongs to one thread at a time.

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "tokenizer/models/model.h"
#include "tokenizer/text/hash.h"

namespace palimpsest::tokenizer {

class PieceCache {
public:
    static constexpr std::size_t kLongestText = 31;
    static constexpr std::size_t kMostPieces = 6;

    PieceCache()
        : m_entries(kEntries)
    {
    }

    /// Appends the pieces of `text` under `model` to `pieces`. Use one cache with one model only.
    void tokenize(const Model& model, std::string_view text, std::vector<Piece>& pieces)
    {
        if (text.size() > kLongestText) {
            model.tokenize(text, pieces);
            return;
        }
        Entry& entry = m_entries[hashText(text) & (kEntries - 1)];
        if (entry.length == text.size() && std::memcmp(entry.text.data(), text.data(), text.size()) == 0) {
            for (std::size_t i = 0; i < entry.count; ++i)
                pieces.push_back({entry.ids[i], entry.begins[i], entry.ends[i]});
            return;
        }
        const std::size_t before = pieces.size();
        model.tokenize(text, pieces);
        if (pieces.size() - before <= kMostPieces)
            store(entry, text, std::span<const Piece>(pieces).subspan(before));
    }

private:
    static constexpr std::size_t kEntries = 1U << 14U;

    struct Entry {
        std::array<char, kLongestText> text{};
        std::uint8_t length = 255; ///< free: no text is that long
        std::array<std::int32_t, kMostPieces> ids{};
        std::array<std::uint8_t, kMostPieces> begins{};
        std::array<std::uint8_t, kMostPieces> ends{};
        std::uint8_t count = 0;
    };

    static void store(Entry& entry, std::string_view text, std::span<const Piece> pieces)
    {
        std::memcpy(entry.text.data(), text.data(), text.size());
        entry.length = static_cast<std::uint8_t>(text.size());
        entry.count = static_cast<std::uint8_t>(pieces.size());
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            entry.ids[i] = pieces[i].id;
            entry.begins[i] = static_cast<std::uint8_t>(pieces[i].begin);
            entry.ends[i] = static_cast<std::uint8_t>(pieces[i].end);
        }
    }

    std::vector<Entry> m_entries;
};

} // namespace palimpsest::tokenizer
