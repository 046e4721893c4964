// The numbers behind a figure as CSV, JSON and LaTeX.
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "publish/figure_file.h"

namespace palimpsest::app {

using base::Error;
using base::ErrorCode;

namespace {

bool isReal(const QVariant& value)
{
    return value.typeId() == QMetaType::Double || value.typeId() == QMetaType::Float;
}

/// As short as it can be and still be read as the same number; never in a comma locale.
QString plainText(const QVariant& value)
{
    return isReal(value) ? QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest)
                         : value.toString();
}

QString csvField(const QString& text)
{
    if (!text.contains(u',') && !text.contains(u'"') && !text.contains(u'\n') && !text.contains(u'\r'))
        return text;
    QString quoted = text;
    quoted.replace(u'"', QStringLiteral("\"\""));
    return u'"' + quoted + u'"';
}

QByteArray csv(const FigureTable& table)
{
    QString text;
    const auto line
        = [&text](const QStringList& fields) { text += fields.join(u',') + QStringLiteral("\r\n"); };
    QStringList fields;
    for (const QString& name : table.header)
        fields.append(csvField(name));
    line(fields);
    for (const QVariantList& row : table.rows) {
        fields.clear();
        for (const QVariant& value : row)
            fields.append(csvField(plainText(value)));
        line(fields);
    }
    return text.toUtf8();
}

QByteArray json(const Figure& figure, const FigureTable& table)
{
    QJsonObject parameters;
    for (const auto& [name, value] : figure.parameters)
        parameters.insert(name, value);
    QJsonArray rows;
    for (const QVariantList& row : table.rows)
        rows.append(QJsonArray::fromVariantList(row));
    const QJsonObject all{{QStringLiteral("figure"), figure.name}, {QStringLiteral("title"), figure.title},
        {QStringLiteral("caption"), figure.caption}, {QStringLiteral("parameters"), parameters},
        {QStringLiteral("columns"), QJsonArray::fromStringList(table.header)},
        {QStringLiteral("rows"), rows}};
    return QJsonDocument(all).toJson(QJsonDocument::Indented);
}

QString latexText(const QString& text)
{
    QString escaped;
    for (const QChar character : text) {
        switch (character.unicode()) {
        case u'&':
        case u'%':
        case u'$':
        case u'#':
        case u'_':
        case u'{':
        case u'}':
            escaped += u'\\';
            escaped += character;
            break;
        case u'\\':
            escaped += QStringLiteral("\\textbackslash{}");
            break;
        case u'~':
            escaped += QStringLiteral("\\textasciitilde{}");
            break;
        case u'^':
            escaped += QStringLiteral("\\textasciicircum{}");
            break;
        case u'<':
            escaped += QStringLiteral("\\textless{}");
            break;
        case u'>':
            escaped += QStringLiteral("\\textgreater{}");
            break;
        case u'θ':
            escaped += QStringLiteral("$\\theta$");
            break;
        case u'×':
            escaped += QStringLiteral("$\\times$");
            break;
        case u'\u00a0':
            escaped += u'~';
            break;
        default:
            escaped += character;
        }
    }
    return escaped;
}

QByteArray latex(const Figure& figure, const FigureTable& table)
{
    QString columns;
    for (qsizetype column = 0; column < table.header.size(); ++column) {
        const bool numbers = !table.rows.isEmpty()
            && std::all_of(table.rows.begin(), table.rows.end(),
                [column](const QVariantList& row) { return isNumber(row[column]) || row[column].isNull(); });
        columns += numbers ? u'r' : u'l';
    }
    QString text = QStringLiteral("% needs \\usepackage{booktabs}\n\\begin{table}\n\\centering\n\\caption{")
        + latexText(figure.title) + QStringLiteral("}\n\\label{tab:") + figure.name
        + QStringLiteral("}\n\\begin{tabular}{") + columns + QStringLiteral("}\n\\toprule\n");
    QStringList fields;
    for (const QString& name : table.header)
        fields.append(latexText(name));
    text += fields.join(QStringLiteral(" & ")) + QStringLiteral(" \\\\\n\\midrule\n");
    for (const QVariantList& row : table.rows) {
        fields.clear();
        for (const QVariant& value : row)
            fields.append(
                latexText(isReal(value) ? QString::number(value.toDouble(), 'g', 4) : value.toString()));
        text += fields.join(QStringLiteral(" & ")) + QStringLiteral(" \\\\\n");
    }
    text += QStringLiteral("\\bottomrule\n\\end{tabular}\n\\end{table}\n");
    return text.toUtf8();
}

} // namespace

bool isNumber(const QVariant& cell)
{
    switch (cell.typeId()) {
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
    case QMetaType::Double:
    case QMetaType::Float:
        return true;
    default:
        return false;
    }
}

base::Result<DataFormat> dataFormatOf(const QString& fileName)
{
    const QString ending = QFileInfo(fileName).suffix().toLower();
    if (ending == QStringLiteral("csv"))
        return DataFormat::Csv;
    if (ending == QStringLiteral("json"))
        return DataFormat::Json;
    if (ending == QStringLiteral("tex"))
        return DataFormat::Latex;
    return Error{ErrorCode::InvalidArgument,
        fileName.toStdString() + " does not end in .csv, .json or .tex, which are the formats of numbers"};
}

base::Result<QByteArray> figureData(const Figure& figure, DataFormat format)
{
    if (!figure.table)
        return Error{ErrorCode::NotFound, "there are no numbers behind this figure"};
    const FigureTable table = figure.table();
    switch (format) {
    case DataFormat::Csv:
        return csv(table);
    case DataFormat::Json:
        return json(figure, table);
    case DataFormat::Latex:
        break;
    }
    if (table.rows.size() > kMostLatexRows) {
        return Error{ErrorCode::TooLarge,
            "the numbers behind this figure are " + std::to_string(table.rows.size())
                + " rows, more than a LaTeX table can show; write them as CSV"};
    }
    return latex(figure, table);
}

base::Status writeFigureData(const Figure& figure, const QString& fileName)
{
    PALIMPSEST_TRY(format, dataFormatOf(fileName));
    PALIMPSEST_TRY(bytes, figureData(figure, format));
    return writeBytes(bytes, fileName);
}

} // namespace palimpsest::app
