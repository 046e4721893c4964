// Annotations as files, and how far two annotators agree: the part of Annotations that leaves the project.
#include "bridge/annotations.h"

#include <array>
#include <map>
#include <utility>

#include "bridge/job_controller.h"
#include "bridge/paths.h"
#include "exchange/annotation_files.h"
#include "models/number_text.h"

namespace palimpsest::app {

using project::Annotation;
using project::AnnotationChange;

void Annotations::exportTo(const QString& pathOrUrl)
{
    const QString path = toLocalFile(pathOrUrl);
    using Count = std::size_t;
    auto work = [path, all = m_all](const base::JobContext&) -> base::Result<Count> {
        PALIMPSEST_CHECK(exchange::writeAnnotations(toPath(path), all));
        return all.size();
    };
    auto done = [this, path](const base::Result<Count>& written) {
        if (written)
            setNotice(tr("%1 annotations were written to %2").arg(countText(written.value()), path));
    };
    m_jobs.start<Count>({tr("Exporting annotations")}, this, std::move(work), std::move(done));
}

void Annotations::importFrom(const QString& pathOrUrl)
{
    if (!m_session.isOpen())
        return;
    using Keys = std::map<std::pair<int, int>, base::Fingerprint>;
    using Read = std::pair<std::vector<Annotation>, Keys>;
    auto work = [path = toLocalFile(pathOrUrl), results = m_session.results()](
                    const base::JobContext&) -> base::Result<Read> {
        PALIMPSEST_TRY(read, exchange::readAnnotations(toPath(path)));
        Keys keys;
        for (const int layer : results->layers()) {
            for (const project::Side side : std::array{project::Side::Base, project::Side::FineTuned}) {
                PALIMPSEST_TRY(key, results->treeKey(side, layer));
                keys.emplace(std::pair(static_cast<int>(side), layer), key);
            }
        }
        return Read(std::move(read), std::move(keys));
    };
    auto done = [this, asked = m_project](const base::Result<Read>& read) {
        if (read && asked == m_project)
            adoptImport(read.value().first, read.value().second);
    };
    m_jobs.start<Read>({tr("Importing annotations")}, this, std::move(work), std::move(done));
}

void Annotations::adoptImport(
    const std::vector<Annotation>& read, const std::map<std::pair<int, int>, base::Fingerprint>& trees)
{
    std::map<project::AnnotationKey, AnnotationChange> changes;
    std::size_t foreign = 0;
    for (const Annotation& annotation : read) {
        const auto tree = trees.find({static_cast<int>(annotation.key.side), annotation.key.layer});
        if (tree == trees.end() || tree->second != annotation.tree) {
            ++foreign;
            continue;
        }
        AnnotationChange& change = changes[annotation.key];
        change.key = annotation.key;
        if (!annotation.isEmpty())
            change.after = annotation;
    }
    for (const Annotation& annotation : m_all) {
        if (const auto found = changes.find(annotation.key); found != changes.end())
            found->second.before = annotation;
    }
    std::vector<AnnotationChange> ordered;
    for (auto& [key, change] : changes)
        ordered.push_back(std::move(change));
    QString text = tr("%1 annotations were imported").arg(countText(ordered.size()));
    if (foreign > 0)
        text += tr("; %1 were left out, because they were made on another run").arg(countText(foreign));
    if (!ordered.empty())
        push(tr("import of %1 annotations").arg(countText(ordered.size())), ordered);
    setNotice(text);
}

QStringList Annotations::agreementWith(const QString& other) const
{
    QStringList lines;
    const std::array kinds{std::pair(project::Judgement::Name, tr("Names")),
        std::pair(project::Judgement::Rating, tr("Ratings")),
        std::pair(project::Judgement::Tags, tr("Tags"))};
    for (const auto& [judgement, title] : kinds) {
        const auto agreement
            = project::agreementOf(m_all, m_annotator.toStdString(), other.toStdString(), judgement);
        if (agreement.items == 0)
            lines.append(tr("%1: nothing that both have judged").arg(title));
        else if (!agreement.kappa)
            lines.append(tr("%1: κ is not defined, since both give one answer only (%2 items)")
                             .arg(title, countText(agreement.items)));
        else
            lines.append(
                tr("%1: κ = %2, %3 items, %4 equal, %5 by chance")
                    .arg(title, QString::number(*agreement.kappa, 'f', 2), countText(agreement.items),
                        percentText(agreement.observed), percentText(agreement.expected)));
    }
    return lines;
}

} // namespace palimpsest::app
