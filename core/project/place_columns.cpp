#include "project/place_columns.h"

#include <charconv>
#include <limits>

namespace palimpsest::project {

std::string numberText(double number)
{
    char digits[32];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
    return {digits, end};
}

std::optional<double> numberFrom(std::string_view text)
{
    double number = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::optional<SlidePlace> readPlace(const Statement& row, int first)
{
    const auto inRange = [&](int column, std::int64_t least) {
        const std::int64_t number = row.number(first + column);
        return number >= least && number <= std::numeric_limits<std::int32_t>::max();
    };
    const auto theta = numberFrom(row.text(first + 3));
    if (!theta || !inRange(1, 0) || !inRange(2, 0) || !inRange(4, 0) || !inRange(5, 0) || !inRange(6, -1)
        || row.number(first + 5) > 1)
        return std::nullopt;
    SlidePlace place;
    place.view = row.text(first);
    place.layer = static_cast<int>(row.number(first + 1));
    place.k = static_cast<std::size_t>(row.number(first + 2));
    place.theta = *theta;
    place.shown = static_cast<int>(row.number(first + 4));
    place.side = row.number(first + 5) == 0 ? Side::Base : Side::FineTuned;
    place.conceptId = static_cast<int>(row.number(first + 6));
    place.tree = {
        static_cast<std::uint64_t>(row.number(first + 7)), static_cast<std::uint64_t>(row.number(first + 8))};
    place.detail = row.text(first + 9);
    return place;
}

void bindPlace(Statement& statement, int first, const SlidePlace& place, std::string& theta)
{
    theta = numberText(place.theta);
    statement.bind(first, std::string_view(place.view));
    statement.bind(first + 1, std::int64_t{place.layer});
    statement.bind(first + 2, static_cast<std::int64_t>(place.k));
    statement.bind(first + 3, std::string_view(theta));
    statement.bind(first + 4, std::int64_t{place.shown});
    statement.bind(first + 5, static_cast<std::int64_t>(place.side));
    statement.bind(first + 6, std::int64_t{place.conceptId});
    statement.bind(first + 7, static_cast<std::int64_t>(place.tree.high));
    statement.bind(first + 8, static_cast<std::int64_t>(place.tree.low));
    statement.bind(first + 9, std::string_view(place.detail));
}

} // namespace palimpsest::project
