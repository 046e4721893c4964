// A document as pages of A4: text and tables flow, figures stand in them as objects that are painted as
// vectors.
#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextObjectInterface>
#include <QTextTable>

#include "publish/page_writer.h"
#include "publish/report_page.h"

namespace palimpsest::app {

namespace {

constexpr int kFigureObject = QTextFormat::UserObject + 1;
constexpr int kFigureIndex = QTextFormat::UserProperty + 1;
const QSizeF kA4Mm(210.0, 297.0);
constexpr double kTextWidthMm = 166.0; // what Qt's margins of 2 cm leave, and a little less
constexpr double kMostFigureMm = 215.0;
constexpr double kDocumentPoints = 9.5;

FigureOptions paperOptions(const Figure& figure)
{
    FigureOptions options;
    options.widthMm = kTextWidthMm;
    options.textPoints = 8.0;
    if (figurePage(figure, options).sizeMm.height() > kMostFigureMm)
        options.heightMm = kMostFigureMm;
    return options;
}

/// Paints the figures of a document where the layout wants them.
class FigureObject : public QObject, public QTextObjectInterface {
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)

public:
    explicit FigureObject(const Document& document)
        : m_document(document)
    {
    }

    QSizeF intrinsicSize(QTextDocument* text, int, const QTextFormat& format) override
    {
        const Figure& figure = figureOf(format);
        const QSizeF mm = figurePage(figure, paperOptions(figure)).sizeMm;
        return mm / 25.4 * dotsOf(text);
    }

    void drawObject(
        QPainter* painter, const QRectF& room, QTextDocument* text, int, const QTextFormat& format) override
    {
        const Figure& figure = figureOf(format);
        const FigureOptions options = paperOptions(figure);
        painter->save();
        painter->setRenderHint(QPainter::LosslessImageRendering);
        painter->translate(room.topLeft());
        const double dots = dotsOf(text) / 72.0;
        painter->scale(dots, dots);
        paintFigureAt(*painter, {0, 0}, figure, options, figurePage(figure, options));
        painter->restore();
    }

private:
    const Figure& figureOf(const QTextFormat& format) const
    {
        return m_document.blocks[format.intProperty(kFigureIndex)].figure;
    }
    static double dotsOf(QTextDocument* text)
    {
        const QPaintDevice* device = text->documentLayout()->paintDevice();
        return device ? device->logicalDpiX() : 96.0;
    }

    const Document& m_document;
};

/// Puts a document's blocks into a text.
class TextFlow {
public:
    TextFlow(QTextDocument& text, const Document& document)
        : m_cursor(&text)
        , m_document(document)
        , m_style(themeStyle(false))
    {
        QFont font = m_style.font;
        font.setPointSizeF(kDocumentPoints);
        font.setHintingPreference(QFont::PreferNoHinting);
        text.setDefaultFont(font);
    }

    void write()
    {
        paragraph(m_document.title, format(20.0, true, m_style.text), 0, 2);
        paragraph(m_document.subtitle, format(kDocumentPoints, false, m_style.muted), 0, 12);
        for (int at = 0; at < m_document.blocks.size(); ++at)
            block(at);
    }

private:
    static QTextCharFormat format(double points, bool strong, const QColor& color)
    {
        QTextCharFormat made;
        made.setFontPointSize(points);
        made.setFontWeight(strong ? QFont::DemiBold : QFont::Normal);
        made.setForeground(color);
        return made;
    }

    void paragraph(const QString& words, const QTextCharFormat& character, double above, double below)
    {
        QTextBlockFormat room;
        room.setTopMargin(above);
        room.setBottomMargin(below);
        if (m_begun)
            m_cursor.insertBlock(room, character);
        else
            m_cursor.setBlockFormat(room);
        m_begun = true;
        m_cursor.insertText(words, character);
    }

    void block(int at)
    {
        const DocumentBlock& block = m_document.blocks[at];
        switch (block.kind) {
        case DocumentBlock::Kind::Heading:
            paragraph(block.text, format(14.0, true, m_style.text), 18, 6);
            break;
        case DocumentBlock::Kind::Text:
            paragraph(block.text, format(kDocumentPoints, false, m_style.text), 0, 6);
            break;
        case DocumentBlock::Kind::Note:
            paragraph(block.text, format(8.0, false, m_style.muted), 0, 6);
            break;
        case DocumentBlock::Kind::Table:
            table(block.table);
            break;
        case DocumentBlock::Kind::Figure:
            figure(at);
            break;
        }
    }

    void figure(int at)
    {
        const Figure& shown = m_document.blocks[at].figure;
        QTextCharFormat object;
        object.setObjectType(kFigureObject);
        object.setProperty(kFigureIndex, at);
        paragraph({}, {}, 10, 2);
        m_cursor.insertText(QString(QChar::ObjectReplacementCharacter), object);
        paragraph(shown.title + QStringLiteral(". "), format(8.5, true, m_style.text), 0, 10);
        m_cursor.insertText(shown.caption, format(8.5, false, m_style.muted));
    }

    void table(const DocumentTable& table)
    {
        if (table.header.isEmpty())
            return;
        if (!table.caption.isEmpty())
            paragraph(table.caption, format(8.5, true, m_style.text), 8, 2);
        QTextTableFormat shape;
        shape.setBorder(0);
        shape.setCellPadding(4);
        shape.setCellSpacing(0);
        shape.setHeaderRowCount(1);
        QTextTable* cells = m_cursor.insertTable(
            static_cast<int>(table.rows.size()) + 1, static_cast<int>(table.header.size()), shape);
        for (int column = 0; column < table.header.size(); ++column)
            cell(*cells, 0, column, table.header[column],
                !table.rows.isEmpty() && isNumberCell(table.rows.front().value(column)), true);
        for (int row = 0; row < table.rows.size(); ++row) {
            for (int column = 0; column < table.rows[row].size(); ++column) {
                const QVariant& value = table.rows[row][column];
                cell(*cells, row + 1, column, cellText(value), isNumberCell(value), false);
            }
        }
        m_cursor.movePosition(QTextCursor::End);
        if (table.all > table.rows.size())
            paragraph(QStringLiteral("%1 / %2").arg(table.rows.size()).arg(table.all),
                format(8.0, false, m_style.muted), 0, 6);
    }

    void cell(QTextTable& cells, int row, int column, const QString& words, bool number, bool strong)
    {
        QTextTableCell at = cells.cellAt(row, column);
        QTextTableCellFormat line;
        line.setBottomBorder(strong ? 1.0 : 0.4);
        line.setBottomBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        line.setBottomBorderBrush(strong ? m_style.text : m_style.border);
        at.setFormat(line);
        QTextCursor inside = at.firstCursorPosition();
        QTextBlockFormat side;
        side.setAlignment(number ? Qt::AlignRight : Qt::AlignLeft);
        inside.setBlockFormat(side);
        inside.insertText(words, format(8.0, strong, m_style.text));
    }

    QTextCursor m_cursor;
    const Document& m_document;
    FigureStyle m_style;
    bool m_begun = false;
};

} // namespace

base::Result<QByteArray> documentPdf(const Document& document)
{
    QTextDocument text;
    FigureObject object(document);
    text.documentLayout()->registerHandler(kFigureObject, &object);
    TextFlow(text, document).write();
    PageWriter writer(kA4Mm, document.title);
    text.print(&writer.device());
    return writer.finish();
}

} // namespace palimpsest::app

#include "report_pdf.moc"
