#include "models/label_option_model.h"

#include <algorithm>

#include "label/label_source.h"

namespace palimpsest::app {

namespace {

using Row = LabelOptionModel::Row;

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// Names of options are words of the command line; what a form calls them.
QString titleOf(const QString& name)
{
    static const std::map<QString, QString> kTitles{
        {QStringLiteral("case"), LabelOptionModel::tr("Tell capital letters apart")},
        {QStringLiteral("file"), LabelOptionModel::tr("File")},
        {QStringLiteral("first"), LabelOptionModel::tr("First set")},
        {QStringLiteral("folder"), LabelOptionModel::tr("Folder")},
        {QStringLiteral("label"), LabelOptionModel::tr("Label")},
        {QStringLiteral("list"), LabelOptionModel::tr("List")},
        {QStringLiteral("max"), LabelOptionModel::tr("Longest")},
        {QStringLiteral("min"), LabelOptionModel::tr("Shortest")},
        {QStringLiteral("name"), LabelOptionModel::tr("Name of the set")},
        {QStringLiteral("pos"), LabelOptionModel::tr("Parts of speech")},
        {QStringLiteral("second"), LabelOptionModel::tr("Second set")},
        {QStringLiteral("stem"), LabelOptionModel::tr("Shortest stem")},
    };
    const auto known = kTitles.find(name);
    return known != kTitles.end() ? known->second : name.left(1).toUpper() + name.mid(1);
}

LabelOptionModel::Kind kindOf(const QString& name, const QString& standard)
{
    if (name == QStringLiteral("file") || name == QStringLiteral("list"))
        return LabelOptionModel::File;
    if (name == QStringLiteral("folder"))
        return LabelOptionModel::Folder;
    return standard == QStringLiteral("yes") || standard == QStringLiteral("no") ? LabelOptionModel::Flag
                                                                                 : LabelOptionModel::Text;
}

Row rowOf(const QString& name, const QString& standard, const QString& help)
{
    Row row{name, titleOf(name), help, standard, {}, kindOf(name, standard)};
    // Options whose help lists all that they take.
    static const std::map<QString, QStringList> kChoices{
        {QStringLiteral("kind"), {QStringLiteral("class"), QStringLiteral("hypernym")}},
        {QStringLiteral("senses"), {QStringLiteral("first"), QStringLiteral("all")}},
    };
    if (const auto choices = kChoices.find(name); choices != kChoices.end()) {
        row.kind = LabelOptionModel::Choice;
        row.choices = choices->second;
    }
    return row;
}

Row setRow(const QString& name, const QStringList& sets, qsizetype preferred)
{
    Row row = rowOf(name, {}, LabelOptionModel::tr("A label set of this project"));
    row.kind = LabelOptionModel::Choice;
    row.choices = sets;
    row.value = sets.value(preferred);
    return row;
}

std::vector<Row> rowsOf(const std::string& id, const QStringList& sets)
{
    if (id == "joint")
        return {setRow(QStringLiteral("first"), sets, 0), setRow(QStringLiteral("second"), sets, 1)};
    if (id == "tagger") {
        return {rowOf(QStringLiteral("folder"), {},
                    LabelOptionModel::tr("A checkpoint for token classification (POS, NER, CCG, …)")),
            rowOf(QStringLiteral("name"), {},
                LabelOptionModel::tr("Name of the label set (default: the folder's)"))};
    }
    std::vector<Row> rows;
    for (const label::SourceDescriptor& source : label::sources()) {
        if (source.id != id)
            continue;
        for (const label::OptionDescriptor& option : source.options)
            rows.push_back(rowOf(toText(option.name), toText(option.standard), toText(option.help)));
    }
    return rows;
}

} // namespace

void LabelOptionModel::setSource(const std::string& id, const QStringList& sets)
{
    beginResetModel();
    m_rows = rowsOf(id, sets);
    endResetModel();
    Q_EMIT valuesChanged();
}

void LabelOptionModel::setValue(const QString& name, const QString& value)
{
    const auto row = std::ranges::find(m_rows, name, &Row::name);
    if (row == m_rows.end() || row->value == value)
        return;
    row->value = value;
    const QModelIndex at = index(static_cast<int>(row - m_rows.begin()));
    Q_EMIT dataChanged(at, at, {ValueRole});
    Q_EMIT valuesChanged();
}

QString LabelOptionModel::value(const QString& name) const
{
    const auto row = std::ranges::find(m_rows, name, &Row::name);
    return row == m_rows.end() ? QString() : row->value;
}

bool LabelOptionModel::has(const QString& name) const
{
    return std::ranges::find(m_rows, name, &Row::name) != m_rows.end();
}

std::map<std::string, std::string, std::less<>> LabelOptionModel::values() const
{
    std::map<std::string, std::string, std::less<>> values;
    for (const Row& row : m_rows) {
        if (!row.value.isEmpty() && row.value != row.standard)
            values[row.name.toStdString()] = row.value.toStdString();
    }
    return values;
}

int LabelOptionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant LabelOptionModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case NameRole:
        return row.name;
    case Qt::DisplayRole:
    case TitleRole:
        return row.title;
    case HelpRole:
        return row.help;
    case StandardRole:
        return row.standard;
    case ValueRole:
        return row.value;
    case KindRole:
        return row.kind;
    case ChoicesRole:
        return row.choices;
    default:
        return {};
    }
}

QHash<int, QByteArray> LabelOptionModel::roleNames() const
{
    return {{NameRole, "name"}, {TitleRole, "title"}, {HelpRole, "help"}, {StandardRole, "standard"},
        {ValueRole, "value"}, {KindRole, "kind"}, {ChoicesRole, "choices"}};
}

} // namespace palimpsest::app
