// The optimiser against LibTorch's own torch::optim::AdamW.

#include <torch/torch.h>

#include <QtTest/QtTest>

#include "train/adamw.h"

using namespace palimpsest;

class tst_AdamW : public QObject {
    Q_OBJECT

private slots:
    void followsLibTorchForManySteps();
    void scalesGradients();
    void leavesWeightsWithoutGradientAlone();
    void sparseGradientsGiveTheSameWeights();
};

namespace {

/// A loss with gradients of very different sizes.
at::Tensor lossOf(const at::Tensor& matrix, const at::Tensor& bias)
{
    const at::Tensor inputs = at::arange(12, at::kFloat).reshape({4, 3}) * 0.25 - 1.0;
    return (at::tanh(at::linear(inputs, matrix, bias)) - 0.3).pow(2).sum();
}

} // namespace

void tst_AdamW::followsLibTorchForManySteps()
{
    const at::Tensor start = at::arange(6, at::kFloat).reshape({2, 3}) * 0.1;
    at::Tensor ours = start.clone().requires_grad_(true);
    at::Tensor ourBias = at::zeros({2}).requires_grad_(true);
    at::Tensor theirs = start.clone().requires_grad_(true);
    at::Tensor theirBias = at::zeros({2}).requires_grad_(true);
    train::AdamW optimizer({{"weight", ours}, {"bias", ourBias}}, 0.01);
    // The reference needs two groups: no decay on the bias.
    torch::optim::AdamW decayed({theirs}, torch::optim::AdamWOptions(0.01).weight_decay(0.01));
    torch::optim::AdamW undecayed({theirBias}, torch::optim::AdamWOptions(0.01).weight_decay(0.0));
    for (int step = 0; step < 200; ++step) {
        lossOf(ours, ourBias).backward();
        optimizer.step(0.01, 1.0);
        decayed.zero_grad();
        undecayed.zero_grad();
        lossOf(theirs, theirBias).backward();
        decayed.step();
        undecayed.step();
    }
    QCOMPARE_LE((ours - theirs).abs().max().item<double>(), 1e-5);
    QCOMPARE_LE((ourBias - theirBias).abs().max().item<double>(), 1e-5);
    QCOMPARE_GE((ours - start).abs().max().item<double>(), 0.1);
}

void tst_AdamW::scalesGradients()
{
    at::Tensor weight = at::tensor({3.0F, 4.0F}).requires_grad_(true);
    train::AdamW optimizer({{"weight", weight}}, 0.0);
    (weight * weight).sum().backward();
    QCOMPARE(optimizer.gradientNorm(), 10.0);
    // The first step of Adam is rate · sign(gradient) whatever the gradient's size.
    optimizer.step(0.5, 0.001);
    QCOMPARE_LE(std::abs(weight[0].item<double>() - 2.5), 1e-4);
    QCOMPARE(optimizer.gradientNorm(), 0.0);
}

void tst_AdamW::leavesWeightsWithoutGradientAlone()
{
    at::Tensor used = at::ones({2, 2}).requires_grad_(true);
    at::Tensor unused = at::ones({2, 2}).requires_grad_(true);
    train::AdamW optimizer({{"used", used}, {"unused", unused}}, 0.1);
    used.sum().backward();
    optimizer.step(0.1, 1.0);
    QVERIFY(!at::equal(used, at::ones({2, 2})));
    QVERIFY(at::equal(unused, at::ones({2, 2})));
}

void tst_AdamW::sparseGradientsGiveTheSameWeights()
{
    std::vector<at::Tensor> tables;
    for (const bool sparse : {false, true}) {
        at::Tensor table = (at::arange(40, at::kFloat).reshape({10, 4}) * 0.1).requires_grad_(true);
        train::AdamW optimizer({{"table", table}}, 0.01);
        for (int step = 0; step < 5; ++step) {
            // Row 7 is used twice, and every step uses other rows.
            const at::Tensor ids = at::tensor(std::vector<std::int64_t>{7, step, 7, 9 - step});
            at::tanh(at::embedding(table, ids, -1, false, sparse)).sum().backward();
            QCOMPARE(table.grad().is_sparse(), sparse);
            const double norm = optimizer.gradientNorm();
            QVERIFY(norm > 0.1);
            optimizer.step(0.01, 1.0 / norm);
        }
        tables.push_back(table.detach());
    }
    QCOMPARE_LE((tables[0] - tables[1]).abs().max().item<double>(), 1e-6);
}

QTEST_GUILESS_MAIN(tst_AdamW)
#include "tst_adamw.moc"
