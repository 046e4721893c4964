#pragma once
// A field for a checkpoint: what was typed, what of it is on this machine, and its download, which only
// starts on request. Thread: GUI; the disk is looked at and the hub is asked by jobs.

#include <QObject>
#include <QString>
#include <QtQml/qqmlregistration.h>

#include <cstdint>

#include "hub/model_source.h"

namespace palimpsest::app {

class JobController;

class ModelChoice : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by a form")
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged FINAL)
    Q_PROPERTY(QString found READ found NOTIFY foundChanged FINAL)
    Q_PROPERTY(bool downloadable READ isDownloadable NOTIFY foundChanged FINAL)
    Q_PROPERTY(bool downloading READ isDownloading NOTIFY foundChanged FINAL)

public:
    explicit ModelChoice(JobController& jobs, QObject* parent = nullptr);

    /// A folder (typed, "~/…" or as a file URL), or the id of a model of Hugging Face.
    QString text() const { return m_text; }
    void setText(const QString& text);

    /// What the text names, one phrase or sentence; empty while nothing is typed.
    QString found() const;
    bool isDownloadable() const { return m_place == hub::ModelPlace::Elsewhere && m_downloadJob == 0; }
    bool isDownloading() const { return m_downloadJob != 0; }
    /// What a study takes: the folder where there is one, else the text.
    std::filesystem::path folder() const;

    Q_INVOKABLE void download();
    Q_INVOKABLE void cancelDownload();

Q_SIGNALS:
    void textChanged();
    void foundChanged(); ///< and with it folder()

private:
    void look();
    void adopt(hub::LocatedModel located);

    JobController& m_jobs;
    QString m_text;
    QString m_failure; ///< of the last download of this text
    std::filesystem::path m_folder;
    hub::ModelPlace m_place = hub::ModelPlace::Nowhere;
    bool m_looking = false;
    int m_downloadJob = 0;
};

} // namespace palimpsest::app
