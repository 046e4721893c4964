// A project's figures come back as they were, are replaced by name, and whatever cannot be one is refused.

#include <QtTest/QtTest>

#include <cmath>

#include "fresh_project.h"
#include "project/figure_store.h"

using namespace palimpsest;
using project::FigureStore;
using project::ProjectFile;
using project::SavedFigure;

namespace {

SavedFigure figure(const std::string& name)
{
    SavedFigure made;
    made.name = name;
    made.figure = "alignment";
    made.place.view = "alignment";
    made.place.layer = 3;
    made.place.k = 600;
    made.place.theta = 1.0 / 3.0;
    return made;
}

SavedFigure fullFigure()
{
    SavedFigure made = figure("figure-2_b");
    made.place.side = project::Side::FineTuned;
    made.place.conceptId = 17;
    made.place.tree = {0x8000000000000001ULL, 7};
    made.place.detail = R"({"shareOf":1})";
    made.format = "pdf";
    made.widthMm = 174.5;
    made.heightMm = 90;
    made.textPoints = 8;
    made.dpi = 600;
    made.dark = made.outlines = made.title = true;
    return made;
}

} // namespace

class FigureStoreTest : public QObject, private testing::FreshProject {
    Q_OBJECT

private slots:
    void init() { begin(); }

    void figuresComeBackAsTheyWere()
    {
        const auto file = ProjectFile::open(path(), ProjectFile::Mode::ReadWrite);
        VERIFY_RESULT(file);
        const FigureStore store(file.value());
        QVERIFY(store.put(fullFigure()));
        QVERIFY(store.put(figure("figure-1")));
        const auto read = store.read();
        VERIFY_RESULT(read);
        QCOMPARE(read.value().size(), std::size_t{2});
        QVERIFY(read.value()[0] == figure("figure-1")); // by name
        QVERIFY(read.value()[1] == fullFigure());
    }

    void aFigureOfTheSameNameIsReplaced()
    {
        const auto file = ProjectFile::open(path(), ProjectFile::Mode::ReadWrite);
        VERIFY_RESULT(file);
        const FigureStore store(file.value());
        QVERIFY(store.put(figure("one")));
        SavedFigure other = figure("one");
        other.widthMm = 174;
        QVERIFY(store.put(other));
        QCOMPARE(store.read().value().size(), std::size_t{1});
        QCOMPARE(store.read().value()[0].widthMm, 174.0);
        QVERIFY(store.remove("one"));
        QVERIFY(store.remove("one")); // is not there any more
        QVERIFY(store.read().value().empty());
    }

    void whatCannotBeAFigureIsRefused()
    {
        const auto file = ProjectFile::open(path(), ProjectFile::Mode::ReadWrite);
        VERIFY_RESULT(file);
        const FigureStore store(file.value());
        for (const char* name : {"", "../escape", "a b", "ä"})
            QVERIFY2(!store.put(figure(name)), name);
        SavedFigure wrong = figure("wrong");
        wrong.widthMm = std::nan("");
        QVERIFY(!store.put(wrong));
        wrong = figure("wrong");
        wrong.format = "exe";
        QVERIFY(!store.put(wrong));
        wrong = figure("wrong");
        wrong.place.theta = 2;
        QVERIFY(!store.put(wrong));
        QVERIFY(store.read().value().empty());
    }
};

QTEST_GUILESS_MAIN(FigureStoreTest)
#include "tst_figure_store.moc"
