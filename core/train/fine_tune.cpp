#include "train/fine_tune.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <set>
#include <utility>

#include <torch/torch.h>

#include "model/architecture_registry.h"
#include "model/batch_planner.h"
#include "model/network.h"
#include "model/random_stream.h"
#include "model/torch_guard.h"
#include "train/adamw.h"
#include "train/checkpoint_writer.h"
#include "train/training_batches.h"

namespace palimpsest::train {

using base::Error;
using base::ErrorCode;
namespace fs = std::filesystem;

namespace {

constexpr double kTrainingShare = 0.95; // of the progress; the rest is evaluation and writing
constexpr std::size_t kEvaluationBudget = 1024;

Error outOfRange(const std::string& what)
{
    return {ErrorCode::InvalidArgument, "The option " + what};
}

base::Status checkOptions(const FineTuneOptions& options)
{
    const auto isShare = [](double value) { return value >= 0.0 && value < 1.0; };
    if (options.epochs < 1 || options.epochs > 10000)
        return outOfRange("epochs must be between 1 and 10000");
    if (options.batchSize < 1)
        return outOfRange("batch size must be at least 1");
    if (!(options.learningRate > 0.0) || !std::isfinite(options.learningRate))
        return outOfRange("learning rate must be above 0");
    if (!isShare(options.weightDecay) || !isShare(options.warmUpShare) || !isShare(options.dropout))
        return outOfRange("weight decay, warm-up share or dropout is not from 0 up to but below 1");
    if (!(options.gradientClip > 0.0))
        return outOfRange("gradient clip must be above 0");
    if (options.labelNames.size() < 2)
        return outOfRange("label names must list at least two labels");
    const std::set<std::string> distinct(options.labelNames.begin(), options.labelNames.end());
    if (distinct.size() != options.labelNames.size())
        return outOfRange("label names lists a label twice");
    return {};
}

base::Status checkExamples(std::span<const TrainingExample> examples, const char* kind,
    const FineTuneOptions& options, const model::ModelConfig& config)
{
    for (std::size_t i = 0; i < examples.size(); ++i) {
        const auto status = model::checkSentence({examples[i].ids, {}}, i, config);
        if (!status)
            return Error{status.error().code, std::string(kind) + " examples: " + status.error().message};
        const int label = examples[i].label;
        if (label < 0 || static_cast<std::size_t>(label) >= options.labelNames.size()) {
            return Error{ErrorCode::InvalidArgument,
                std::string(kind) + " examples: sentence " + std::to_string(i + 1) + " has label number "
                    + std::to_string(label) + ", but there are " + std::to_string(options.labelNames.size())
                    + " labels"};
        }
    }
    return {};
}

std::string decimals(double value)
{
    std::array<char, 64> text{};
    const auto end
        = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, 3);
    return {text.data(), end.ptr};
}

/// `<out>.part`, removed unless it was renamed to `<out>`.
class PartFolder {
public:
    explicit PartFolder(const fs::path& out)
        : m_out(out)
        , m_part(out.string() + ".part")
    {
    }
    ~PartFolder()
    {
        std::error_code ignored;
        fs::remove_all(m_part, ignored);
    }
    PartFolder(const PartFolder&) = delete;
    PartFolder& operator=(const PartFolder&) = delete;

    base::Status create()
    {
        std::error_code problem;
        fs::remove_all(m_part, problem);
        if (!fs::create_directory(m_part, problem)) {
            const bool noParent = problem == std::errc::no_such_file_or_directory;
            return Error{noParent ? ErrorCode::NotFound : ErrorCode::WriteFailed,
                "The folder " + m_part.string() + " cannot be made: " + problem.message()};
        }
        return {};
    }
    base::Status keep()
    {
        std::error_code problem;
        fs::rename(m_part, m_out, problem);
        if (problem) {
            return Error{ErrorCode::WriteFailed,
                "The folder " + m_part.string() + " cannot be renamed: " + problem.message()};
        }
        return {};
    }
    [[nodiscard]] const fs::path& path() const { return m_part; }

private:
    fs::path m_out;
    fs::path m_part;
};

class Trainer {
public:
    Trainer(model::Network& network, const model::ModelConfig& config, const FineTuneOptions& options)
        : m_network(network)
        , m_config(config)
        , m_options(options)
        , m_optimizer(network.weights, options.weightDecay)
        , m_dropout(options.dropout, model::randomBits(options.seed, 1))
    {
    }

    base::Result<FineTuneResult> train(std::span<const TrainingExample> examples, const base::JobContext& ctx)
    {
        const auto pieces = piecesOf(examples);
        std::vector<std::size_t> lengths;
        for (const TrainingExample& example : examples)
            lengths.push_back(example.ids.size());
        const std::size_t perEpoch = (examples.size() + m_options.batchSize - 1) / m_options.batchSize;
        const std::size_t steps = perEpoch * static_cast<std::size_t>(m_options.epochs);
        const auto warmUp = static_cast<std::size_t>(m_options.warmUpShare * static_cast<double>(steps));

        FineTuneResult result;
        for (int epoch = 0; epoch < m_options.epochs; ++epoch) {
            const auto number = static_cast<std::uint64_t>(epoch);
            for (const auto& members :
                trainingBatches(lengths, m_options.batchSize, m_options.seed, number)) {
                if (ctx.stopRequested())
                    return base::cancelled();
                const double rate = m_options.learningRate * learningRateFactor(result.steps, steps, warmUp);
                const double loss = step(examples, pieces, members, rate);
                ++result.steps;
                if (!std::isfinite(loss)) {
                    return Error{ErrorCode::NotFinite,
                        "The loss is no longer a number in step " + std::to_string(result.steps)
                            + "; take a smaller learning rate"};
                }
                result.losses.push_back(loss);
                ctx.progress(kTrainingShare * static_cast<double>(result.steps) / static_cast<double>(steps),
                    "step " + std::to_string(result.steps) + " of " + std::to_string(steps) + ", loss "
                        + decimals(loss));
            }
        }
        return result;
    }

    base::Result<double> accuracy(
        std::span<const TrainingExample> examples, const base::JobContext& ctx) const
    {
        const at::NoGradGuard noGradients;
        const auto pieces = piecesOf(examples);
        std::vector<std::size_t> lengths;
        for (const TrainingExample& example : examples)
            lengths.push_back(example.ids.size());
        std::size_t right = 0;
        for (const auto& members : model::planBatches(lengths, kEvaluationBudget)) {
            if (ctx.stopRequested())
                return base::cancelled();
            const auto batch = model::packSentences(pieces, members, at::kCPU);
            const at::Tensor labels = logits({batch, nullptr}).argmax(1);
            for (std::size_t i = 0; i < members.size(); ++i) {
                const auto label = labels.data_ptr<std::int64_t>()[i];
                right += label == examples[members[i]].label ? 1U : 0U;
            }
            ctx.progress(kTrainingShare, "evaluating on held-out sentences");
        }
        return examples.empty() ? 0.0 : static_cast<double>(right) / static_cast<double>(examples.size());
    }

private:
    static std::vector<model::SentencePieces> piecesOf(std::span<const TrainingExample> examples)
    {
        std::vector<model::SentencePieces> pieces;
        for (const TrainingExample& example : examples)
            pieces.push_back({example.ids, {}});
        return pieces;
    }

    at::Tensor logits(const model::Forward& run) const
    {
        const at::Tensor state = model::runEncoder(*m_network.encoder, m_config.layerCount, run);
        return m_network.head->logits(*m_network.encoder, state, run);
    }

    double step(std::span<const TrainingExample> examples, std::span<const model::SentencePieces> pieces,
        std::span<const std::uint32_t> members, double rate)
    {
        const auto batch = model::packSentences(pieces, members, at::kCPU);
        std::vector<std::int64_t> labels;
        for (const std::uint32_t member : members)
            labels.push_back(examples[member].label);
        const at::Tensor loss = at::cross_entropy_loss(logits({batch, &m_dropout}), batch.onDevice(labels));
        loss.backward();
        const double norm = m_optimizer.gradientNorm();
        m_optimizer.step(rate, norm > m_options.gradientClip ? m_options.gradientClip / norm : 1.0);
        return loss.item<double>();
    }

    model::Network& m_network;
    const model::ModelConfig& m_config;
    const FineTuneOptions& m_options;
    AdamW m_optimizer;
    model::Dropout m_dropout;
};

base::Result<model::ModelConfig> classifierConfig(const fs::path& baseFolder, const FineTuneOptions& options)
{
    PALIMPSEST_TRY(config, model::readModelConfig(baseFolder));
    const model::Architecture* architecture = model::architectureOfType(config.modelType);
    config.architecture = std::string(architecture->classStem) + "ForSequenceClassification";
    config.head = model::HeadKind::SequenceClassification;
    config.labels = options.labelNames;
    config.problemType = "single_label_classification";
    return config;
}

} // namespace

base::Result<FineTuneResult> fineTuneClassifier(const fs::path& baseFolder,
    std::span<const TrainingExample> training, std::span<const TrainingExample> heldOut,
    const FineTuneOptions& options, const fs::path& outFolder, const base::JobContext& ctx)
{
    const auto start = std::chrono::steady_clock::now();
    PALIMPSEST_CHECK(checkOptions(options));
    std::error_code ignored;
    if (fs::exists(outFolder, ignored)) {
        return Error{ErrorCode::InvalidArgument,
            "There is already something at " + outFolder.string() + "; name a new folder"};
    }
    if (training.empty())
        return Error{ErrorCode::TooFewRows, "There are no training examples"};
    PALIMPSEST_TRY(config, classifierConfig(baseFolder, options));
    PALIMPSEST_CHECK(checkExamples(training, "Training", options, config));
    PALIMPSEST_CHECK(checkExamples(heldOut, "Held-out", options, config));
    PartFolder part(outFolder);
    PALIMPSEST_CHECK(part.create());

    model::Weights::Options weightOptions;
    weightOptions.trainable = true;
    weightOptions.headSeed = model::randomBits(options.seed, 0);
    PALIMPSEST_TRY(network, model::buildNetwork(config, baseFolder, weightOptions));
    return model::guardTorch([&]() -> base::Result<FineTuneResult> {
        Trainer trainer(network, config, options);
        PALIMPSEST_TRY(result, trainer.train(training, ctx));
        PALIMPSEST_TRY(accuracy, trainer.accuracy(heldOut, ctx));
        result.heldOutAccuracy = accuracy;
        PALIMPSEST_CHECK(writeCheckpoint(part.path(), baseFolder, config, network.weights));
        PALIMPSEST_CHECK(part.keep());
        ctx.progress(1.0, "held-out accuracy " + decimals(accuracy));
        const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
        result.seconds = elapsed.count();
        return result;
    });
}

} // namespace palimpsest::train
