// Element types and their conversion to float32. Values of halves and brain floats follow IEEE 754 and were
// checked with numpy (np.float16) and by hand (bfloat16 is the upper half of a float32).

#include <QtTest/QtTest>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "tensorfile/tensor_file.h"

using namespace palimpsest::tensorfile;

namespace {

template <typename Stored>
std::vector<float> converted(ElementType type, const std::vector<Stored>& stored)
{
    const TensorView view{type, {stored.size()}, std::as_bytes(std::span(stored))};
    std::vector<float> out(view.elementCount());
    convertToFloat(view, out);
    return out;
}

} // namespace

class tst_TensorFile : public QObject {
    Q_OBJECT

private slots:
    void namesAndSizesOfTypes();
    void countsBytesWithoutOverflow();
    void widensHalves();
    void widensBrainFloats();
    void convertsIntegersAndBools();
    void readsUnalignedMemory();
};

void tst_TensorFile::namesAndSizesOfTypes()
{
    for (int i = 0; i <= static_cast<int>(ElementType::Bool); ++i) {
        const auto type = static_cast<ElementType>(i);
        QVERIFY(elementTypeFromName(elementTypeName(type)) == type);
    }
    QCOMPARE(elementSize(ElementType::BF16), 2U);
    QCOMPARE(elementSize(ElementType::I64), 8U);
    QCOMPARE(elementSize(ElementType::Bool), 1U);
    QVERIFY(!elementTypeFromName("F8_E4M3"));
}

void tst_TensorFile::countsBytesWithoutOverflow()
{
    const std::vector<std::size_t> scalar;
    QVERIFY(tensorByteCount(ElementType::F32, scalar) == std::size_t{4});
    QVERIFY(tensorByteCount(ElementType::F16, std::vector<std::size_t>{3, 5}) == std::size_t{30});
    const std::size_t large = std::numeric_limits<std::size_t>::max() / 4;
    QVERIFY(!tensorByteCount(ElementType::F32, std::vector<std::size_t>{large, 5}));
    QVERIFY(!tensorByteCount(ElementType::F32, std::vector<std::size_t>{large + 1}));
    QVERIFY(!tensorByteCount(ElementType::F64, std::vector<std::size_t>{large, large, 0}));
    QVERIFY(tensorByteCount(ElementType::F64, std::vector<std::size_t>{7, 0, 3}) == std::size_t{0});
}

void tst_TensorFile::widensHalves()
{
    const std::vector<std::uint16_t> halves
        = {0x3c00, 0xc000, 0x7bff, 0x0001, 0x03ff, 0x0400, 0x8000, 0x3555};
    const auto floats = converted(ElementType::F16, halves);
    const std::vector<float> expected = {1.0F, -2.0F, 65504.0F, 5.960464477539063e-08F,
        6.097555160522461e-05F, 6.103515625e-05F, -0.0F, 0.333251953125F};
    QVERIFY(floats == expected);
    QVERIFY(std::signbit(floats[6]));
    const auto special = converted(ElementType::F16, std::vector<std::uint16_t>{0x7c00, 0xfc00, 0x7e01});
    QVERIFY(std::isinf(special[0]) && special[0] > 0 && std::isinf(special[1]) && special[1] < 0);
    QVERIFY(std::isnan(special[2]));
}

void tst_TensorFile::widensBrainFloats()
{
    const auto floats
        = converted(ElementType::BF16, std::vector<std::uint16_t>{0x3f80, 0xc040, 0x7f80, 0x0001});
    QCOMPARE(floats[0], 1.0F);
    QCOMPARE(floats[1], -3.0F);
    QVERIFY(std::isinf(floats[2]));
    QCOMPARE(std::bit_cast<std::uint32_t>(floats[3]), 0x10000U);
}

void tst_TensorFile::convertsIntegersAndBools()
{
    QVERIFY(converted(ElementType::I8, std::vector<std::int8_t>{-128, 5}) == (std::vector{-128.0F, 5.0F}));
    QVERIFY(converted(ElementType::U8, std::vector<std::uint8_t>{255}) == (std::vector{255.0F}));
    QVERIFY(converted(ElementType::I16, std::vector<std::int16_t>{-300}) == (std::vector{-300.0F}));
    QVERIFY(converted(ElementType::U16, std::vector<std::uint16_t>{65535}) == (std::vector{65535.0F}));
    QVERIFY(converted(ElementType::I32, std::vector<std::int32_t>{-70000}) == (std::vector{-70000.0F}));
    QVERIFY(converted(ElementType::U32, std::vector<std::uint32_t>{1U << 31U}) == (std::vector{0x1p31F}));
    QVERIFY(converted(ElementType::I64, std::vector<std::int64_t>{-(1LL << 40)}) == (std::vector{-0x1p40F}));
    QVERIFY(converted(ElementType::U64, std::vector<std::uint64_t>{1ULL << 63U}) == (std::vector{0x1p63F}));
    QVERIFY(converted(ElementType::F64, std::vector<double>{0.1}) == (std::vector{0.1F}));
    QVERIFY(
        converted(ElementType::Bool, std::vector<std::uint8_t>{0, 1, 7}) == (std::vector{0.0F, 1.0F, 1.0F}));
}

void tst_TensorFile::readsUnalignedMemory()
{
    const std::vector<float> values = {1.5F, -2.25F};
    std::vector<std::byte> memory(1 + 8);
    std::memcpy(memory.data() + 1, values.data(), 8);
    const TensorView view{ElementType::F32, {2}, std::span<const std::byte>(memory).subspan(1)};
    std::vector<float> out(2);
    convertToFloat(view, out);
    QVERIFY(out == values);
}

QTEST_GUILESS_MAIN(tst_TensorFile)
#include "tst_tensor_file.moc"
