#include "publish/document.h"

#include <cmath>

#include "publish/figure_file.h"

namespace palimpsest::app {

bool isNumberCell(const QVariant& value)
{
    // A share may be in words already.
    return isNumber(value)
        || (value.typeId() == QMetaType::QString && value.toString().endsWith(QLatin1Char('%')));
}

QString cellText(const QVariant& value)
{
    if (value.typeId() != QMetaType::Double && value.typeId() != QMetaType::Float)
        return value.toString();
    const double number = value.toDouble();
    if (!std::isfinite(number))
        return QStringLiteral("–");
    return std::abs(number) >= 1000 ? QString::number(number, 'f', 0) : QString::number(number, 'g', 4);
}

DocumentTable tableOf(const Figure& figure)
{
    DocumentTable table;
    if (!figure.table)
        return table;
    FigureTable all = figure.table();
    table.caption = figure.title;
    table.header = std::move(all.header);
    table.all = all.rows.size();
    table.rows = all.rows.mid(0, kMostPageRows);
    return table;
}

} // namespace palimpsest::app
