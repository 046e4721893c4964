#include "project/figure_store.h"

#include <algorithm>

#include "project/place_columns.h"

namespace palimpsest::project {

using base::Error;
using base::ErrorCode;

namespace {

const std::string& figureColumns()
{
    static const std::string columns = "name, figure, " + std::string(kPlaceColumns)
        + ", format, width, height, text, dpi, dark, outlines, title";
    return columns;
}
constexpr int kFormatColumn = 2 + kPlaceColumnCount;

bool isName(std::string_view name)
{
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
            || c == '_';
    };
    return !name.empty() && name.size() <= kLongestFigureName && std::ranges::all_of(name, fits);
}

base::Status checkFigure(const SavedFigure& figure)
{
    if (!isName(figure.name) || !isName(figure.figure)) {
        return Error{ErrorCode::InvalidArgument,
            "a figure's name is 1 to 80 letters, digits, - and _; choose another one"};
    }
    Slide slide;
    slide.place = figure.place;
    if (!checkSlides({slide}))
        return Error{
            ErrorCode::InvalidArgument, "the place of figure " + figure.name + " cannot be one of the views"};
    const auto within = [](double value, double low, double high) { return value >= low && value <= high; };
    const bool known = figure.format == "svg" || figure.format == "pdf" || figure.format == "png";
    if (!known || !within(figure.widthMm, 20, 1000) || !within(figure.textPoints, 4, 48)
        || !within(figure.dpi, 72, 1200) || !within(figure.heightMm, 0, 1000))
        return Error{
            ErrorCode::InvalidArgument, "the size or format of figure " + figure.name + " is out of range"};
    return {};
}

std::optional<SavedFigure> readFigure(const Statement& row)
{
    SavedFigure figure;
    figure.name = row.text(0);
    figure.figure = row.text(1);
    const auto place = readPlace(row, 2);
    const auto width = numberFrom(row.text(kFormatColumn + 1));
    const auto height = numberFrom(row.text(kFormatColumn + 2));
    const auto text = numberFrom(row.text(kFormatColumn + 3));
    if (!place || !width || !height || !text)
        return std::nullopt;
    figure.place = *place;
    figure.format = row.text(kFormatColumn);
    figure.widthMm = *width;
    figure.heightMm = *height;
    figure.textPoints = *text;
    figure.dpi = static_cast<int>(std::clamp<std::int64_t>(row.number(kFormatColumn + 4), 0, 100'000));
    figure.dark = row.number(kFormatColumn + 5) != 0;
    figure.outlines = row.number(kFormatColumn + 6) != 0;
    figure.title = row.number(kFormatColumn + 7) != 0;
    return checkFigure(figure) ? std::optional(figure) : std::nullopt;
}

} // namespace

base::Result<std::vector<SavedFigure>> FigureStore::read() const
{
    std::vector<SavedFigure> figures;
    PALIMPSEST_TRY(table,
        m_file.database().prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'figure'"));
    PALIMPSEST_TRY(present, table.step());
    if (!present)
        return figures;
    PALIMPSEST_TRY(
        statement, m_file.database().prepare("SELECT " + figureColumns() + " FROM figure ORDER BY name"));
    while (true) {
        PALIMPSEST_TRY(found, statement.step());
        if (!found)
            break;
        auto figure = readFigure(statement);
        if (!figure || figures.size() >= kMostFigures) {
            return Error{ErrorCode::Malformed,
                m_file.path().string() + " is damaged (figure " + std::to_string(figures.size() + 1)
                    + " makes no sense); restore a copy"};
        }
        figures.push_back(std::move(*figure));
    }
    return figures;
}

base::Status FigureStore::put(const SavedFigure& figure) const
{
    PALIMPSEST_CHECK(checkFigure(figure));
    PALIMPSEST_TRY(transaction, Transaction::begin(m_file.database()));
    PALIMPSEST_TRY(present, read());
    const bool isNew = std::ranges::find(present, figure.name, &SavedFigure::name) == present.end();
    if (isNew && present.size() >= kMostFigures)
        return Error{
            ErrorCode::InvalidArgument, "a project remembers at most 500 figures; remove some first"};
    PALIMPSEST_TRY(statement,
        m_file.database().prepare("INSERT OR REPLACE INTO figure (" + figureColumns()
            + ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, "
              "?19, ?20)"));
    statement.bind(1, std::string_view(figure.name));
    statement.bind(2, std::string_view(figure.figure));
    std::string theta;
    bindPlace(statement, 3, figure.place, theta);
    const int format = kFormatColumn + 1; // parameters count from 1
    const std::string width = numberText(figure.widthMm);
    const std::string height = numberText(figure.heightMm);
    const std::string text = numberText(figure.textPoints);
    statement.bind(format, std::string_view(figure.format));
    statement.bind(format + 1, std::string_view(width));
    statement.bind(format + 2, std::string_view(height));
    statement.bind(format + 3, std::string_view(text));
    statement.bind(format + 4, std::int64_t{figure.dpi});
    statement.bind(format + 5, std::int64_t{figure.dark ? 1 : 0});
    statement.bind(format + 6, std::int64_t{figure.outlines ? 1 : 0});
    statement.bind(format + 7, std::int64_t{figure.title ? 1 : 0});
    PALIMPSEST_CHECK(statement.run());
    return transaction.commit();
}

base::Status FigureStore::remove(const std::string& name) const
{
    PALIMPSEST_TRY(statement, m_file.database().prepare("DELETE FROM figure WHERE name = ?1"));
    statement.bind(1, std::string_view(name));
    return statement.run();
}

} // namespace palimpsest::project
