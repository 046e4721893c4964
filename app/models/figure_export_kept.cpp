// The figures that the project remembers.
#include <QJsonDocument>
#include <QJsonObject>

#include "bridge/job_controller.h"
#include "bridge/navigator.h"
#include "bridge/paths.h"
#include "bridge/place_detail.h"
#include "bridge/study_session.h"
#include "figures/seen_part.h"
#include "models/figure_export.h"

namespace palimpsest::app {

namespace {

bool isPartOfFigure(const std::string& detail)
{
    const QString part
        = QJsonDocument::fromJson(QByteArray::fromStdString(detail)).object()[kPartName].toString();
    return !part.isEmpty() && part != kAllSeen;
}

/// The place of a figure that shows all there is, whatever was seen.
std::string withoutZoom(const std::string& detail)
{
    const QJsonObject values = detailWithoutPart(detail);
    return values.isEmpty() ? std::string()
                            : QJsonDocument(values).toJson(QJsonDocument::Compact).toStdString();
}

} // namespace

void FigureExport::setNavigator(Navigator* navigator)
{
    m_navigator = navigator;
}

QStringList FigureExport::kept() const
{
    QStringList names;
    for (const project::SavedFigure& figure : m_kept)
        names.append(QString::fromStdString(figure.name));
    return names;
}

QString FigureExport::keptText(int kept) const
{
    if (kept < 0 || kept >= static_cast<int>(m_kept.size()))
        return {};
    const project::SavedFigure& figure = m_kept[static_cast<std::size_t>(kept)];
    return tr("%1, layer %2, K = %3, %4 mm, %5")
        .arg(QString::fromStdString(figure.figure), QString::number(figure.place.layer),
            QString::number(figure.place.k), QString::number(figure.widthMm),
            QString::fromStdString(figure.format).toUpper());
}

void FigureExport::readKept()
{
    m_kept.clear();
    Q_EMIT keptChanged();
    if (!m_session.isOpen())
        return;
    const auto path = toPath(m_session.projectPath());
    m_jobs.start<Kept>(
        {}, this,
        [path](const base::JobContext&) -> base::Result<Kept> {
            PALIMPSEST_TRY(file, project::ProjectFile::open(path, project::ProjectFile::Mode::ReadOnly));
            return project::FigureStore(file).read();
        },
        [this, path](const base::Result<Kept>& result) {
            if (!result || path != toPath(m_session.projectPath()))
                return;
            m_kept = result.value();
            Q_EMIT keptChanged();
        });
}

void FigureExport::changeKept(
    const std::function<base::Status(const project::FigureStore&)>& change, const QString& notice)
{
    const auto path = toPath(m_session.projectPath());
    m_jobs.start<bool>(
        {}, this,
        [path, change](const base::JobContext&) -> base::Result<bool> {
            PALIMPSEST_TRY(file, project::ProjectFile::open(path, project::ProjectFile::Mode::ReadWrite));
            PALIMPSEST_CHECK(change(project::FigureStore(file)));
            return true;
        },
        [this, notice](const base::Result<bool>& result) {
            if (!result)
                return;
            say(notice);
            readKept();
        });
}

void FigureExport::keep(const QString& name)
{
    if (m_current < 0 || !m_navigator || name.trimmed().isEmpty())
        return;
    project::SavedFigure saved;
    saved.name = figureFileStem(name.trimmed()).toStdString();
    saved.figure = this->name().toStdString();
    saved.place = m_navigator->savedPlace();
    if (!m_asZoomed && isZoomed())
        saved.place.detail = withoutZoom(saved.place.detail);
    saved.format = endingOf(m_format).toStdString();
    rememberOptions(m_options, saved);
    changeKept([saved](const project::FigureStore& store) { return store.put(saved); },
        tr("The project remembers %1; palimpsest figure --all writes it again")
            .arg(QString::fromStdString(saved.name)));
}

void FigureExport::forget(int kept)
{
    if (kept < 0 || kept >= static_cast<int>(m_kept.size()))
        return;
    changeKept([name = m_kept[static_cast<std::size_t>(kept)].name](
                   const project::FigureStore& store) { return store.remove(name); },
        {});
}

void FigureExport::show(int kept)
{
    if (kept < 0 || kept >= static_cast<int>(m_kept.size()) || !m_navigator)
        return;
    const project::SavedFigure saved = m_kept[static_cast<std::size_t>(kept)];
    m_navigator->showSaved(saved.place, saved.place.conceptId >= 0);
    change([&] {
        m_preset = static_cast<int>(figurePresets().size());
        m_options = rememberedOptions(saved);
        m_asZoomed = isPartOfFigure(saved.place.detail);
        for (const FigureFormat format : {FigureFormat::Svg, FigureFormat::Pdf, FigureFormat::Png}) {
            if (endingOf(format).toStdString() == saved.format)
                m_format = format;
        }
    });
}

} // namespace palimpsest::app
