#include "models/model_choice.h"

#include <QFileInfo>

#include <utility>

#include "bridge/job_controller.h"
#include "bridge/paths.h"

namespace palimpsest::app {

ModelChoice::ModelChoice(JobController& jobs, QObject* parent)
    : QObject(parent)
    , m_jobs(jobs)
{
}

void ModelChoice::setText(const QString& text)
{
    const QString trimmed = text.trimmed();
    const bool mayBeId = hub::isModelId(trimmed.toStdString()) && !QFileInfo(trimmed).isDir();
    const QString chosen = mayBeId ? trimmed : toLocalFile(text);
    if (chosen == m_text)
        return;
    cancelDownload();
    m_text = chosen;
    m_failure.clear();
    m_folder.clear();
    m_place = hub::ModelPlace::Nowhere;
    Q_EMIT textChanged();
    look();
}

QString ModelChoice::found() const
{
    if (m_text.isEmpty() || m_looking)
        return {};
    if (isDownloading())
        return tr("Downloading from Hugging Face…");
    if (!m_failure.isEmpty())
        return m_failure;
    switch (m_place) {
    case hub::ModelPlace::Folder:
        return tr("Folder");
    case hub::ModelPlace::Cached:
        return tr("In the cache of Hugging Face on this machine");
    case hub::ModelPlace::Elsewhere:
        return tr("Not on this machine; a model of this id can be downloaded from Hugging Face");
    case hub::ModelPlace::Nowhere:
        return tr("There is no such folder, and this is not the id of a model (owner/name)");
    }
    return {};
}

std::filesystem::path ModelChoice::folder() const
{
    return m_folder.empty() ? toPath(m_text) : m_folder;
}

void ModelChoice::look()
{
    m_looking = !m_text.isEmpty();
    Q_EMIT foundChanged();
    if (!m_looking)
        return;
    auto work = [name = toPath(m_text).string()](const base::JobContext&) -> base::Result<hub::LocatedModel> {
        return hub::locateModel(name, hub::DownloadOptions::fromEnvironment());
    };
    auto done = [this, text = m_text](base::Result<hub::LocatedModel> located) {
        if (text == m_text && located)
            adopt(std::move(located).value());
    };
    m_jobs.start<hub::LocatedModel>({{}, jobs::Weight::Light, false}, this, std::move(work), std::move(done));
}

void ModelChoice::adopt(hub::LocatedModel located)
{
    m_looking = false;
    m_place = located.place;
    m_folder = std::move(located.folder);
    Q_EMIT foundChanged();
}

void ModelChoice::download()
{
    if (!isDownloadable())
        return;
    m_failure.clear();
    auto work = [name = m_text.toStdString()](
                    const base::JobContext& ctx) { return hub::findModel(name, true, ctx); };
    auto done = [this, text = m_text](base::Result<std::filesystem::path> folder) {
        if (text != m_text)
            return;
        m_downloadJob = 0;
        if (folder)
            return adopt({hub::ModelPlace::Cached, std::move(folder).value()});
        if (folder.error().code != base::ErrorCode::Cancelled)
            m_failure = QString::fromStdString(folder.error().message);
        Q_EMIT foundChanged();
    };
    m_downloadJob = m_jobs.start<std::filesystem::path>(
        {tr("Download %1").arg(m_text), jobs::Weight::Light, false}, this, std::move(work), std::move(done));
    Q_EMIT foundChanged();
}

void ModelChoice::cancelDownload()
{
    if (m_downloadJob == 0)
        return;
    m_jobs.cancel(m_downloadJob);
    m_downloadJob = 0;
    Q_EMIT foundChanged();
}

} // namespace palimpsest::app
