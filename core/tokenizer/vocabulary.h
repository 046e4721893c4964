#pragma once
// Spellings and their ids, both ways, in a few large blocks of memory.
// Thread: filled by one thread, then read by any number.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace palimpsest::tokenizer {

class Vocabulary {
public:
    /// No tokenizer in use has ids above a few hundred thousand; a file that says so is broken or hostile.
    static constexpr std::int64_t kLargestId = 4'000'000;

    /// Says how many entries will come, so that a small file cannot ask for a large table: ids up to
    /// 65,536 + 4 * count are accepted from now on. Calls add up.
    void expect(std::size_t count);

    /// Adds or replaces. The last spelling given to an id, and the last id given to a spelling, count.
    /// Fails with Malformed for an id outside 0..kLargestId or above what expect() allows.
    [[nodiscard]] base::Status set(std::string_view token, std::int64_t id);

    [[nodiscard]] std::optional<std::int32_t> id(std::string_view token) const;
    /// Empty for an id without a spelling.
    [[nodiscard]] std::string_view token(std::int32_t id) const;
    /// One more than the largest id.
    [[nodiscard]] std::size_t size() const { return m_spellings.size(); }

private:
    struct Spelling {
        std::uint64_t begin = 0;
        std::uint32_t length = 0;
        bool used = false;
    };
    struct Slot {
        std::uint64_t begin = 0;
        std::uint32_t length = 0;
        std::int32_t id = -1;
    };

    [[nodiscard]] std::string_view text(std::uint64_t begin, std::uint32_t length) const
    {
        return std::string_view(m_text).substr(begin, length);
    }
    [[nodiscard]] std::size_t slotOf(std::string_view token) const;
    void grow();

    std::string m_text;
    std::vector<Spelling> m_spellings;
    std::vector<Slot> m_slots; ///< open addressing; a power of two, at most half full
    std::size_t m_used = 0;
    std::int64_t m_limit = 65'536; ///< largest id accepted
};

} // namespace palimpsest::tokenizer
