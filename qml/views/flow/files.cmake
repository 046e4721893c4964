list(APPEND palimpsest_view_files
    flow/FlowPanel.qml
    flow/FlowView.qml
    flow/LineageList.qml)
