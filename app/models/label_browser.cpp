#include "models/label_browser.h"

#include <algorithm>
#include <utility>

#include "bridge/job_controller.h"
#include "bridge/study_session.h"
#include "figures/seen_part.h"
#include "models/concept_text.h"

namespace palimpsest::app {

namespace {

constexpr std::size_t kShownShares = 200;

} // namespace

LabelBrowser::LabelBrowser(QObject* parent)
    : QObject(parent)
    , m_numbersTurn([this] { layersChanged(); })
    , m_listTurn([this] { refreshList(); })
{
}

void LabelBrowser::setActive(bool active)
{
    if (active == isActive())
        return;
    m_numbersTurn.setActive(active);
    m_listTurn.setActive(active);
    Q_EMIT activeChanged();
}

void LabelBrowser::setLabels(LabelSession* labels)
{
    if (labels == m_labels)
        return;
    if (m_labels)
        disconnect(m_labels, nullptr, this, nullptr);
    m_labels = labels;
    m_sets.setLabels(labels);
    if (labels) {
        connect(labels, &LabelSession::setsChanged, this, &LabelBrowser::setsChanged);
        connect(labels, &LabelSession::currentChanged, this, &LabelBrowser::currentChanged);
        connect(labels, &LabelSession::layersChanged, this, [this] { m_numbersTurn.ask(); });
        connect(labels, &LabelSession::computingChanged, this, &LabelBrowser::chanceTextChanged);
        connect(labels, &LabelSession::chanceChanged, this, &LabelBrowser::chanceChanged);
        connect(&labels->study(), &StudySession::openingChanged, this, &LabelBrowser::stateChanged);
    }
    Q_EMIT labelsChanged();
    setsChanged();
}

void LabelBrowser::setAnnotations(Annotations* annotations)
{
    if (annotations == m_annotations)
        return;
    if (m_annotations)
        disconnect(m_annotations, nullptr, this, nullptr);
    m_annotations = annotations;
    m_concepts.setAnnotations(annotations);
    if (annotations) // the title of the shares has a name in it
        connect(annotations, &Annotations::changed, this, &LabelBrowser::listChanged);
    Q_EMIT annotationsChanged();
    Q_EMIT listChanged();
}

void LabelBrowser::setSelection(Selection* selection)
{
    if (selection == m_selection)
        return;
    if (m_selection)
        disconnect(m_selection, nullptr, this, nullptr);
    m_selection = selection;
    if (selection) {
        connect(selection, &Selection::conceptChanged, this, &LabelBrowser::refreshShares);
        const auto showSide = [this] {
            LabelMatrixOptions options = m_options;
            options.shown = m_selection->shown();
            changeOptions(options);
            if (m_selection->shown() != Selection::ShowBoth)
                setPickedSide(
                    m_selection->shown() == Selection::ShowBase ? Selection::Base : Selection::FineTuned);
        };
        connect(selection, &Selection::shownChanged, this, showSide);
        showSide();
    }
    Q_EMIT selectionChanged();
    refreshShares();
}

void LabelBrowser::setJobs(JobController* jobs)
{
    if (jobs == m_jobs)
        return;
    m_jobs = jobs;
    Q_EMIT jobsChanged();
    requestMatrix();
}

LabelBrowser::State LabelBrowser::state() const
{
    if (!m_labels || !m_labels->study().isOpen())
        return m_labels && m_labels->study().isOpening() ? Computing : NothingOpen;
    if (!m_labels->sets())
        return Computing;
    if (m_labels->count() == 0)
        return NoSets;
    return m_labels->shownLayer() ? Ready : Computing;
}

void LabelBrowser::setsChanged()
{
    m_sets.reset();
    m_curves.setLabels(m_labels);
    Q_EMIT stateChanged();
    currentChanged();
    layersChanged();
}

void LabelBrowser::currentChanged()
{
    LabelMatrixOptions options = m_options;
    options.set = static_cast<std::size_t>(std::max(0, m_labels ? m_labels->current() : 0));
    options.text.clear();
    if (options.sort == LabelMatrixOptions::Sort::Column)
        options.sort = LabelMatrixOptions::Sort::Concepts;
    m_pickedLabel = -1;
    m_options = options;
    Q_EMIT optionsChanged();
    Q_EMIT pickedChanged();
    fillLabelCurve(m_currentCurve, m_labels, m_labels ? m_labels->current() : -1);
    requestMatrix();
    refreshList();
}

void LabelBrowser::layersChanged()
{
    m_sets.refreshNumbers();
    m_curves.refresh(-1);
    fillLabelCurve(m_currentCurve, m_labels, m_labels ? m_labels->current() : -1);
    requestMatrix();
    m_listTurn.ask();
    Q_EMIT pickedChanged();
    Q_EMIT stateChanged();
}

void LabelBrowser::chanceChanged(int set)
{
    m_sets.refreshNumbers();
    m_curves.refresh(set);
    if (set < 0 || set == m_labels->current()) {
        fillLabelCurve(m_currentCurve, m_labels, m_labels->current());
        requestMatrix();
    }
    Q_EMIT chanceTextChanged();
}

void LabelBrowser::changeOptions(const LabelMatrixOptions& options)
{
    m_options = options;
    Q_EMIT optionsChanged();
    requestMatrix();
}

std::vector<LabelMatrixLayer> LabelBrowser::matrixLayers() const
{
    std::vector<LabelMatrixLayer> layers;
    if (!m_labels || m_labels->current() < 0)
        return layers;
    const QList<int> all = m_labels->study().layers();
    for (const int number : all) {
        auto layer = m_labels->layer(number);
        if (layer && layer->labelSets == m_labels->sets())
            layers.push_back({std::move(layer), m_labels->chance(m_labels->current(), number)});
    }
    return layers;
}

void LabelBrowser::requestMatrix()
{
    if (!m_jobs)
        return;
    m_matrixStale = m_matrixJob != 0;
    if (m_matrixStale)
        return; // one at a time; the newest wish is asked for when it has ended
    LabelMatrixOptions options = m_options;
    if (options.sort == LabelMatrixOptions::Sort::Change)
        options.sortedLayer = pickedLayer();
    using Matrix = std::shared_ptr<const LabelMatrix>;
    auto work = [layers = matrixLayers(), options](const base::JobContext&) -> base::Result<Matrix> {
        return makeLabelMatrix(layers, options);
    };
    auto done = [this](const base::Result<Matrix>& matrix) {
        m_matrixJob = 0;
        if (matrix) {
            m_matrix = matrix.value();
            Q_EMIT matrixChanged();
        }
        if (m_matrixStale)
            requestMatrix();
    };
    m_matrixJob = m_jobs->start<Matrix>({}, this, std::move(work), std::move(done));
}

QString LabelBrowser::summary() const
{
    const QString count = countText(static_cast<std::uint64_t>(rowCount()));
    switch (rows()) {
    case CarriedLabels:
        return rowCount() == 1 ? tr("1 label with concepts") : tr("%1 labels with concepts").arg(count);
    case BareLabels:
        return rowCount() == 1 ? tr("1 label without a concept")
                               : tr("%1 labels without a concept").arg(count);
    case AllLabels:
        break;
    }
    return rowCount() == 1 ? tr("1 label") : tr("%1 labels").arg(count);
}

QString LabelBrowser::chanceText() const
{
    if (!m_labels || m_labels->count() == 0)
        return {};
    if (m_labels->isComputing())
        return tr("Comparing…");
    if (m_labels->chanceDone() >= m_labels->chanceTotal())
        return {};
    return tr("Chance levels, %1 of %2").arg(m_labels->chanceDone()).arg(m_labels->chanceTotal());
}

void LabelBrowser::setRows(Rows rows)
{
    LabelMatrixOptions options = m_options;
    options.rows = static_cast<LabelMatrixOptions::Rows>(rows);
    changeOptions(options);
}

void LabelBrowser::setSort(Sort sort)
{
    LabelMatrixOptions options = m_options;
    options.sort = static_cast<LabelMatrixOptions::Sort>(sort);
    if (sort == ByColumn) {
        options.sortedLayer = pickedLayer();
        options.sortedSide = static_cast<Selection::Side>(m_pickedSide);
    }
    changeOptions(options);
}

int LabelBrowser::sortedLayer() const
{
    return sort() == ByColumn ? m_options.sortedLayer : -1;
}

void LabelBrowser::setText(const QString& text)
{
    LabelMatrixOptions options = m_options;
    options.text = text.toStdString();
    changeOptions(options);
}

void LabelBrowser::sortByColumn(int layer, int side)
{
    LabelMatrixOptions options = m_options;
    options.sort = LabelMatrixOptions::Sort::Column;
    options.sortedLayer = layer;
    options.sortedSide = static_cast<Selection::Side>(side);
    changeOptions(options);
}

int LabelBrowser::pickedLayer() const
{
    return m_labels ? m_labels->study().layer() : -1;
}

void LabelBrowser::setPickedSide(int side)
{
    if (side == m_pickedSide)
        return;
    m_pickedSide = side;
    Q_EMIT pickedChanged();
    refreshList();
}

QString LabelBrowser::sortedColumn() const
{
    return sort() == ByColumn
        ? numbersText({static_cast<double>(sortedLayer()), static_cast<double>(sortedSide())})
        : QString();
}

void LabelBrowser::setSortedColumn(const QString& column)
{
    if (const auto numbers = numbersOf(column, 2))
        sortByColumn(
            static_cast<int>(numbers->at(0)), numbers->at(1) == 0.0 ? Selection::Base : Selection::FineTuned);
}

void LabelBrowser::setPickedLabel(int label)
{
    if (label == m_pickedLabel)
        return;
    m_pickedLabel = label;
    Q_EMIT pickedChanged();
    refreshList();
}

void LabelBrowser::setListKind(int kind)
{
    if (kind == m_listKind)
        return;
    m_listKind = kind;
    Q_EMIT pickedChanged();
    refreshList();
}

void LabelBrowser::pickCell(int label, int layer, int side)
{
    if (!m_labels)
        return;
    m_pickedLabel = label;
    m_pickedSide = side;
    if (m_listKind == LabelConceptListModel::Unaligned)
        m_listKind = LabelConceptListModel::Carriers;
    m_labels->study().setLayer(layer);
    Q_EMIT pickedChanged();
    refreshList();
}

QString LabelBrowser::labelText(int label) const
{
    const auto sets = m_labels ? m_labels->sets() : nullptr;
    const auto set = static_cast<std::size_t>(m_labels ? std::max(0, m_labels->current()) : 0);
    if (!sets || set >= sets->size() || !(*sets)[set].table || label < 0
        || static_cast<std::size_t>(label) >= (*sets)[set].table->labelCount())
        return {};
    return QString::fromStdString((*sets)[set].table->labelName(static_cast<label::LabelId>(label)));
}

QString LabelBrowser::listTitle() const
{
    const QString label = labelText(m_pickedLabel);
    switch (m_listKind) {
    case LabelConceptListModel::NearMisses:
        return label.isEmpty() ? tr("Near misses") : tr("Near misses of %1").arg(label);
    case LabelConceptListModel::Unaligned:
        return tr("Unaligned concepts");
    default:
        return label.isEmpty() ? tr("Aligned concepts") : tr("Concepts that carry %1").arg(label);
    }
}

QString LabelBrowser::listNote() const
{
    return tr("%1 in layer %2 of the %3")
        .arg(countText(static_cast<std::uint64_t>(m_concepts.count())), QString::number(pickedLayer()),
            modelText(static_cast<Selection::Side>(m_pickedSide)));
}

int LabelBrowser::currentRow() const
{
    if (!m_selection || m_selection->side() != m_pickedSide)
        return -1;
    return m_concepts.rowOf(m_selection->conceptId());
}

void LabelBrowser::selectRow(int row)
{
    const int id = m_concepts.conceptAt(row);
    if (m_selection && id >= 0)
        m_selection->selectConcept(static_cast<Selection::Side>(m_pickedSide), id);
}

void LabelBrowser::step(int steps)
{
    if (m_concepts.count() == 0)
        return;
    const int row = currentRow();
    selectRow(row < 0 ? 0 : std::clamp(row + steps, 0, m_concepts.count() - 1));
}

void LabelBrowser::refreshList()
{
    LabelConceptListModel::Choice choice;
    auto layer = m_labels ? m_labels->shownLayer() : nullptr;
    if (layer && layer->labelSets == m_labels->sets() && m_labels->current() >= 0) {
        choice.layer = std::move(layer);
        choice.set = static_cast<std::size_t>(m_labels->current());
        choice.side = static_cast<Selection::Side>(m_pickedSide);
        choice.kind = static_cast<LabelConceptListModel::Kind>(m_listKind);
        choice.label = m_pickedLabel;
    }
    m_concepts.setChoice(choice);
    refreshShares();
}

void LabelBrowser::refreshShares()
{
    std::vector<LabelShareModel::Row> rows;
    std::size_t whole = 0;
    const auto layer = m_labels ? m_labels->shownLayer() : nullptr;
    const int id = m_selection ? m_selection->conceptId() : -1;
    const auto set = static_cast<std::size_t>(m_labels ? std::max(0, m_labels->current()) : 0);
    if (layer && layer->labelSets == m_labels->sets() && id >= 0 && set < layer->sets.size()) {
        const auto& counts = layer->sets[set][static_cast<std::size_t>(m_selection->side())].counts;
        if (counts && static_cast<std::size_t>(id) < counts->conceptCount()) {
            const auto concept_ = base::toId<base::ClusterId>(static_cast<std::size_t>(id));
            whole = counts->size(concept_);
            for (const align::LabelCount& cell : counts->distribution(concept_)) {
                if (rows.size() == kShownShares)
                    break;
                rows.push_back({QString::fromStdString(counts->table().labelName(cell.label)), cell.count});
            }
            if (counts->unlabelled(concept_) > 0)
                rows.push_back({tr("No label"), counts->unlabelled(concept_), true});
        }
    }
    m_shares.setRows(std::move(rows), whole);
    Q_EMIT listChanged();
}

QString LabelBrowser::shareTitle() const
{
    if (!m_selection || m_selection->conceptId() < 0 || !m_labels || m_labels->current() < 0)
        return tr("No concept is selected");
    const auto id = base::toId<base::ClusterId>(static_cast<std::size_t>(m_selection->conceptId()));
    const QString title = conceptTitle(m_annotations, ConceptRef{m_selection->side(), id});
    return tr("%1 of %2").arg(m_labels->currentName(), conceptMention(title, id));
}

QString LabelBrowser::shareNote() const
{
    if (!m_selection || m_selection->conceptId() < 0 || m_shares.count() == 0)
        return {};
    return m_labels->isByType() ? tr("%1, by distinct word").arg(sideText(m_selection->side()))
                                : tr("%1, by occurrence").arg(sideText(m_selection->side()));
}

} // namespace palimpsest::app
