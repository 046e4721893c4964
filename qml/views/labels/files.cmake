list(APPEND palimpsest_view_files
    labels/LabelConceptDelegate.qml
    labels/LabelConceptsPane.qml
    labels/LabelControls.qml
    labels/LabelCurvesPane.qml
    labels/LabelMatrixPane.qml
    labels/LabelSetDelegate.qml
    labels/LabelSetPane.qml
    labels/LabelShares.qml
    labels/LabelsView.qml)
