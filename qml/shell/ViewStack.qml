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
    required property JobController jobs
    required property Navigator navigator
    readonly property alias words: wordsModel
    readonly property alias browser: conceptBrowser
    required property LabelSession labels
    required property LabelForm labelForm
    property int labelsPage: 0 // matrix or curves of the Labels view
    signal conceptRequested()
    signal labelsRequested(int set) // -1: new ones
    signal importRequested()
    signal exportRequested()

    OverviewModel {
        id: overviewModel
        session: root.session
    }
    ConceptBrowser {
        id: conceptBrowser
        session: root.session
        selection: root.selection
        annotations: root.annotations
        labels: root.labels
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
        labels: root.labels
        selection: root.selection
        jobs: root.jobs
    }

    KeptLoader {
        sourceComponent: OverviewView {
            session: root.session
            overview: overviewModel
            labels: labelBrowser
            suggestions: SuggestionListModel {
                session: root.session
                jobs: root.jobs
            }
            onConceptChosen: (layer, side, conceptId) => root.navigator.showConcept(layer, side, conceptId, "concepts")
        }
    }
    KeptLoader {
        sourceComponent: ConceptsView {
            session: root.session
            selection: root.selection
            browser: conceptBrowser
            labels: labelBrowser
        }
    }
    KeptLoader {
        sourceComponent: AlignmentView {
            session: root.session
            selection: root.selection
            browser: conceptBrowser
        }
    }
    KeptLoader {
        sourceComponent: LabelsView {
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
            session: root.session
            selection: root.selection
            browser: conceptBrowser
            model: DendrogramModel {
                session: root.session
                selection: root.selection
            }
        }
    }
    KeptLoader {
        sourceComponent: LayersView {
            session: root.session
            model: LayerMatrixModel {
                session: root.session
                navigator: root.navigator
            }
        }
    }
    KeptLoader {
        sourceComponent: FlowView {
            session: root.session
            model: FlowModel {
                session: root.session
                selection: root.selection
                navigator: root.navigator
            }
        }
    }

    KeptLoader {
        sourceComponent: MapView {
            session: root.session
            selection: root.selection
            browser: conceptBrowser
            model: MapModel {
                session: root.session
                selection: root.selection
            }
        }
    }
    KeptLoader {
        sourceComponent: WordsView {
            session: root.session
            words: wordsModel
            onConceptChosen: (layer, side, conceptId) => root.navigator.showConcept(layer, side, conceptId, "concepts")
        }
    }

    /// Loads at first sight.
    component KeptLoader: Loader {
        active: false
        onVisibleChanged: active = active || visible
        Component.onCompleted: active = visible
    }
}
