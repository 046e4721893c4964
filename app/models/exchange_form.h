#pragma once
// Files of the community into a project and out of it: the import and the export dialog.
// Thread: GUI; the work is a job with progress that can be cancelled.

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include "pipeline/export_files.h"
#include "pipeline/import_files.h"

namespace palimpsest::app {

class JobController;
class StudySession;

class ExchangeForm : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(QStringList importKinds READ importKinds CONSTANT FINAL)
    Q_PROPERTY(int importKind READ importKind WRITE setImportKind NOTIFY importChanged FINAL)
    Q_PROPERTY(bool importsFolder READ importsFolder NOTIFY importChanged FINAL)
    Q_PROPERTY(bool importNeedsLayer READ importNeedsLayer NOTIFY importChanged FINAL)
    Q_PROPERTY(bool importNeedsSide READ importNeedsSide NOTIFY importChanged FINAL)
    Q_PROPERTY(bool canLint READ canLint NOTIFY importChanged FINAL)
    Q_PROPERTY(QString importSource READ importSource WRITE setImportSource NOTIFY importChanged FINAL)
    Q_PROPERTY(QString importOutput READ importOutput WRITE setImportOutput NOTIFY importChanged FINAL)
    Q_PROPERTY(int importSide READ importSide WRITE setImportSide NOTIFY importChanged FINAL)
    Q_PROPERTY(int importLayer READ importLayer WRITE setImportLayer NOTIFY importChanged FINAL)
    Q_PROPERTY(bool canImport READ canImport NOTIFY importChanged FINAL)
    Q_PROPERTY(QStringList findings READ findings NOTIFY findingsChanged FINAL)
    Q_PROPERTY(QString findingsText READ findingsText NOTIFY findingsChanged FINAL)
    Q_PROPERTY(QStringList exportKinds READ exportKinds CONSTANT FINAL)
    Q_PROPERTY(int exportKind READ exportKind WRITE setExportKind NOTIFY exportChanged FINAL)
    Q_PROPERTY(bool exportsFolder READ exportsFolder NOTIFY exportChanged FINAL)
    Q_PROPERTY(QString exportEnding READ exportEnding NOTIFY exportChanged FINAL)
    Q_PROPERTY(bool exportNeedsLayer READ exportNeedsLayer NOTIFY exportChanged FINAL)
    Q_PROPERTY(QString exportOutput READ exportOutput WRITE setExportOutput NOTIFY exportChanged FINAL)
    Q_PROPERTY(int exportSide READ exportSide WRITE setExportSide NOTIFY exportChanged FINAL)
    Q_PROPERTY(bool canExport READ canExport NOTIFY exportChanged FINAL)
    Q_PROPERTY(QString exportText READ exportText NOTIFY exportChanged FINAL)
    Q_PROPERTY(bool running READ isRunning NOTIFY runningChanged FINAL)
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged FINAL)

public:
    ExchangeForm(JobController& jobs, StudySession& session, QObject* parent = nullptr);

    QStringList importKinds() const; ///< titles
    int importKind() const { return m_importKind; }
    void setImportKind(int kind);
    bool importsFolder() const;
    bool importNeedsLayer() const;
    bool importNeedsSide() const; ///< the files belong to one model of a project
    bool canLint() const; ///< files of this kind can be checked
    QString importSource() const { return m_importSource; }
    void setImportSource(const QString& path);
    QString importOutput() const { return m_importOutput; } ///< project or file that is written
    void setImportOutput(const QString& path);
    int importSide() const { return m_importSide; }
    void setImportSide(int side);
    int importLayer() const { return m_importLayer; }
    void setImportLayer(int layer);
    bool canImport() const;
    QStringList findings() const { return m_findings; } ///< what is wrong, with file and line
    QString findingsText() const { return m_findingsText; } ///< how much; empty before the first check

    QStringList exportKinds() const; ///< titles
    int exportKind() const { return m_exportKind; }
    void setExportKind(int kind);
    bool exportsFolder() const;
    QString exportEnding() const; ///< ".npy"; empty for folders
    bool exportNeedsLayer() const;
    QString exportOutput() const { return m_exportOutput; }
    void setExportOutput(const QString& path);
    int exportSide() const { return m_exportSide; }
    void setExportSide(int side);
    bool canExport() const;
    QString exportText() const; ///< what would be written: layer, K and θ of the window

    bool isRunning() const { return m_job != 0; }
    QString notice() const { return m_notice; } ///< what was imported or written last

    /// Checks the files without importing them.
    Q_INVOKABLE void lint();
    Q_INVOKABLE void runImport();
    Q_INVOKABLE void runExport();
    Q_INVOKABLE void dismissNotice();

Q_SIGNALS:
    void importChanged();
    void exportChanged();
    void findingsChanged();
    void runningChanged();
    void noticeChanged();
    void started();

private:
    const pipeline::ImportKind& chosenImport() const;
    const pipeline::ExportKind& chosenExport() const;
    void dropFindings();
    void setNotice(const QString& notice);
    void sayImported(const pipeline::Imported& imported, const QString& output);

    JobController& m_jobs;
    StudySession& m_session;
    int m_importKind = 0;
    QString m_importSource, m_importOutput;
    int m_importSide = 0;
    int m_importLayer = 0;
    QStringList m_findings;
    QString m_findingsText;
    int m_exportKind = 0;
    QString m_exportOutput;
    int m_exportSide = 1;
    QString m_notice;
    int m_job = 0;
    int m_lintJob = 0;
};

} // namespace palimpsest::app
