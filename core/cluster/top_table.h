#pragma once
// The k smallest lower bounds per searched row, kept while tiles of products pass by.
// Thread: different rows in parallel.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace palimpsest::cluster {

struct Candidate {
    float value = 0.0F; ///< lower bound on the distance
    std::int32_t position = 0;
};

/// Ties go to the smaller position.
class TopTable {
public:
    TopTable(std::size_t rows, std::size_t length)
        : m_length(length)
        , m_candidates(rows * length)
        , m_counts(rows, 0)
        , m_limits(rows, std::numeric_limits<float>::infinity())
    {
    }

    /// Values above this are refused; infinite until `length` values were offered. One per row, contiguous.
    [[nodiscard]] const float* limits() const { return m_limits.data(); }
    [[nodiscard]] std::span<const Candidate> row(std::size_t row) const
    {
        return {m_candidates.data() + row * m_length, static_cast<std::size_t>(m_counts[row])};
    }

    void offer(std::size_t row, const Candidate& candidate)
    {
        if (!(candidate.value <= m_limits[row]))
            return;
        Candidate* list = m_candidates.data() + row * m_length;
        auto place = static_cast<std::size_t>(m_counts[row]);
        if (place == m_length) {
            if (!isBefore(candidate, list[m_length - 1]))
                return;
            --place;
        } else {
            ++m_counts[row];
        }
        for (; place > 0 && isBefore(candidate, list[place - 1]); --place)
            list[place] = list[place - 1];
        list[place] = candidate;
        if (static_cast<std::size_t>(m_counts[row]) == m_length)
            m_limits[row] = list[m_length - 1].value;
    }

private:
    static bool isBefore(const Candidate& a, const Candidate& b)
    {
        return a.value != b.value ? a.value < b.value : a.position < b.position;
    }

    std::size_t m_length;
    std::vector<Candidate> m_candidates;
    std::vector<std::int32_t> m_counts;
    std::vector<float> m_limits;
};

} // namespace palimpsest::cluster
