#include "pipeline/run_study.h"

#include <algorithm>
#include <functional>
#include <system_error>

#include <nlohmann/json.hpp>

#include "pipeline/cost.h"
#include "pipeline/prepared_study.h"
#include "pipeline/stage_keys.h"
#include "pipeline/stages.h"

namespace palimpsest::pipeline {

using base::Error;
using base::ErrorCode;
using base::Fingerprint;
using base::JobContext;
using base::Status;
using project::ProjectFile;
using project::Side;

namespace fs = std::filesystem;

namespace {

/// Share of the bar for everything before the first model runs.
constexpr double kTokensShare = 0.02;

std::string activationsStage(Side side)
{
    return "activations." + std::string(project::sideName(side));
}

Error about(const std::string& where, Error error)
{
    if (error.code != ErrorCode::Cancelled)
        error.message = where + ": " + error.message;
    return error;
}

std::string jsonList(const std::vector<std::string>& names)
{
    return nlohmann::json(names).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// What a model still lacks.
struct Missing {
    std::vector<int> linkages;
    std::vector<int> activations; ///< layers among those that the models have to run for
    [[nodiscard]] double seconds(const Cost& cost) const
    {
        return static_cast<double>(linkages.size()) * cost.clustering
            + (activations.empty() ? 0.0 : cost.extraction);
    }
};

/// One run. The project keeps the study that is in it until the first result of this one is ready, so that a
/// failure on the way there loses nothing: see adopt().
class StudyRun {
public:
    StudyRun(const PreparedStudy& study, const fs::path& cache, ProjectFile& project)
        : m_study(study)
        , m_cache(cache)
        , m_project(project)
        , m_tokensKey(tokensKey(study))
    {
    }

    Status run(const JobContext& ctx);
    [[nodiscard]] const RunReport& report() const { return m_report; }

private:
    Status findTokens(const JobContext& ctx);
    base::Result<Missing> findMissing(Side side) const;
    Status runSide(Side side, const Missing& missing, const Cost& cost, const JobContext& ctx);
    Status runActivations(Side side, const std::vector<int>& layers, const JobContext& ctx);
    Status runLinkage(Side side, int layer, const JobContext& ctx);
    Status adopt();
    Status commit(const std::function<Status()>& write);
    Status finish();
    Status dropLinkages(bool alsoUnasked);
    [[nodiscard]] bool isAsked(int layer) const;
    [[nodiscard]] fs::path activationFolder(Side side) const;
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> values() const;

    const PreparedStudy& m_study;
    fs::path m_cache;
    ProjectFile& m_project;
    Fingerprint m_tokensKey;
    RunReport m_report;
    std::shared_ptr<const corpus::TokenTable> m_tokens;
    bool m_newTokens = false;
    bool m_adopted = false;
    /// By stage; written together with the next result.
    std::vector<std::pair<std::string, std::vector<std::string>>> m_warnings;
};

bool StudyRun::isAsked(int layer) const
{
    return std::binary_search(m_study.layers.begin(), m_study.layers.end(), layer);
}

fs::path StudyRun::activationFolder(Side side) const
{
    return m_cache / activationFolderName(m_study, side);
}

Status StudyRun::findTokens(const JobContext& ctx)
{
    PALIMPSEST_TRY(key, m_project.stageKey("tokens"));
    if (key == m_tokensKey) {
        PALIMPSEST_TRY(stored, m_project.readTokens());
        m_tokens = stored;
        m_report.reused.emplace_back("tokens");
        return {};
    }
    std::vector<std::string> warnings;
    PALIMPSEST_TRY(made, makeTokens(m_study, ctx, warnings));
    m_tokens = made;
    m_newTokens = true;
    m_warnings.emplace_back("tokens", std::move(warnings));
    m_report.computed.emplace_back("tokens");
    return {};
}

base::Result<Missing> StudyRun::findMissing(Side side) const
{
    Missing missing;
    for (const int layer : m_study.layers) {
        PALIMPSEST_TRY(key, m_project.stageKey(project::linkageStage(side, layer)));
        if (key != linkageKey(m_study, side, layer))
            missing.linkages.push_back(layer);
    }
    missing.activations = missingActivations(
        activationFolder(side), missing.linkages, m_tokens->size(), m_study.model(side).config.hiddenSize);
    return missing;
}

/// Makes this study the project's: its tokens, its values, and nothing that belongs to another one.
Status StudyRun::adopt()
{
    if (m_newTokens)
        PALIMPSEST_CHECK(m_project.writeTokens(*m_tokens, m_tokensKey));
    else
        PALIMPSEST_CHECK(dropLinkages(false));
    return m_project.setValues(values());
}

/// Writes a result and what has to be written with it, all or nothing.
Status StudyRun::commit(const std::function<Status()>& write)
{
    const auto writeAll = [&]() -> Status {
        if (!m_adopted)
            PALIMPSEST_CHECK(adopt());
        for (const auto& [stage, sentences] : m_warnings)
            PALIMPSEST_CHECK(m_project.writeWarnings(stage, sentences));
        return write();
    };
    PALIMPSEST_CHECK(m_project.atomically(writeAll));
    m_adopted = true;
    m_warnings.clear();
    return {};
}

/// Drops linkages of other models or another pooling; `alsoUnasked`: and of layers that nobody asked for.
Status StudyRun::dropLinkages(bool alsoUnasked)
{
    PALIMPSEST_TRY(entries, m_project.linkages());
    for (const project::LinkageEntry& entry : entries) {
        PALIMPSEST_TRY(key, m_project.stageKey(project::linkageStage(entry.side, entry.layer)));
        const bool stale = key != linkageKey(m_study, entry.side, entry.layer);
        if (stale || (alsoUnasked && !isAsked(entry.layer)))
            PALIMPSEST_CHECK(m_project.dropLinkage(entry.side, entry.layer));
    }
    return {};
}

std::vector<std::pair<std::string, std::string>> StudyRun::values() const
{
    auto values = studyValues(m_study.study);
    const auto add
        = [&values](const char* key, std::string value) { values.emplace_back(key, std::move(value)); };
    const corpus::Corpus& corpus = m_tokens->corpus();
    const PreparedModel& base = m_study.model(Side::Base);
    const PreparedModel& fineTuned = m_study.model(Side::FineTuned);
    add("classes", jsonList(corpus.classNames()));
    add("fingerprint.base", base.fingerprint.hex());
    add("fingerprint.base_tokenizer", base.tokenizer->fingerprint().hex());
    add("fingerprint.corpus", m_study.corpusFingerprint.hex());
    add("fingerprint.finetuned", fineTuned.fingerprint.hex());
    add("fingerprint.finetuned_tokenizer", fineTuned.tokenizer->fingerprint().hex());
    add("labels", jsonList(fineTuned.config.labels));
    add("model.architecture", base.config.architecture);
    add("model.hidden_size", std::to_string(base.config.hiddenSize));
    add("model.layers", std::to_string(base.config.layerCount));
    add("occurrences", std::to_string(m_tokens->size()));
    add("palimpsest.version", PALIMPSEST_VERSION);
    add("sentences", std::to_string(corpus.sentenceCount()));
    add("words", std::to_string(corpus.wordCount()));
    return values;
}

Status StudyRun::runActivations(Side side, const std::vector<int>& layers, const JobContext& ctx)
{
    const fs::path folder = activationFolder(side);
    std::error_code code;
    fs::create_directories(m_cache, code);
    if (code) {
        return Error{ErrorCode::WriteFailed,
            "The folder " + m_cache.string() + " cannot be made: " + code.message()
                + "; check the permissions and the space of its disk"};
    }
    // Activations of another study of the same model are of no use and may be large.
    for (const fs::directory_entry& entry : fs::directory_iterator(m_cache, code)) {
        const std::string name = entry.path().filename().string();
        if (isActivationFolderName(name, side) && entry.path() != folder) {
            std::error_code ignored;
            fs::remove_all(entry.path(), ignored);
        }
    }
    std::vector<std::string> warnings;
    const std::size_t rows = m_tokens->size();
    const auto activity = [&](double fraction) {
        return std::string(sideTitle(side)) + ": reading "
            + countText(static_cast<std::size_t>(fraction * static_cast<double>(rows))) + " of "
            + countText(rows) + " occurrences in " + std::to_string(layers.size())
            + (layers.size() == 1 ? " layer" : " layers");
    };
    const JobContext part = relay(ctx, 0.0, 1.0, activity, warnings);
    part.progress(0.0, {});
    const auto extracted = extractLayers(m_study, side, *m_tokens, layers, folder, part);
    if (!extracted)
        return about(std::string(sideTitle(side)), extracted.error());
    m_report.resumedSentences += extracted.value().reused;
    m_warnings.emplace_back(activationsStage(side), std::move(warnings));
    return m_adopted ? commit([] { return Status(); }) : Status();
}

Status StudyRun::runLinkage(Side side, int layer, const JobContext& ctx)
{
    const auto place
        = std::find(m_study.layers.begin(), m_study.layers.end(), layer) - m_study.layers.begin();
    const std::string where = std::string(sideTitle(side)) + ", layer " + std::to_string(layer);
    const std::string activity = where + " (" + std::to_string(place + 1) + " of "
        + std::to_string(m_study.layers.size()) + "): clustering " + countText(m_tokens->size())
        + " occurrences";
    std::vector<std::string> warnings;
    const JobContext part = relay(
        ctx, 0.0, 1.0, [&](double) { return activity; }, warnings);
    part.progress(0.0, {});
    const auto linkage = clusterActivations(activationFolder(side), layer, m_tokens->size(),
        m_study.model(side).config.hiddenSize, m_study.study.device, part);
    if (!linkage)
        return about(where, linkage.error());
    const std::string stage = project::linkageStage(side, layer);
    m_warnings.emplace_back(stage, std::move(warnings));
    PALIMPSEST_CHECK(commit([&] {
        return m_project.writeLinkage(side, layer, linkage.value(), linkageKey(m_study, side, layer));
    }));
    m_report.computed.push_back(stage);
    return {};
}

Status StudyRun::runSide(Side side, const Missing& missing, const Cost& cost, const JobContext& ctx)
{
    for (const int layer : m_study.layers) {
        if (!std::binary_search(missing.linkages.begin(), missing.linkages.end(), layer))
            m_report.reused.push_back(project::linkageStage(side, layer));
    }
    if (missing.linkages.empty())
        return {};
    double done = 0.0;
    const double all = missing.seconds(cost);
    if (missing.activations.empty()) {
        m_report.reused.push_back(activationsStage(side));
    } else {
        done = cost.extraction;
        PALIMPSEST_CHECK(runActivations(side, missing.activations, ctx.part(0.0, done / all)));
        m_report.computed.push_back(activationsStage(side));
    }
    for (const int layer : missing.linkages) {
        if (ctx.stopRequested())
            return base::cancelled();
        // The sum of the parts may pass the whole by a rounding error.
        const double after = std::min(done + cost.clustering, all);
        PALIMPSEST_CHECK(runLinkage(side, layer, ctx.part(done / all, after / all)));
        done = after;
    }
    return {};
}

/// What only a complete run may change: values of a run that computed nothing, and layers no longer asked
/// for.
Status StudyRun::finish()
{
    PALIMPSEST_CHECK(m_project.setValues(values()));
    return dropLinkages(true);
}

Status StudyRun::run(const JobContext& ctx)
{
    PALIMPSEST_CHECK(findTokens(ctx.part(0.0, kTokensShare)));
    PALIMPSEST_TRY(old, m_project.linkages());
    if (old.empty()) { // nothing to lose: a cancelled run already knows its study and its tokens
        PALIMPSEST_CHECK(commit([] { return Status(); }));
    }
    PALIMPSEST_TRY(missingBase, findMissing(Side::Base));
    PALIMPSEST_TRY(missingFineTuned, findMissing(Side::FineTuned));
    Cost cost = costOf(m_study.model(Side::Base).config, m_tokens->corpus().wordCount(), m_tokens->size(),
        m_study.study.device);
    // Times too short to measure must not divide by zero.
    cost.extraction = std::max(cost.extraction, 1e-6);
    cost.clustering = std::max(cost.clustering, 1e-6);
    const double baseSeconds = missingBase.seconds(cost);
    const double all = std::max(baseSeconds + missingFineTuned.seconds(cost), 1e-9);
    const double middle = kTokensShare + (1.0 - kTokensShare) * baseSeconds / all;
    PALIMPSEST_CHECK(runSide(Side::Base, missingBase, cost, ctx.part(kTokensShare, middle)));
    PALIMPSEST_CHECK(runSide(Side::FineTuned, missingFineTuned, cost, ctx.part(middle, 1.0)));
    PALIMPSEST_CHECK(commit([&] { return finish(); }));
    ctx.progress(1.0, "All layers are there");
    return {};
}

} // namespace

fs::path cacheFolder(const fs::path& projectPath)
{
    fs::path folder = projectPath;
    folder += ".cache";
    return folder;
}

base::Result<RunReport> runStudy(const Study& study, const fs::path& projectPath, const JobContext& ctx)
{
    ctx.progress(0.0, "Looking at the models");
    std::error_code code;
    // A file that is not a project is refused before anything else; a new one is made only when the study is
    // sound.
    if (fs::exists(projectPath, code)) {
        if (auto opened = ProjectFile::openOrCreate(projectPath); !opened)
            return opened.error();
    }
    PALIMPSEST_TRY(prepared, prepareStudy(study));
    if (ctx.stopRequested())
        return base::cancelled();
    PALIMPSEST_TRY(project, ProjectFile::openOrCreate(projectPath));
    StudyRun run(prepared, cacheFolder(projectPath), project);
    PALIMPSEST_CHECK(run.run(ctx));
    return run.report();
}

} // namespace palimpsest::pipeline
