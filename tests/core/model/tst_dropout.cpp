// Dropout from a stream of its own.

#include <torch/torch.h>

#include <QtTest/QtTest>

#include "model/encoder.h"

using palimpsest::model::Dropout;

class tst_Dropout : public QObject {
    Q_OBJECT

private slots:
    void dropsItsShareAndScalesTheRest();
    void aSeedDecidesAndCallsGoOn();
    void probabilityZeroChangesNothing();
    void gradientsPassWhereValuesPass();
};

void tst_Dropout::dropsItsShareAndScalesTheRest()
{
    Dropout dropout(0.25, 1);
    const at::Tensor kept = dropout(at::full({400, 500}, 3.0F));
    const at::Tensor dropped = kept.eq(0.0);
    // Four standard errors of 200,000 draws.
    QCOMPARE_LE(std::abs(dropped.to(at::kFloat).mean().item<double>() - 0.25), 0.004);
    QVERIFY(kept.masked_select(dropped.logical_not()).eq(4.0).all().item<bool>());
}

void tst_Dropout::aSeedDecidesAndCallsGoOn()
{
    const at::Tensor ones = at::ones({50, 50});
    Dropout first(0.5, 7);
    Dropout second(0.5, 7);
    Dropout other(0.5, 8);
    const at::Tensor firstMask = first(ones);
    QVERIFY(at::equal(firstMask, second(ones)));
    QVERIFY(!at::equal(firstMask, first(ones)));
    QVERIFY(!at::equal(firstMask, other(ones)));
}

void tst_Dropout::probabilityZeroChangesNothing()
{
    Dropout dropout(0.0, 1);
    const at::Tensor values = at::arange(10, at::kFloat);
    QVERIFY(at::equal(dropout(values), values));
}

void tst_Dropout::gradientsPassWhereValuesPass()
{
    Dropout dropout(0.5, 3);
    at::Tensor values = at::ones({100}).requires_grad_(true);
    const at::Tensor result = dropout(values);
    result.sum().backward();
    QVERIFY(at::equal(values.grad(), result.detach()));
}

QTEST_GUILESS_MAIN(tst_Dropout)
#include "tst_dropout.moc"
