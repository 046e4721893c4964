#include "probe/linear_probe.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <unordered_map>

#include <torch/torch.h>

#include "cluster/random_draws.h"
#include "model/torch_guard.h"

namespace palimpsest::probe {

using base::Error;
using base::ErrorCode;

namespace {

struct Split {
    std::vector<std::int64_t> training, test; ///< rows
};

Split splitBySentence(std::span<const std::int32_t> classOf, std::span<const base::SentenceId> sentenceOf,
    const LinearProbeOptions& options)
{
    std::size_t sentences = 0;
    for (const base::SentenceId sentence : sentenceOf)
        sentences = std::max(sentences, base::toIndex(sentence) + 1);
    cluster::RandomDraws draws(options.seed);
    std::vector<bool> trains(sentences);
    for (std::size_t s = 0; s < sentences; ++s)
        trains[s] = draws.unit() < options.trainingShare;
    Split split;
    for (std::size_t row = 0; row < classOf.size(); ++row) {
        if (classOf[row] >= 0)
            (trains[base::toIndex(sentenceOf[row])] ? split.training : split.test)
                .push_back(static_cast<std::int64_t>(row));
    }
    return split;
}

/// Every word its own class by lot, drawn from the shares of the true classes.
std::vector<std::int32_t> controlClasses(
    std::span<const std::int32_t> classOf, std::span<const base::WordId> wordOf, std::uint64_t seed)
{
    std::vector<std::int32_t> classed;
    for (const std::int32_t value : classOf) {
        if (value >= 0)
            classed.push_back(value);
    }
    cluster::RandomDraws draws(seed + 1);
    std::unordered_map<std::uint32_t, std::int32_t> ofWord;
    std::vector<std::int32_t> control(classOf.size(), -1);
    for (std::size_t row = 0; row < classOf.size(); ++row) {
        if (classOf[row] < 0)
            continue;
        const auto word = static_cast<std::uint32_t>(wordOf[row]);
        auto found = ofWord.find(word);
        if (found == ofWord.end())
            found = ofWord.emplace(word, classed[draws.below(classed.size())]).first;
        control[row] = found->second;
    }
    return control;
}

at::Tensor gather(base::MatrixView rows, const std::vector<std::int64_t>& which)
{
    const at::Tensor result = at::empty(
        {static_cast<std::int64_t>(which.size()), static_cast<std::int64_t>(rows.cols)}, at::kFloat);
    float* to = result.data_ptr<float>();
    for (const std::int64_t row : which) {
        const auto from = rows.row(static_cast<std::size_t>(row));
        to = std::copy(from.begin(), from.end(), to);
    }
    return result;
}

at::Tensor gather(std::span<const std::int32_t> classes, const std::vector<std::int64_t>& which)
{
    const at::Tensor result = at::empty({static_cast<std::int64_t>(which.size())}, at::kLong);
    std::int64_t* to = result.data_ptr<std::int64_t>();
    for (const std::int64_t row : which)
        *to++ = classes[static_cast<std::size_t>(row)];
    return result;
}

/// Trains on `training` and returns the share of `test` that is right. Nothing when stopped.
std::optional<double> fitAndTest(const at::Tensor& training, const at::Tensor& trainingClass,
    const at::Tensor& test, const at::Tensor& testClass, std::int64_t classes,
    const LinearProbeOptions& options, const base::JobContext& ctx)
{
    at::Tensor weights = at::zeros({classes, training.size(1)}).requires_grad_(true);
    at::Tensor bias = at::zeros({classes}).requires_grad_(true);
    torch::optim::LBFGS optimizer({weights, bias},
        torch::optim::LBFGSOptions(1.0).max_iter(5).history_size(10).line_search_fn("strong_wolfe"));
    double before = std::numeric_limits<double>::infinity();
    for (std::size_t done = 0; done < options.iterations; done += 5) {
        if (ctx.stopRequested())
            return std::nullopt;
        const at::Tensor loss = optimizer.step([&] {
            optimizer.zero_grad();
            const at::Tensor value
                = at::cross_entropy_loss(at::linear(training, weights, bias), trainingClass)
                + options.penalty * weights.square().sum();
            value.backward();
            return value;
        });
        const double now = loss.item<double>();
        if (before - now < 1e-6)
            break;
        before = now;
    }
    const torch::NoGradGuard noGradients;
    return at::linear(test, weights, bias).argmax(1).eq(testClass).to(at::kDouble).mean().item<double>();
}

double majorityShare(const at::Tensor& trainingClass, const at::Tensor& testClass)
{
    const std::int64_t most = at::bincount(trainingClass).argmax().item<std::int64_t>();
    return testClass.eq(most).to(at::kDouble).mean().item<double>();
}

base::Status check(base::MatrixView rows, std::span<const std::int32_t> classOf, std::size_t classCount,
    std::span<const base::SentenceId> sentenceOf, std::span<const base::WordId> wordOf,
    const LinearProbeOptions& options)
{
    if (classOf.size() != rows.rows || sentenceOf.size() != rows.rows || wordOf.size() != rows.rows)
        return Error{ErrorCode::ShapeMismatch, "Each vector needs a class, a sentence and a word"};
    if (options.trainingShare <= 0.0 || options.trainingShare >= 1.0 || options.penalty < 0.0)
        return Error{
            ErrorCode::InvalidArgument, "A probe trains on a share of the sentences between 0 and 1"};
    for (const std::int32_t value : classOf) {
        if (value >= 0 && static_cast<std::size_t>(value) >= classCount)
            return Error{ErrorCode::InvalidArgument, "There is no class " + std::to_string(value)};
    }
    return {};
}

} // namespace

base::Result<LinearProbe> trainLinearProbe(base::MatrixView rows, std::span<const std::int32_t> classOf,
    std::size_t classCount, std::span<const base::SentenceId> sentenceOf,
    std::span<const base::WordId> wordOf, const LinearProbeOptions& options, const base::JobContext& ctx)
{
    PALIMPSEST_CHECK(check(rows, classOf, classCount, sentenceOf, wordOf, options));
    const Split split = splitBySentence(classOf, sentenceOf, options);
    std::vector<bool> seen(classCount, false);
    for (const std::int64_t row : split.training)
        seen[static_cast<std::size_t>(classOf[static_cast<std::size_t>(row)])] = true;
    if (std::count(seen.begin(), seen.end(), true) < 2 || split.test.empty()) {
        return Error{ErrorCode::TooFewRows,
            "A probe needs occurrences of two classes in some sentences and others to test on; take a larger "
            "corpus"};
    }
    return model::guardTorch([&]() -> base::Result<LinearProbe> {
        at::Tensor training = gather(rows, split.training);
        at::Tensor test = gather(rows, split.test);
        const at::Tensor mean = training.mean(0, true);
        const at::Tensor scale = training.std(0, true, true).clamp_min(1e-6);
        training = (training - mean) / scale;
        test = (test - mean) / scale;
        LinearProbe result;
        result.trainingRows = split.training.size();
        result.testRows = split.test.size();
        const auto classes = static_cast<std::int64_t>(classCount);
        const at::Tensor trainingClass = gather(classOf, split.training);
        const at::Tensor testClass = gather(classOf, split.test);
        const auto accuracy = fitAndTest(training, trainingClass, test, testClass, classes, options, ctx);
        const auto control = controlClasses(classOf, wordOf, options.seed);
        const auto controlAccuracy = accuracy ? fitAndTest(training, gather(control, split.training), test,
                                         gather(control, split.test), classes, options, ctx)
                                              : std::nullopt;
        if (!accuracy || !controlAccuracy)
            return base::cancelled();
        result.accuracy = *accuracy;
        result.interval = base::wilsonInterval(*accuracy, static_cast<double>(result.testRows));
        result.majority = majorityShare(trainingClass, testClass);
        result.controlAccuracy = *controlAccuracy;
        return result;
    });
}

} // namespace palimpsest::probe
