#include "pipeline/demo.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <string>
#include <system_error>
#include <vector>

#include <pwd.h>
#include <unistd.h>

#include "base/fingerprint.h"
#include "base/mapped_file.h"
#include "model/model.h"
#include "pipeline/demo_material.h"
#include "pipeline/run_study.h"
#include "pipeline/snippets.h"
#include "project/project_file.h"
#include "tokenizer/word_alignment.h"
#include "train/fine_tune.h"

namespace palimpsest::pipeline {

using base::Error;
using base::ErrorCode;
using base::JobContext;
using base::Status;
using project::ProjectFile;

namespace fs = std::filesystem;

namespace {

/// To be raised when the demo would come out differently from the same material.
constexpr std::int64_t kDemoVersion = 1;
constexpr std::size_t kTrainingCount = 3000;
constexpr std::size_t kHeldOutCount = 1000;
constexpr std::uint64_t kSplitSeed = 1;
// Leaves 26,239 of 142,824 words: a layer clusters in seconds, and every word can be seen in several places.
constexpr std::uint32_t kMinFrequency = 5;
constexpr std::uint32_t kMaxOccurrences = 10;
constexpr double kExpectedAccuracy = 0.80;
constexpr std::string_view kAccuracyValue = "demo.held_out_accuracy";
constexpr const char* kProjectName = "demo.palimpsest";

// Shares of the bar, as two cores take time.
constexpr double kMaterialShare = 0.05;
constexpr double kTrainingShare = 0.42;

/// An absolute path from the environment, else `fallback` in the home folder (XDG Base Directory, 0.8).
fs::path userFolder(const char* variable, const char* fallback)
{
    if (const char* value = std::getenv(variable); value != nullptr && fs::path(value).is_absolute())
        return value;
    if (const char* home = std::getenv("HOME"); home != nullptr && fs::path(home).is_absolute())
        return fs::path(home) / fallback;
    const passwd* user = ::getpwuid(::getuid());
    return fs::path(user != nullptr && user->pw_dir != nullptr ? user->pw_dir : "/") / fallback;
}

Status makeFolder(const fs::path& folder)
{
    std::error_code code;
    fs::create_directories(folder, code);
    if (code)
        return Error{
            ErrorCode::WriteFailed, "The folder " + folder.string() + " cannot be made: " + code.message()};
    return {};
}

/// The accuracy is written last, so a project that has it is finished. Fails where a file that is no project
/// stands in the way.
base::Result<bool> isFinished(const fs::path& projectPath)
{
    std::error_code code;
    if (!fs::exists(projectPath, code))
        return false;
    PALIMPSEST_TRY(project, ProjectFile::open(projectPath, ProjectFile::Mode::ReadOnly));
    PALIMPSEST_TRY(accuracy, project.value(kAccuracyValue));
    return accuracy.has_value();
}

std::vector<train::TrainingExample> encode(
    const tokenizer::Tokenizer& tokenizer, const std::vector<Snippet>& snippets, std::size_t maxPieces)
{
    std::vector<train::TrainingExample> examples;
    examples.reserve(snippets.size());
    std::vector<std::string_view> words;
    for (const Snippet& snippet : snippets) {
        words.clear();
        for (std::string_view rest = snippet.text; !rest.empty();) {
            const std::size_t end = std::min(rest.find(' '), rest.size());
            words.push_back(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        auto pieces = tokenizer::cutTo(tokenizer::encodeSentence(tokenizer, words), maxPieces);
        examples.push_back({std::move(pieces.ids), snippet.isPositive() ? 1 : 0});
    }
    return examples;
}

std::string shortest(double number)
{
    std::array<char, 32> buffer{};
    const auto [end, code] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    return code == std::errc() ? std::string(buffer.data(), end) : std::string();
}

base::Result<base::Fingerprint> trainingKey(const DemoMaterial& material)
{
    PALIMPSEST_TRY(encoder, model::fingerprintModel(material.encoder));
    PALIMPSEST_TRY(snippets, base::fingerprintFile(material.snippets));
    return base::FingerprintBuilder().add(kDemoVersion).add(encoder).add(snippets).finish();
}

/// What a finished training left: "<key> <accuracy>".
std::string keptAccuracy(const fs::path& record, const fs::path& checkpoint, const base::Fingerprint& key)
{
    constexpr std::size_t kLargestRecord = 4096;
    const auto text = base::readFile(record, kLargestRecord);
    const std::string prefix = key.hex() + " ";
    std::error_code code;
    if (!text || !text.value().starts_with(prefix) || !fs::is_directory(checkpoint, code))
        return {};
    return text.value().substr(prefix.size());
}

/// The fine-tuned checkpoint, made when it is missing; returns its accuracy on held-out snippets.
base::Result<std::string> fineTune(
    const DemoMaterial& material, const SnippetSplit& split, const fs::path& work, const JobContext& ctx)
{
    const fs::path checkpoint = work / "finetuned";
    const fs::path record = work / "finetuned.accuracy";
    PALIMPSEST_TRY(key, trainingKey(material));
    if (std::string accuracy = keptAccuracy(record, checkpoint, key); !accuracy.empty())
        return accuracy;
    std::error_code code;
    fs::remove_all(checkpoint, code);
    fs::remove(record, code);

    ctx.progress(0.0, "Tokenizing the snippets to train on");
    PALIMPSEST_TRY(tokenizer, tokenizer::Tokenizer::open(material.encoder));
    PALIMPSEST_TRY(config, model::readModelConfig(material.encoder));
    const std::size_t maxPieces = std::min(config.maxPieces, tokenizer->maxLength());
    const auto training = encode(*tokenizer, split.training, maxPieces);
    const auto heldOut = encode(*tokenizer, split.heldOut, maxPieces);
    train::FineTuneOptions options;
    options.labelNames = {"negative", "positive"};
    PALIMPSEST_TRY(
        result, train::fineTuneClassifier(material.encoder, training, heldOut, options, checkpoint, ctx));
    std::string accuracy = shortest(result.heldOutAccuracy);
    PALIMPSEST_CHECK(base::writeFileAtomically(record, key.hex() + " " + accuracy));
    if (result.heldOutAccuracy < kExpectedAccuracy) {
        ctx.warn("The fine-tuned classifier of the demo is right on " + accuracy
            + " of held-out snippets only; " + shortest(kExpectedAccuracy) + " was expected");
    }
    return accuracy;
}

} // namespace

DemoFolders demoFolders()
{
    const fs::path data = userFolder("XDG_DATA_HOME", ".local/share") / "palimpsest" / "demo";
    return {userFolder("XDG_CACHE_HOME", ".cache") / "palimpsest", data, data / kProjectName};
}

Status makeDemo(const DemoFolders& folders, const fs::path& projectPath, const JobContext& ctx)
{
    PALIMPSEST_TRY(finished, isFinished(projectPath));
    if (finished)
        return {};
    PALIMPSEST_CHECK(makeFolder(folders.work));
    if (projectPath == folders.project)
        PALIMPSEST_CHECK(makeFolder(projectPath.parent_path()));
    PALIMPSEST_TRY(material, ensureDemoMaterial(folders.material, ctx.part(0.0, kMaterialShare)));

    PALIMPSEST_TRY(snippets, readSnippets(material.snippets));
    PALIMPSEST_TRY(split, splitSnippets(std::move(snippets), kTrainingCount, kHeldOutCount, kSplitSeed));
    const fs::path corpus = folders.work / "movie-reviews.tsv";
    PALIMPSEST_CHECK(base::writeFileAtomically(corpus, snippetTable(split.analysed)));
    PALIMPSEST_TRY(
        accuracy, fineTune(material, split, folders.work, ctx.part(kMaterialShare, kTrainingShare)));

    Study study;
    study.base = material.encoder;
    study.fineTuned = folders.work / "finetuned";
    study.corpus = corpus;
    study.reading.textColumn = "sentence";
    study.reading.labelColumn = "label";
    study.frequency.minFrequency = kMinFrequency;
    study.frequency.maxOccurrences = kMaxOccurrences;
    PALIMPSEST_CHECK(runStudy(study, projectPath, ctx.part(kTrainingShare, 1.0)));
    PALIMPSEST_TRY(project, ProjectFile::open(projectPath, ProjectFile::Mode::ReadWrite));
    return project.setValue(kAccuracyValue, accuracy);
}

} // namespace palimpsest::pipeline
