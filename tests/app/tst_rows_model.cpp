// Lists whose rows are replaced: no reset, whatever the counts; and work that waits for its turn.

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest/QtTest>

#include "bridge/turn.h"
#include "figures/word_writing.h"
#include "models/rows_model.h"

using namespace palimpsest;
using app::Turn;

namespace {

/// Numbers times a factor.
class Numbers : public app::RowsModel {
public:
    void show(std::vector<int> numbers, int factor)
    {
        replaceRows(m_numbers, std::move(numbers), [&] { m_factor = factor; });
    }
    int count() const override { return static_cast<int>(m_numbers.size()); }
    QVariant data(const QModelIndex& index, int role) const override
    {
        return role == Qt::DisplayRole ? m_factor * m_numbers[static_cast<std::size_t>(index.row())]
                                       : QVariant();
    }
    QList<int> shown() const
    {
        QList<int> all;
        for (int row = 0; row < rowCount(); ++row)
            all.append(index(row).data().toInt());
        return all;
    }

private:
    std::vector<int> m_numbers;
    int m_factor = 1;
};

} // namespace

class TestRowsModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowsAreReplacedWithoutAReset_data()
    {
        QTest::addColumn<QList<int>>("before");
        QTest::addColumn<QList<int>>("after");
        QTest::addColumn<int>("inserted");
        QTest::addColumn<int>("removed");
        QTest::newRow("as many") << QList<int>{1, 2, 3} << QList<int>{4, 5, 6} << 0 << 0;
        QTest::newRow("more") << QList<int>{1} << QList<int>{4, 5, 6} << 2 << 0;
        QTest::newRow("fewer") << QList<int>{1, 2, 3} << QList<int>{4} << 0 << 2;
        QTest::newRow("first ones") << QList<int>{} << QList<int>{4, 5} << 2 << 0;
        QTest::newRow("none left") << QList<int>{1, 2} << QList<int>{} << 0 << 2;
        QTest::newRow("none ever") << QList<int>{} << QList<int>{} << 0 << 0;
    }
    void rowsAreReplacedWithoutAReset()
    {
        QFETCH(QList<int>, before);
        QFETCH(QList<int>, after);
        QFETCH(int, inserted);
        QFETCH(int, removed);
        Numbers numbers;
        const QAbstractItemModelTester tester(
            &numbers, QAbstractItemModelTester::FailureReportingMode::QtTest);
        numbers.show({before.begin(), before.end()}, 10);
        QSignalSpy resets(&numbers, &QAbstractItemModel::modelReset);
        int in = 0, out = 0;
        connect(&numbers, &QAbstractItemModel::rowsInserted, this,
            [&in](const QModelIndex&, int first, int last) { in += last - first + 1; });
        connect(&numbers, &QAbstractItemModel::rowsRemoved, this,
            [&out](const QModelIndex&, int first, int last) { out += last - first + 1; });
        numbers.show({after.begin(), after.end()}, 100);
        QList<int> expected;
        for (const int number : after)
            expected.append(100 * number);
        QCOMPARE(numbers.shown(), expected);
        QCOMPARE(in, inserted);
        QCOMPARE(out, removed);
        QCOMPARE(resets.count(), 0);
    }

    void wordsWrittenInAnotherWayAreShownAgain()
    {
        Numbers numbers;
        QSignalSpy changes(&numbers, &QAbstractItemModel::dataChanged);
        app::WordWriting::instance().setWriter(nullptr);
        QCOMPARE(changes.count(), 0); // no row, nothing to say
        numbers.show({1, 2, 3}, 1);
        changes.clear();
        app::WordWriting::instance().setWriter([](std::string_view utf8) {
            return QString(static_cast<qsizetype>(utf8.size()), QLatin1Char('*'));
        });
        QCOMPARE(changes.count(), 1);
        QCOMPARE(changes[0][1].toModelIndex().row(), 2);
        QCOMPARE(app::WordWriting::instance().written("word"), QStringLiteral("****"));
        app::WordWriting::instance().setWriter(nullptr);
        QCOMPARE(app::WordWriting::instance().written("word"), QStringLiteral("word"));
    }

    void workAskedForTwiceIsDoneOnceAndLater()
    {
        int done = 0;
        Turn turn([&done] { ++done; });
        turn.ask();
        turn.ask();
        QCOMPARE(done, 0);
        QVERIFY(turn.isWaiting());
        QTRY_COMPARE(done, 1);
        QVERIFY(!turn.isWaiting());
        QTest::qWait(1);
        QCOMPARE(done, 1);
    }

    void workWaitsWhileNobodyLooks()
    {
        int done = 0;
        Turn turn([&done] { ++done; });
        turn.ask();
        turn.setActive(false);
        turn.ask();
        QTest::qWait(1);
        QCOMPARE(done, 0);
        turn.setActive(true);
        QCOMPARE(done, 0);
        QTRY_COMPARE(done, 1);
        turn.setActive(false);
        turn.setActive(true);
        QTest::qWait(1);
        QCOMPARE(done, 1); // nothing was asked for
    }

    void whoCannotWaitGetsItAtOnce()
    {
        int done = 0;
        Turn turn([&done] { ++done; });
        turn.finish();
        QCOMPARE(done, 0);
        turn.setActive(false);
        turn.ask();
        turn.finish();
        QCOMPARE(done, 1);
        turn.setActive(true);
        QTest::qWait(1);
        QCOMPARE(done, 1);
    }
};

QTEST_GUILESS_MAIN(TestRowsModel)
#include "tst_rows_model.moc"
