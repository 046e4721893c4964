// The operations of the CPU path against the same in float64 by LibTorch.

#include <torch/torch.h>

#include <QtTest/QtTest>

#include <cmath>
#include <limits>
#include <vector>

#include "model/attention_kernel.h"
#include "model/cpu_path.h"
#include "model/matrix_product.h"
#include "model/vector_kernels.h"
#include "support/reference.h"

using namespace palimpsest;

namespace {

double largestGap(const at::Tensor& got, const at::Tensor& expected)
{
    return (got.to(at::kDouble) - expected).abs().max().item<double>();
}

/// `rows` with kReadBehind values behind them that no result may depend on.
std::vector<float> operand(const at::Tensor& rows)
{
    const at::Tensor dense = rows.contiguous();
    std::vector<float> values(dense.data_ptr<float>(), dense.data_ptr<float>() + dense.numel());
    values.insert(values.end(), model::kReadBehind, std::numeric_limits<float>::quiet_NaN());
    return values;
}

at::Tensor attention(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value,
    const at::Tensor& queryBias, const at::Tensor& valueBias, std::int64_t heads,
    const std::vector<model::LengthRun>& runs)
{
    const auto queries = operand(query);
    const auto keyColumns = operand(key.t());
    const auto values = operand(value);
    model::AttentionOperands operands;
    operands.query = queries.data();
    operands.queryBias = queryBias.data_ptr<float>();
    operands.keyColumns = keyColumns.data();
    operands.keyStride = key.size(0);
    operands.value = values.data();
    operands.valueBias = valueBias.data_ptr<float>();
    operands.hidden = query.size(1);
    operands.heads = heads;
    at::Tensor result = at::empty_like(query);
    model::cpuAttention(operands, runs, result.data_ptr<float>());
    return result;
}

} // namespace

class tst_CpuPath : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void geluIsTheExactOne();
    void geluPassesOnWhatIsNotANumber();
    void linearAddsTheBiasWhereThereIsOne();
    void attentionStaysWithinSentences_data();
    void attentionStaysWithinSentences();
    void attentionShowsWhatIsNotANumber();
    void rowsAreAddedAndNormalised();
    void gradientsAndOtherTypesTakeTheOtherPath();
};

void tst_CpuPath::initTestCase()
{
    torch::manual_seed(1);
    if (!model::hasMatrixProduct())
        QSKIP("this LibTorch hides its oneDNN, so the CPU path is not taken");
}

void tst_CpuPath::geluIsTheExactOne()
{
    at::Tensor values = at::linspace(-30.0, 30.0, 60001);
    const at::Tensor x = values.to(at::kDouble);
    const at::Tensor expected = 0.5 * x * (1.0 + at::erf(x / std::sqrt(2.0)));
    model::geluInPlace(values.data_ptr<float>(), nullptr, 1, static_cast<std::size_t>(values.numel()));
    const at::Tensor gap = (values.to(at::kDouble) - expected).abs() / x.abs().clamp_min(1.0);
    QCOMPARE_LE(gap.max().item<double>(), 5e-7);

    for (const std::int64_t cols : {5, 16, 37}) {
        at::Tensor rows = at::randn({3, cols});
        const at::Tensor bias = at::randn({cols});
        const at::Tensor sum = rows.to(at::kDouble) + bias.to(at::kDouble);
        model::geluInPlace(rows.data_ptr<float>(), bias.data_ptr<float>(), 3, static_cast<std::size_t>(cols));
        QCOMPARE_LE(largestGap(rows, 0.5 * sum * (1.0 + at::erf(sum / std::sqrt(2.0)))), 1e-6);
    }
}

void tst_CpuPath::geluPassesOnWhatIsNotANumber()
{
    for (const std::size_t place : {0U, 15U, 16U, 18U}) {
        std::vector<float> values(19, 1.0F);
        values[place] = std::numeric_limits<float>::quiet_NaN();
        model::geluInPlace(values.data(), nullptr, 1, values.size());
        for (std::size_t i = 0; i < values.size(); ++i)
            QCOMPARE(std::isnan(values[i]), i == place);
    }
}

void tst_CpuPath::linearAddsTheBiasWhereThereIsOne()
{
    for (const std::int64_t rows : {1, 7, 256, 300, 600}) {
        const at::Tensor input = at::randn({rows, 48});
        const at::Tensor weight = at::randn({33, 48});
        const at::Tensor bias = at::randn({33});
        const at::Tensor product = input.to(at::kDouble).matmul(weight.to(at::kDouble).t());
        QCOMPARE_LE(largestGap(model::cpuLinear(input, weight, bias), product + bias.to(at::kDouble)), 1e-5);
        QCOMPARE_LE(largestGap(model::cpuLinear(input, weight, {}), product), 1e-5);
        const at::Tensor laidOut = model::forCpuLinear(weight);
        QVERIFY(laidOut.equal(weight));
        QVERIFY(model::takesCpuLinear(input, laidOut));
        QCOMPARE_LE(largestGap(model::cpuLinear(input, laidOut, {}), product), 1e-5);
    }
}

void tst_CpuPath::attentionStaysWithinSentences_data()
{
    QTest::addColumn<int>("headSize");
    for (const int size : {4, 8, 16, 24, 32, 40, 64})
        QTest::newRow(std::to_string(size).c_str()) << size;
}

void tst_CpuPath::attentionStaysWithinSentences()
{
    QFETCH(int, headSize);
    constexpr std::int64_t kHeads = 3;
    const std::int64_t hidden = kHeads * headSize;
    const std::vector<model::LengthRun> runs
        = {{0, 1, 71}, {71, 2, 40}, {151, 3, 16}, {199, 3, 5}, {214, 2, 3}, {220, 1, 2}, {222, 1, 1}};
    const auto make = [&] { return at::randn({223, hidden}) * 2.0; };
    const at::Tensor query = make();
    const at::Tensor key = make();
    const at::Tensor value = make();
    const at::Tensor queryBias = at::randn({hidden});
    const at::Tensor valueBias = at::randn({hidden});
    const at::Tensor mixed = attention(query, key, value, queryBias, valueBias, kHeads, runs);
    for (const model::LengthRun& run : runs) {
        for (std::int64_t sentence = 0; sentence < run.sentences; ++sentence) {
            const std::int64_t begin = run.begin + sentence * run.length;
            for (std::int64_t head = 0; head < kHeads; ++head) {
                const auto part = [&](const at::Tensor& rows) {
                    return rows.narrow(0, begin, run.length)
                        .narrow(1, head * headSize, headSize)
                        .to(at::kDouble);
                };
                const at::Tensor scores = part(query + queryBias).matmul(part(key).t())
                    / std::sqrt(static_cast<double>(headSize));
                QCOMPARE_LE(
                    largestGap(part(mixed), at::softmax(scores, -1).matmul(part(value + valueBias))), 1e-5);
            }
        }
    }
}

void tst_CpuPath::attentionShowsWhatIsNotANumber()
{
    at::Tensor query = at::randn({10, 8});
    query[3][2] = std::numeric_limits<float>::quiet_NaN();
    const at::Tensor other = at::randn({10, 8});
    const at::Tensor none = at::zeros({8});
    const std::vector<model::LengthRun> runs = {{0, 2, 5}};
    const at::Tensor bad = attention(query, other, other, none, none, 1, runs).isnan().any(1);
    for (std::int64_t row = 0; row < 10; ++row)
        QCOMPARE(bad[row].item<bool>(), row == 3);
    at::Tensor key = other.clone();
    key[7][0] = std::numeric_limits<float>::quiet_NaN();
    const at::Tensor second = attention(other, key, other, none, none, 1, runs).isnan().any(1);
    for (std::int64_t row = 0; row < 10; ++row)
        QCOMPARE(second[row].item<bool>(), row >= 5);
}

void tst_CpuPath::rowsAreAddedAndNormalised()
{
    for (const std::int64_t size : {16, 24, 384, 389}) {
        const at::Tensor sum = at::randn({size}) + 5.0;
        const at::Tensor other = at::randn({size});
        const at::Tensor weight = at::randn({size});
        const at::Tensor bias = at::randn({size});
        const at::Tensor added = at::randn({size});
        const model::RowNorm norm{weight.data_ptr<float>(), bias.data_ptr<float>(), 1e-12};
        for (const bool withAdded : {false, true}) {
            at::Tensor row = sum.clone();
            at::Tensor total = sum.to(at::kDouble) + other.to(at::kDouble);
            if (withAdded)
                total = total + added.to(at::kDouble);
            const at::Tensor expected
                = at::layer_norm(total, {size}, weight.to(at::kDouble), bias.to(at::kDouble), 1e-12);
            model::addAndNormalise(row.data_ptr<float>(), withAdded ? added.data_ptr<float>() : nullptr,
                other.data_ptr<float>(), norm, static_cast<std::size_t>(size));
            QCOMPARE_LE(largestGap(row, expected), 5e-6);
        }
    }
}

void tst_CpuPath::gradientsAndOtherTypesTakeTheOtherPath()
{
    at::Tensor rows = at::randn({4, 4});
    QVERIFY(model::takesCpuPath(rows));
    QVERIFY(!model::takesCpuPath(rows.t()));
    QVERIFY(!model::takesCpuPath(rows.to(at::kDouble)));
    rows.requires_grad_(true);
    QVERIFY(!model::takesCpuPath(rows));
    const at::NoGradGuard noGradients;
    QVERIFY(model::takesCpuPath(rows));
}

QTEST_GUILESS_MAIN(tst_CpuPath)
#include "tst_cpu_path.moc"
