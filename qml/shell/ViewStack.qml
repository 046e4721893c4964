import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models
import Palimpsest.Views

// The views in the order of view_registry; each is made when first looked at and kept.
StackLayout {
    id: root
    required property StudySession session
    required property Selection selection
    required property Annotations annotations
    required property Story story
    required property JobController jobs
    required property Navigator navigator
    readonly property alias words: wordsModel
    readonly property alias browser: conceptBrowser
    required property LabelSession labels
    required property LabelForm labelForm
    property int labelsPage: 0 // matrix or curves of the Labels view
    property int taskPart: 0 // polarity, trigger lab or sentence of the Task view
    signal actionRequested(string action)
    signal presentRequested(int row)
    signal conceptRequested()
    signal labelsRequested(int set) // -1: new ones
    signal importRequested()
    signal exportRequested()

    /// What hidden views show is not brought up to date.
    function shows(views: var): bool {
        return views.includes(navigator.viewId);
    }

    OverviewModel {
        id: overviewModel
        active: root.shows(["overview"])
        session: root.session
    }
    ConceptBrowser {
        id: conceptBrowser
        active: root.shows(["concepts", "alignment", "dendrogram", "flow", "map"])
        session: root.session
        selection: root.selection
        annotations: root.annotations
        labels: root.labels
    }

    SortKeeper {
        settings: Theme.settings
        concepts: conceptBrowser.concepts
        labels: labelBrowser
    }
    WordsModel {
        id: wordsModel
        active: false // until its view is looked at
        session: root.session
        jobs: root.jobs
        annotations: root.annotations
    }
    LabelBrowser {
        id: labelBrowser
        active: root.shows(["overview", "concepts", "labels"])
        labels: root.labels
        selection: root.selection
        annotations: root.annotations
        jobs: root.jobs
    }

    KeptLoader {
        sourceComponent: OverviewView {
            session: root.session
            overview: overviewModel
            labels: labelBrowser
            suggestions: SuggestionListModel {
                session: root.session
                labels: root.labels
                annotations: root.annotations
                jobs: root.jobs
            }
            onConceptChosen: (layer, side, conceptId) => root.navigator.showConcept(layer, side, conceptId, "concepts")
        }
    }
    KeptLoader {
        sourceComponent: ConceptsView {
            Detail { view: "concepts"; target: conceptBrowser.concepts; names: ["text", "status", "taskClass", "label", "annotationChoice", "minimumSize", "sortKey", "descending"] }
            session: root.session
            selection: root.selection
            browser: conceptBrowser
            labels: labelBrowser
        }
    }
    KeptLoader {
        sourceComponent: AlignmentView {
            id: alignmentView
            Detail { view: "alignment"; target: alignmentView.matrixItem; names: ["shareOf", "hideBelowTheta", "hideUnaligned", "viewport"] }
            session: root.session
            selection: root.selection
            browser: conceptBrowser
        }
    }
    KeptLoader {
        sourceComponent: LabelsView {
            id: labelsView
            Detail { view: "labels"; target: root; names: ["labelsPage"] }
            Detail { view: "labels"; target: root.labels; names: ["current", "theta"]; steps: ["current"] }
            Detail { view: "labels"; target: labelBrowser; names: ["rows", "sort", "sortedColumn", "text", "pickedSide", "listKind", "pickedLabel"] }
            Detail { view: "labels"; target: labelsView.matrixItem; names: ["viewport"] }
            browser: labelBrowser
            form: root.labelForm
            page: root.labelsPage
            onPageActivated: page => root.labelsPage = page
            onConceptRequested: root.conceptRequested()
            onAddRequested: root.labelsRequested(-1)
            onChangeRequested: set => root.labelsRequested(set)
            onImportRequested: root.importRequested()
            onExportRequested: root.exportRequested()
        }
    }
    KeptLoader {
        sourceComponent: DendrogramView {
            id: dendrogramView
            Detail { view: "dendrogram"; target: dendrogramView.model; names: ["labelSet", "roomBySize"] }
            Detail { view: "dendrogram"; target: dendrogramView.figureItem; names: ["colorBy", "sides", "axis", "unalignedLinks", "viewport"] }
            session: root.session
            selection: root.selection
            browser: conceptBrowser
            model: DendrogramModel {
                session: root.session
                annotations: root.annotations
                selection: root.selection
            }
        }
    }
    KeptLoader {
        sourceComponent: LayersView {
            id: layersView
            Detail { view: "layers"; target: layersView.model; names: ["models"] }
            Detail { view: "layers"; target: layersView.matrixItem; names: ["share"] }
            session: root.session
            model: LayerMatrixModel {
                session: root.session
                annotations: root.annotations
                navigator: root.navigator
            }
        }
    }
    KeptLoader {
        sourceComponent: FlowView {
            id: flowView
            Detail { view: "flow"; target: flowView.model; names: ["across", "grouping"] }
            session: root.session
            model: FlowModel {
                session: root.session
                annotations: root.annotations
                selection: root.selection
                navigator: root.navigator
            }
        }
    }

    KeptLoader {
        sourceComponent: MapView {
            id: mapView
            Detail { view: "map"; target: mapView.model; names: ["method", "coloring", "search"] }
            Detail { view: "map"; target: mapView; names: ["frame"] }
            Detail { view: "map"; target: mapView.figureItem; names: ["viewport"] }
            session: root.session
            selection: root.selection
            browser: conceptBrowser
            model: MapModel {
                session: root.session
                annotations: root.annotations
                selection: root.selection
            }
        }
    }
    KeptLoader {
        sourceComponent: WordsView {
            Detail { view: "words"; target: wordsModel; names: ["word", "second"]; steps: ["word", "second"] }
            session: root.session
            words: wordsModel
            onConceptChosen: (layer, side, conceptId) => root.navigator.showConcept(layer, side, conceptId, "concepts")
        }
    }
    KeptLoader {
        sourceComponent: TaskView {
            id: taskView
            Detail { view: "task"; target: root; names: ["taskPart"] }
            Detail { view: "task"; target: taskView.model.polarity; names: ["definition", "fineTuned", "classIndex", "balanced"] }
            Detail { view: "task"; target: taskView.model.lab; names: ["position"] }
            Detail { view: "task"; target: taskView.model.sentence; names: ["text", "method"] }
            session: root.session
            selection: root.selection
            model: TaskModel {
                session: root.session
                selection: root.selection
                annotations: root.annotations
            }
            part: root.taskPart
            onPartActivated: part => root.taskPart = part
            onConceptChosen: (layer, side, conceptId) => root.navigator.showConcept(layer, side, conceptId, "")
        }
    }

    KeptLoader {
        sourceComponent: StoryView {
            story: root.story
            onPresentRequested: row => root.presentRequested(row)
            onPageRequested: root.actionRequested("story.page")
            onPdfRequested: root.actionRequested("story.pdf")
        }
    }

    /// What a place of a view remembers beside layer, K, θ and selection.
    component Detail: PlaceDetail {
        navigator: root.navigator
    }
}
