// A Result is a value or an Error, and the macros hand an Error on unchanged.

#include <QtTest/QtTest>

#include <memory>
#include <set>
#include <string>

#include "base/result.h"

using namespace palimpsest::base;

namespace {

Result<int> half(int number)
{
    if (number % 2 != 0)
        return Error{ErrorCode::InvalidArgument, std::to_string(number) + " is odd; give an even number"};
    return number / 2;
}

Status checkEven(int number)
{
    PALIMPSEST_CHECK(half(number));
    return {};
}

Result<std::string> quarter(int number)
{
    PALIMPSEST_CHECK(checkEven(number));
    PALIMPSEST_TRY(once, half(number));
    PALIMPSEST_TRY(twice, half(once));
    return std::to_string(twice);
}

} // namespace

class ResultTest : public QObject {
    Q_OBJECT

private slots:
    void holdsAValue();
    void holdsAnError();
    void givesAwayAValueThatCannotBeCopied();
    void refusesAccessToTheWrongSide();
    void statusIsSuccessByDefault();
    void macrosReturnTheFirstError();
    void everyCodeHasItsOwnName();
};

void ResultTest::holdsAValue()
{
    const Result<int> result = half(8);
    QVERIFY(static_cast<bool>(result));
    QCOMPARE(result.value(), 4);
}

void ResultTest::holdsAnError()
{
    const Result<int> result = half(7);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::InvalidArgument);
    QCOMPARE(result.error().message, std::string("7 is odd; give an even number"));
}

void ResultTest::givesAwayAValueThatCannotBeCopied()
{
    Result<std::unique_ptr<int>> result(std::make_unique<int>(3));
    const std::unique_ptr<int> taken = std::move(result).value();
    QCOMPARE(*taken, 3);
}

void ResultTest::refusesAccessToTheWrongSide()
{
    QVERIFY_EXCEPTION_THROWN((void)half(7).value(), std::bad_variant_access);
    QVERIFY_EXCEPTION_THROWN((void)half(8).error(), std::bad_variant_access);
}

void ResultTest::statusIsSuccessByDefault()
{
    QVERIFY(static_cast<bool>(Status()));
    const Status failed = Error{ErrorCode::DiskFull, "full"};
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, ErrorCode::DiskFull);
}

void ResultTest::macrosReturnTheFirstError()
{
    QCOMPARE(quarter(12).value(), std::string("3"));
    QCOMPARE(quarter(7).error().message, std::string("7 is odd; give an even number"));
    QCOMPARE(quarter(6).error().message, std::string("3 is odd; give an even number"));
}

void ResultTest::everyCodeHasItsOwnName()
{
    std::set<std::string_view> names;
    for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code)
        names.insert(errorCodeName(static_cast<ErrorCode>(code)));
    QCOMPARE(names.size(), static_cast<std::size_t>(ErrorCode::Internal) + 1);
    QCOMPARE(errorCodeName(ErrorCode::NotFound), std::string_view("NotFound"));
}

QTEST_APPLESS_MAIN(ResultTest)
#include "tst_result.moc"
