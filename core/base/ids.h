#pragma once
// Strong indices: a row of the token table cannot be mistaken for a sentence or a cluster.
// Thread: values.

#include <cstddef>
#include <cstdint>

namespace palimpsest::base {

enum class SentenceId : std::uint32_t {}; ///< index of a sentence of the corpus, in file order
enum class WordId : std::uint32_t {}; ///< index into the corpus vocabulary, in order of first appearance
enum class TokenId : std::uint32_t {}; ///< row of the token table and of every activation matrix
enum class ClusterId : std::uint32_t {}; ///< concept of one partition, numbered by first appearance

template <typename Id>
[[nodiscard]] constexpr std::size_t toIndex(Id id)
{
    return static_cast<std::size_t>(id);
}

template <typename Id>
[[nodiscard]] constexpr Id toId(std::size_t index)
{
    return static_cast<Id>(static_cast<std::uint32_t>(index));
}

} // namespace palimpsest::base
