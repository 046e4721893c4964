// UTF-8 is checked to the letter of the standard; cases from Unicode 15, table 3-7 and section 3.9.

#include <QtTest/QtTest>

#include <string>

#include "base/utf8.h"

using palimpsest::base::validUtf8Prefix;

class Utf8Test : public QObject {
    Q_OBJECT

private slots:
    void acceptsWellFormedText_data();
    void acceptsWellFormedText();
    void findsTheFirstWrongByte_data();
    void findsTheFirstWrongByte();
    void agreesWithAnEncoderOnEveryCharacter();
};

void Utf8Test::acceptsWellFormedText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("ascii of many lengths") << QByteArray("0123456789abcdefg");
    QTest::newRow("zero byte") << QByteArray("a\0b", 3);
    QTest::newRow("two bytes") << QByteArray("\xC2\x80\xDF\xBF");
    QTest::newRow("three bytes") << QByteArray("\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF");
    QTest::newRow("four bytes") << QByteArray("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
    QTest::newRow("mixed") << QByteArray("na\u00EFve \u4E2D\u6587 \U0001F600 and so on and on");
}

void Utf8Test::acceptsWellFormedText()
{
    QFETCH(QByteArray, text);
    QCOMPARE(validUtf8Prefix(text.toStdString()), static_cast<std::size_t>(text.size()));
}

void Utf8Test::findsTheFirstWrongByte_data()
{
    QTest::addColumn<QByteArray>("wrong");
    QTest::newRow("lone continuation") << QByteArray("\x80");
    QTest::newRow("Latin-1 letter") << QByteArray("\xE9 ");
    QTest::newRow("overlong slash in two") << QByteArray("\xC0\xAF");
    QTest::newRow("overlong in two, highest") << QByteArray("\xC1\xBF");
    QTest::newRow("overlong in three") << QByteArray("\xE0\x9F\xBF");
    QTest::newRow("overlong in four") << QByteArray("\xF0\x8F\xBF\xBF");
    QTest::newRow("first surrogate") << QByteArray("\xED\xA0\x80");
    QTest::newRow("last surrogate") << QByteArray("\xED\xBF\xBF");
    QTest::newRow("above U+10FFFF") << QByteArray("\xF4\x90\x80\x80");
    QTest::newRow("lead byte F5") << QByteArray("\xF5\x80\x80\x80");
    QTest::newRow("byte FF") << QByteArray("\xFF");
    QTest::newRow("third byte missing") << QByteArray("\xE4\xB8 x");
    QTest::newRow("fourth byte missing") << QByteArray("\xF0\x9F\x98 x");
    QTest::newRow("cut off at the end") << QByteArray("\xF0\x9F\x98");
}

void Utf8Test::findsTheFirstWrongByte()
{
    QFETCH(QByteArray, wrong);
    // At every distance from the start, so that the steps of eight bytes are crossed as well.
    for (std::size_t before = 0; before < 20; ++before) {
        const std::string text = std::string(before, 'a') + wrong.toStdString();
        QCOMPARE(validUtf8Prefix(text), before);
        QCOMPARE(validUtf8Prefix("\u00E9" + text + "behind it"), before + 2);
    }
}

void Utf8Test::agreesWithAnEncoderOnEveryCharacter()
{
    for (char32_t character = 0; character <= 0x10FFFF; ++character) {
        if (character >= 0xD800 && character <= 0xDFFF)
            continue;
        const std::string bytes = QString::fromUcs4(&character, 1).toUtf8().toStdString();
        if (validUtf8Prefix(bytes) != bytes.size())
            QFAIL(qPrintable(QStringLiteral("U+%1 is refused").arg(static_cast<uint>(character), 0, 16)));
    }
}

QTEST_APPLESS_MAIN(Utf8Test)
#include "tst_utf8.moc"
