#pragma once
// Finds all keys that a text starts with, one table look-up per byte.
// Thread: filled by one thread, then read by any number.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace palimpsest::tokenizer {

class ByteTrie {
public:
    ByteTrie();

    /// The last value given to a key counts. The empty key is ignored. `value` >= 0.
    void insert(std::string_view key, std::int32_t value);

    /// Calls `found(length, value)` for every key that is a prefix of `text`, shortest first.
    template <typename Found>
    void forEachPrefix(std::string_view text, Found found) const
    {
        std::uint32_t node = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            node = child(node, static_cast<unsigned char>(text[i]));
            if (node == 0)
                return;
            if (m_values[node] >= 0)
                found(i + 1, m_values[node]);
        }
    }

    [[nodiscard]] bool empty() const { return m_edgeCount == 0; }

private:
    struct Edge {
        std::uint64_t key = 0; ///< (parent << 8 | byte) + 1; 0 marks a free place
        std::uint32_t node = 0;
    };

    [[nodiscard]] std::uint32_t child(std::uint32_t parent, unsigned char byte) const;
    [[nodiscard]] std::size_t place(std::uint64_t key) const;
    void grow();

    std::vector<std::int32_t> m_values; ///< per node, -1 where no key ends; node 0 is the root
    std::vector<std::uint32_t> m_firstBytes; ///< children of the root, which half of all steps ask for
    std::vector<Edge> m_edges; ///< open addressing; a power of two, at most half full
    std::size_t m_edgeCount = 0;
};

} // namespace palimpsest::tokenizer
