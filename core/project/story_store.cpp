#include "project/story_store.h"

#include <charconv>
#include <limits>
#include <optional>

#include "project/sqlite.h"

namespace palimpsest::project {

using base::Error;
using base::ErrorCode;

namespace {

constexpr const char* kColumns = "title, caption, notes, view, layer, k, theta, shown, side, concept, "
                                 "tree_high, tree_low, detail, masked, picture";

/// Shortest digits that read back as the same number, in every locale.
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

/// Nothing where a number cannot be one of a slide's.
std::optional<Slide> readSlide(const Statement& row)
{
    const auto inRange = [&](int column, std::int64_t least) {
        return row.number(column) >= least && row.number(column) <= std::numeric_limits<std::int32_t>::max();
    };
    const auto theta = numberFrom(row.text(6));
    if (!theta || !inRange(4, 0) || !inRange(5, 0) || !inRange(7, 0) || !inRange(8, 0) || !inRange(9, -1)
        || row.number(8) > 1)
        return std::nullopt;
    Slide slide;
    slide.title = row.text(0);
    slide.caption = row.text(1);
    slide.notes = row.text(2);
    slide.place.view = row.text(3);
    slide.place.layer = static_cast<int>(row.number(4));
    slide.place.k = static_cast<std::size_t>(row.number(5));
    slide.place.theta = *theta;
    slide.place.shown = static_cast<int>(row.number(7));
    slide.place.side = row.number(8) == 0 ? Side::Base : Side::FineTuned;
    slide.place.conceptId = static_cast<int>(row.number(9));
    slide.place.tree
        = {static_cast<std::uint64_t>(row.number(10)), static_cast<std::uint64_t>(row.number(11))};
    slide.place.detail = row.text(12);
    slide.maskedPicture = row.number(13) != 0;
    const auto picture = row.blob(14);
    if (picture.size() > kLargestPicture)
        return std::nullopt;
    if (!picture.empty())
        slide.picture = std::make_shared<const std::vector<std::byte>>(picture.begin(), picture.end());
    return slide;
}

base::Status putSlide(Statement& statement, std::size_t position, const Slide& slide)
{
    const std::string theta = numberText(slide.place.theta);
    statement.reset();
    statement.bind(1, static_cast<std::int64_t>(position));
    statement.bind(2, std::string_view(slide.title));
    statement.bind(3, std::string_view(slide.caption));
    statement.bind(4, std::string_view(slide.notes));
    statement.bind(5, std::string_view(slide.place.view));
    statement.bind(6, std::int64_t{slide.place.layer});
    statement.bind(7, static_cast<std::int64_t>(slide.place.k));
    statement.bind(8, std::string_view(theta));
    statement.bind(9, std::int64_t{slide.place.shown});
    statement.bind(10, static_cast<std::int64_t>(slide.place.side));
    statement.bind(11, std::int64_t{slide.place.conceptId});
    statement.bind(12, static_cast<std::int64_t>(slide.place.tree.high));
    statement.bind(13, static_cast<std::int64_t>(slide.place.tree.low));
    statement.bind(14, std::string_view(slide.place.detail));
    statement.bind(15, std::int64_t{slide.maskedPicture ? 1 : 0});
    statement.bind(
        16, slide.picture ? std::span<const std::byte>(*slide.picture) : std::span<const std::byte>());
    return statement.run();
}

} // namespace

base::Result<Slides> StoryStore::read() const
{
    Slides slides;
    PALIMPSEST_TRY(table,
        m_file.database().prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'story'"));
    PALIMPSEST_TRY(present, table.step());
    if (!present)
        return slides;
    PALIMPSEST_TRY(statement,
        m_file.database().prepare("SELECT " + std::string(kColumns) + " FROM story ORDER BY position"));
    while (true) {
        PALIMPSEST_TRY(found, statement.step());
        if (!found)
            break;
        auto slide = readSlide(statement);
        if (slide)
            slides.push_back(std::move(*slide));
        if (!slide || !checkSlides({slides.back()}) || slides.size() > kMostSlides) {
            return Error{ErrorCode::Malformed,
                m_file.path().string() + " is damaged (slide "
                    + std::to_string(slides.size() + (slide ? 0 : 1))
                    + " of its story makes no sense); restore a copy"};
        }
    }
    return slides;
}

base::Status StoryStore::write(const Slides& slides) const
{
    PALIMPSEST_CHECK(checkSlides(slides));
    PALIMPSEST_TRY(transaction, Transaction::begin(m_file.database()));
    PALIMPSEST_CHECK(m_file.database().execute("DELETE FROM story"));
    PALIMPSEST_TRY(statement,
        m_file.database().prepare("INSERT INTO story (position, " + std::string(kColumns)
            + ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"));
    for (std::size_t at = 0; at < slides.size(); ++at)
        PALIMPSEST_CHECK(putSlide(statement, at, slides[at]));
    return transaction.commit();
}

} // namespace palimpsest::project
