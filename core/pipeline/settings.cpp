#include "pipeline/settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <system_error>

namespace palimpsest::pipeline {

using base::Error;
using base::ErrorCode;
using base::Status;

namespace fs = std::filesystem;

namespace {

constexpr std::uint32_t kUnlimited = std::numeric_limits<std::uint32_t>::max();
constexpr std::string_view kUnlimitedName = "unlimited";

constexpr std::array kPoolings{
    std::pair{std::string_view("last"), activation::Pooling::Last},
    std::pair{std::string_view("first"), activation::Pooling::First},
    std::pair{std::string_view("mean"), activation::Pooling::Mean},
};
constexpr std::array kFileKinds{
    std::pair{std::string_view("auto"), corpus::FileKind::ByExtension},
    std::pair{std::string_view("text"), corpus::FileKind::PlainText},
    std::pair{std::string_view("tsv"), corpus::FileKind::TabSeparated},
    std::pair{std::string_view("csv"), corpus::FileKind::CommaSeparated},
};

constexpr std::array kLongSentences{
    std::pair{std::string_view("cut"), LongSentences::Cut},
    std::pair{std::string_view("window"), LongSentences::Window},
};
constexpr std::array kPrecisions{
    std::pair{std::string_view("float32"), model::Precision::Float32},
    std::pair{std::string_view("float16"), model::Precision::Float16},
    std::pair{std::string_view("bfloat16"), model::Precision::BFloat16},
};
constexpr std::array kStores{
    std::pair{std::string_view("float32"), tensorfile::ElementType::F32},
    std::pair{std::string_view("float16"), tensorfile::ElementType::F16},
};

Error wrong(std::string_view key, std::string_view text, std::string_view expected)
{
    return {ErrorCode::InvalidArgument,
        std::string(key) + " is " + (text.empty() ? "empty" : "\"" + std::string(text) + "\"")
            + "; it must be " + std::string(expected)};
}

template <typename Choices, typename Value>
Status parseChoice(std::string_view key, std::string_view text, const Choices& choices, Value& value)
{
    std::string expected;
    for (const auto& [name, choice] : choices) {
        if (name == text) {
            value = choice;
            return {};
        }
        expected += (expected.empty() ? "" : ", ") + std::string(name);
    }
    return wrong(key, text, "one of " + expected);
}

template <typename Choices, typename Value>
std::string_view choiceName(const Choices& choices, Value value)
{
    for (const auto& [name, choice] : choices) {
        if (choice == value)
            return name;
    }
    return {};
}

Status parseCount(std::string_view key, std::string_view text, std::uint32_t minimum, std::uint32_t& value)
{
    std::uint32_t number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc() || end != text.data() + text.size() || number < minimum) {
        return wrong(key, text,
            "a whole number from " + std::to_string(minimum) + " to " + std::to_string(kUnlimited));
    }
    value = number;
    return {};
}

Status parseLimit(std::string_view key, std::string_view text, std::uint32_t& value)
{
    if (text == kUnlimitedName) {
        value = kUnlimited;
        return {};
    }
    return parseCount(key, text, 1, value);
}

std::string formatLimit(std::uint32_t value)
{
    return value == kUnlimited ? std::string(kUnlimitedName) : std::to_string(value);
}

Status parsePath(std::string_view key, std::string_view text, std::string_view expected, fs::path& value)
{
    if (text.empty())
        return wrong(key, text, expected);
    value = fs::path(text);
    return {};
}

std::string formatPath(const fs::path& path)
{
    if (path.empty())
        return {};
    std::error_code code;
    const fs::path absolute = fs::absolute(path, code);
    std::string text = (code ? path : absolute).lexically_normal().string();
    if (text.size() > 1 && text.back() == '/')
        text.pop_back();
    return text;
}

Status parseTheta(Study& study, std::string_view text)
{
    double number = 0.0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc() || end != text.data() + text.size() || !(number > 0.0 && number <= 1.0))
        return wrong("theta", text, "a number above 0 and at most 1");
    study.theta = number;
    return {};
}

std::string formatTheta(const Study& study)
{
    std::array<char, 32> buffer{};
    const auto [end, code] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), study.theta);
    return code == std::errc() ? std::string(buffer.data(), end) : std::string();
}

Status parseDevice(Study& study, std::string_view text)
{
    constexpr std::string_view kNumbered = "cuda:";
    bool known = text == "auto" || text == "cpu" || text == "cuda";
    if (text.starts_with(kNumbered)) {
        const std::string_view digits = text.substr(kNumbered.size());
        known = !digits.empty() && digits.size() <= 3
            && digits.find_first_not_of("0123456789") == std::string_view::npos;
    }
    if (!known)
        return wrong("device", text, "auto, cpu, cuda or cuda:N");
    study.device = text;
    return {};
}

Status parseLayerList(Study& study, std::string_view text)
{
    PALIMPSEST_TRY(layers, parseLayers(text));
    study.layers = layers;
    return {};
}

constexpr std::array kSettings{
    Setting{"base", SettingKind::Path, true, "folder or id of the pre-trained checkpoint",
        [](const Study& study) { return formatPath(study.base); },
        [](Study& study, std::string_view text) {
            return parsePath("base", text, "the folder or id of the pre-trained checkpoint", study.base);
        }},
    Setting{"finetuned", SettingKind::Path, true, "folder or id of the fine-tuned checkpoint",
        [](const Study& study) { return formatPath(study.fineTuned); },
        [](Study& study, std::string_view text) {
            return parsePath(
                "finetuned", text, "the folder or id of the fine-tuned checkpoint", study.fineTuned);
        }},
    Setting{"corpus", SettingKind::Path, true, "file of sentences",
        [](const Study& study) { return formatPath(study.corpus); },
        [](Study& study, std::string_view text) {
            return parsePath("corpus", text, "the file of sentences", study.corpus);
        }},
    Setting{"corpus_kind", SettingKind::Text, false, "auto (by extension), text, tsv or csv",
        [](const Study& study) { return std::string(fileKindName(study.reading.kind)); },
        [](Study& study, std::string_view text) {
            return parseChoice("corpus_kind", text, kFileKinds, study.reading.kind);
        }},
    Setting{"text_column", SettingKind::Column, false, "name, or number from 1 where there is no header",
        [](const Study& study) { return study.reading.textColumn; },
        [](Study& study, std::string_view text) {
            study.reading.textColumn = text;
            return Status();
        }},
    Setting{"label_column", SettingKind::Column, false, "likewise; empty: sentences have no class",
        [](const Study& study) { return study.reading.labelColumn; },
        [](Study& study, std::string_view text) {
            study.reading.labelColumn = text;
            return Status();
        }},
    Setting{"pair_column", SettingKind::Column, false,
        "likewise: the second text of sentence pairs; empty: no pairs",
        [](const Study& study) { return study.reading.pairColumn; },
        [](Study& study, std::string_view text) {
            study.reading.pairColumn = text;
            return Status();
        },
        true},
    Setting{"max_words", SettingKind::Count, false, "sentences of fewer words are kept",
        [](const Study& study) { return std::to_string(study.reading.maxWords); },
        [](Study& study, std::string_view text) {
            return parseCount("max_words", text, 1, study.reading.maxWords);
        }},
    Setting{"min_frequency", SettingKind::Count, false, "words rarer than this in the corpus are left out",
        [](const Study& study) { return std::to_string(study.frequency.minFrequency); },
        [](Study& study, std::string_view text) {
            return parseCount("min_frequency", text, 0, study.frequency.minFrequency);
        }},
    Setting{"max_occurrences", SettingKind::Limit, false, "at most so many occurrences of a word are kept",
        [](const Study& study) { return formatLimit(study.frequency.maxOccurrences); },
        [](Study& study, std::string_view text) {
            return parseLimit("max_occurrences", text, study.frequency.maxOccurrences);
        }},
    Setting{"max_frequency", SettingKind::Limit, false, "more frequent words are left out",
        [](const Study& study) { return formatLimit(study.frequency.maxFrequency); },
        [](Study& study, std::string_view text) {
            return parseLimit("max_frequency", text, study.frequency.maxFrequency);
        }},
    Setting{"layers", SettingKind::Layers, false, "all, or such as 0,3,5-6",
        [](const Study& study) { return formatLayers(study.layers); }, parseLayerList},
    Setting{"pooling", SettingKind::Text, false, "subword vectors of a word: last, first or mean",
        [](const Study& study) { return std::string(poolingName(study.pooling)); },
        [](Study& study, std::string_view text) {
            return parseChoice("pooling", text, kPoolings, study.pooling);
        }},
    Setting{"k", SettingKind::Count, false, "concepts a layer",
        [](const Study& study) { return std::to_string(study.k); },
        [](Study& study, std::string_view text) { return parseCount("k", text, 1, study.k); }},
    Setting{"theta", SettingKind::Fraction, false, "share of a concept that must be found again", formatTheta,
        parseTheta},
    Setting{"device", SettingKind::Text, false, "auto, cpu, cuda or cuda:N",
        [](const Study& study) { return study.device; }, parseDevice},
    Setting{"long_sentences", SettingKind::Text, false, "sentences longer than a model takes: cut or window",
        [](const Study& study) { return std::string(longSentencesName(study.longSentences)); },
        [](Study& study, std::string_view text) {
            return parseChoice("long_sentences", text, kLongSentences, study.longSentences);
        },
        true},
    Setting{"precision", SettingKind::Text, false, "models compute in float32, float16 (CUDA) or bfloat16",
        [](const Study& study) { return std::string(precisionName(study.precision)); },
        [](Study& study, std::string_view text) {
            return parseChoice("precision", text, kPrecisions, study.precision);
        },
        true},
    Setting{"store", SettingKind::Text, false, "activations on disk: float32 or float16",
        [](const Study& study) { return std::string(storeName(study.store)); },
        [](Study& study, std::string_view text) { return parseChoice("store", text, kStores, study.store); },
        true},
};

} // namespace

std::string_view poolingName(activation::Pooling pooling)
{
    return choiceName(kPoolings, pooling);
}

std::string_view fileKindName(corpus::FileKind kind)
{
    return choiceName(kFileKinds, kind);
}

std::string_view longSentencesName(LongSentences choice)
{
    return choiceName(kLongSentences, choice);
}

std::string_view precisionName(model::Precision precision)
{
    return choiceName(kPrecisions, precision);
}

std::string_view storeName(tensorfile::ElementType store)
{
    return choiceName(kStores, store);
}

std::span<const Setting> settings()
{
    return kSettings;
}

const Setting* findSetting(std::string_view key)
{
    const auto* const found = std::find_if(
        kSettings.begin(), kSettings.end(), [key](const Setting& setting) { return setting.key == key; });
    return found != kSettings.end() ? found : nullptr;
}

std::string settingNames()
{
    std::string names;
    for (const Setting& setting : kSettings) {
        const bool last = &setting == &kSettings.back();
        names += (names.empty() ? "" : last ? " and " : ", ") + std::string(setting.key);
    }
    return names;
}

base::Result<Study> checkedStudy(const Study& study)
{
    Study checked;
    for (const Setting& setting : kSettings)
        PALIMPSEST_CHECK(setting.parse(checked, setting.format(study)));
    return checked;
}

} // namespace palimpsest::pipeline
