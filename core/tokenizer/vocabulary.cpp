#include "tokenizer/vocabulary.h"

#include <algorithm>
#include <utility>

#include "tokenizer/text/hash.h"

namespace palimpsest::tokenizer {

void Vocabulary::expect(std::size_t count)
{
    const auto more = static_cast<std::int64_t>(std::min(count, static_cast<std::size_t>(kLargestId)));
    m_limit = std::min(kLargestId, m_limit + 4 * more);
}

base::Status Vocabulary::set(std::string_view token, std::int64_t id)
{
    if (id < 0 || id > m_limit)
        return base::Error{base::ErrorCode::Malformed,
            "token \"" + std::string(token.substr(0, 80)) + "\" has the id " + std::to_string(id)
                + ", which is outside 0 to " + std::to_string(m_limit)};
    if (m_used * 2 >= m_slots.size())
        grow();
    const auto index = static_cast<std::size_t>(id);
    if (index >= m_spellings.size())
        m_spellings.resize(index + 1);
    const std::size_t at = slotOf(token);
    Slot& slot = m_slots[at];
    if (slot.id < 0) {
        slot.begin = m_text.size();
        slot.length = static_cast<std::uint32_t>(token.size());
        m_text.append(token);
        ++m_used;
    }
    slot.id = static_cast<std::int32_t>(id);
    m_spellings[index] = {slot.begin, slot.length, true};
    return {};
}

std::optional<std::int32_t> Vocabulary::id(std::string_view token) const
{
    if (m_slots.empty())
        return std::nullopt;
    const Slot& slot = m_slots[slotOf(token)];
    if (slot.id < 0)
        return std::nullopt;
    return slot.id;
}

std::string_view Vocabulary::token(std::int32_t id) const
{
    if (id < 0 || static_cast<std::size_t>(id) >= m_spellings.size())
        return {};
    const Spelling& spelling = m_spellings[static_cast<std::size_t>(id)];
    return text(spelling.begin, spelling.length);
}

std::size_t Vocabulary::slotOf(std::string_view token) const
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t at = hashText(token) & mask;
    while (m_slots[at].id >= 0 && text(m_slots[at].begin, m_slots[at].length) != token)
        at = (at + 1) & mask;
    return at;
}

void Vocabulary::grow()
{
    const std::vector<Slot> old = std::move(m_slots);
    m_slots.assign(old.empty() ? 64 : old.size() * 2, Slot{});
    for (const Slot& slot : old) {
        if (slot.id >= 0)
            m_slots[slotOf(text(slot.begin, slot.length))] = slot;
    }
}

} // namespace palimpsest::tokenizer
