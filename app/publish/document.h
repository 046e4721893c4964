#pragma once
// What reports and pages consist of, whatever they are written as.
// Thread: values.

#include <QImage>
#include <QList>
#include <QString>
#include <QStringList>
#include <QVariant>

#include "figures/figure.h"

namespace palimpsest::app {

/// Most rows of a table on a page; the whole table is a file of its own.
inline constexpr qsizetype kMostPageRows = 200;

struct DocumentTable {
    QString caption;
    QStringList header;
    QList<QVariantList> rows; ///< each as long as the header
    qsizetype all = 0; ///< rows that there are; more than these are: the first ones stand here
};

struct DocumentBlock {
    enum class Kind { Heading, Text, Note, Table, Figure };
    Kind kind = Kind::Text;
    QString text; ///< of headings, texts and notes; plain
    DocumentTable table;
    Figure figure;
};

/// Headings, texts, tables and figures in order. All texts are plain and are escaped by the writers.
struct Document {
    QString title;
    QString subtitle;
    QList<DocumentBlock> blocks;

    void heading(const QString& text) { blocks.append({DocumentBlock::Kind::Heading, text, {}, {}}); }
    void text(const QString& text) { blocks.append({DocumentBlock::Kind::Text, text, {}, {}}); }
    void note(const QString& text) { blocks.append({DocumentBlock::Kind::Note, text, {}, {}}); } ///< small
    void table(DocumentTable table) { blocks.append({DocumentBlock::Kind::Table, {}, std::move(table), {}}); }
    void figure(Figure figure) { blocks.append({DocumentBlock::Kind::Figure, {}, {}, std::move(figure)}); }
};

/// A slide as others get to see it: words are masked already where they are to be.
struct ShownSlide {
    QString title;
    QString caption;
    QString place; ///< "Map · layer 4 · K = 600 · θ = 0.90"
    QList<Figure> figures; ///< of the view; empty: the picture stands for it
    QImage picture; ///< of the view as it was on the screen
};

struct Slideshow {
    QString title; ///< of the project
    QString basis; ///< what all of it rests on: models, sentences, occurrences
    QList<ShownSlide> slides;
};

/// A number or a text of a table as people read it: at most four significant digits, whole numbers in full.
[[nodiscard]] QString cellText(const QVariant& value);
[[nodiscard]] bool isNumberCell(const QVariant& value);
/// The numbers behind a figure, the first kMostPageRows of them; no header: there are none.
[[nodiscard]] DocumentTable tableOf(const Figure& figure);

} // namespace palimpsest::app
