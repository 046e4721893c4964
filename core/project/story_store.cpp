#include "project/story_store.h"

#include <optional>

#include "project/place_columns.h"

namespace palimpsest::project {

using base::Error;
using base::ErrorCode;

namespace {

const std::string& storyColumns()
{
    static const std::string columns
        = "title, caption, notes, " + std::string(kPlaceColumns) + ", masked, picture";
    return columns;
}

/// Nothing where a number cannot be one of a slide's.
std::optional<Slide> readSlide(const Statement& row)
{
    const auto place = readPlace(row, 3);
    if (!place)
        return std::nullopt;
    Slide slide;
    slide.title = row.text(0);
    slide.caption = row.text(1);
    slide.notes = row.text(2);
    slide.place = *place;
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
    std::string theta;
    statement.reset();
    statement.bind(1, static_cast<std::int64_t>(position));
    statement.bind(2, std::string_view(slide.title));
    statement.bind(3, std::string_view(slide.caption));
    statement.bind(4, std::string_view(slide.notes));
    bindPlace(statement, 5, slide.place, theta);
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
    PALIMPSEST_TRY(
        statement, m_file.database().prepare("SELECT " + storyColumns() + " FROM story ORDER BY position"));
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
        m_file.database().prepare("INSERT INTO story (position, " + storyColumns()
            + ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"));
    for (std::size_t at = 0; at < slides.size(); ++at)
        PALIMPSEST_CHECK(putSlide(statement, at, slides[at]));
    return transaction.commit();
}

} // namespace palimpsest::project
