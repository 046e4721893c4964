#include "tokenizer/text/byte_trie.h"

#include <utility>

#include "tokenizer/text/hash.h"

namespace palimpsest::tokenizer {

namespace {

std::uint64_t edgeKey(std::uint32_t parent, unsigned char byte)
{
    return ((static_cast<std::uint64_t>(parent) << 8U) | byte) + 1;
}

} // namespace

ByteTrie::ByteTrie()
    : m_values(1, -1)
    , m_firstBytes(256, 0)
    , m_edges(64)
{
}

void ByteTrie::insert(std::string_view key, std::int32_t value)
{
    if (key.empty())
        return;
    std::uint32_t node = 0;
    for (const char c : key) {
        const auto byte = static_cast<unsigned char>(c);
        std::uint32_t next = child(node, byte);
        if (next == 0) {
            next = static_cast<std::uint32_t>(m_values.size());
            m_values.push_back(-1);
            if (node == 0) {
                m_firstBytes[byte] = next;
            } else {
                if ((m_edgeCount + 1) * 2 > m_edges.size())
                    grow();
                const std::uint64_t edge = edgeKey(node, byte);
                m_edges[place(edge)] = {edge, next};
            }
            ++m_edgeCount;
        }
        node = next;
    }
    m_values[node] = value;
}

std::uint32_t ByteTrie::child(std::uint32_t parent, unsigned char byte) const
{
    return parent == 0 ? m_firstBytes[byte] : m_edges[place(edgeKey(parent, byte))].node;
}

std::size_t ByteTrie::place(std::uint64_t key) const
{
    const std::size_t mask = m_edges.size() - 1;
    std::size_t at = mixBits(key) & mask;
    while (m_edges[at].key != 0 && m_edges[at].key != key)
        at = (at + 1) & mask;
    return at;
}

void ByteTrie::grow()
{
    std::vector<Edge> old(m_edges.size() * 2);
    std::swap(old, m_edges);
    for (const Edge& edge : old) {
        if (edge.key != 0)
            m_edges[place(edge.key)] = edge;
    }
}

} // namespace palimpsest::tokenizer
