list(APPEND palimpsest_view_files
    overview/LayerTable.qml
    overview/OverviewView.qml)
