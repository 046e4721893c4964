#include "pipeline/stage_keys.h"

#include "pipeline/settings.h"

namespace palimpsest::pipeline {

using base::Fingerprint;
using base::FingerprintBuilder;

namespace {

// To be raised when a stage's code gives other results for the same input.
constexpr std::int64_t kTokensVersion = 1;
constexpr std::int64_t kActivationsVersion = 1;
constexpr std::int64_t kLinkageVersion = 1;

constexpr std::size_t kKeyDigits = 32;

std::int64_t number(std::size_t value)
{
    return static_cast<std::int64_t>(value);
}

} // namespace

Fingerprint tokensKey(const PreparedStudy& study)
{
    const corpus::ReadOptions& reading = study.study.reading;
    const corpus::FrequencyFilter& filter = study.study.frequency;
    FingerprintBuilder builder;
    builder.add(std::string_view("tokens")).add(kTokensVersion).add(study.corpusFingerprint);
    builder.add(fileKindName(reading.kind));
    // The extension decides how the same bytes are read.
    if (reading.kind == corpus::FileKind::ByExtension)
        builder.add(std::string_view(study.study.corpus.extension().native()));
    builder.add(std::string_view(reading.textColumn)).add(std::string_view(reading.labelColumn));
    builder.add(number(reading.maxWords)).add(number(filter.minFrequency));
    builder.add(number(filter.maxOccurrences)).add(number(filter.maxFrequency));
    for (const PreparedModel& model : study.models)
        builder.add(model.tokenizer->fingerprint()).add(number(model.maxPieces));
    if (!reading.pairColumn.empty())
        builder.add("pair " + reading.pairColumn);
    // Only where it is not the default, so that projects of before it keep their results.
    if (study.study.longSentences != LongSentences::Cut)
        builder.add(longSentencesName(study.study.longSentences));
    return builder.finish();
}

Fingerprint activationsKey(const PreparedStudy& study, project::Side side)
{
    FingerprintBuilder builder;
    builder.add(std::string_view("activations"))
        .add(kActivationsVersion)
        .add(tokensKey(study))
        .add(study.model(side).fingerprint)
        .add(poolingName(study.study.pooling));
    if (study.study.precision != model::Precision::Float32)
        builder.add("precision " + std::string(precisionName(study.study.precision)));
    if (study.study.store != tensorfile::ElementType::F32)
        builder.add("store " + std::string(storeName(study.study.store)));
    return builder.finish();
}

Fingerprint linkageKey(const PreparedStudy& study, project::Side side, int layer)
{
    return FingerprintBuilder()
        .add(std::string_view("linkage"))
        .add(kLinkageVersion)
        .add(activationsKey(study, side))
        .add(std::int64_t{layer})
        .finish();
}

std::string activationFolderName(const PreparedStudy& study, project::Side side)
{
    return std::string(project::sideName(side)) + "-" + activationsKey(study, side).hex();
}

bool isActivationFolderName(const std::string& name, project::Side side)
{
    const std::string prefix = std::string(project::sideName(side)) + "-";
    return name.starts_with(prefix) && name.size() == prefix.size() + kKeyDigits
        && name.find_first_not_of("0123456789abcdef", prefix.size()) == std::string::npos;
}

} // namespace palimpsest::pipeline
