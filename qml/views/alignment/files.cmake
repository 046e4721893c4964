list(APPEND palimpsest_view_files
    alignment/AlignmentToolBar.qml
    alignment/AlignmentView.qml
    alignment/HoverCard.qml
    alignment/PairPanel.qml
    alignment/StatusLegend.qml)
