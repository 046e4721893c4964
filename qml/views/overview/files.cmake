list(APPEND palimpsest_view_files
    overview/Headline.qml
    overview/LayerTable.qml
    overview/OverviewView.qml
    overview/Suggestions.qml)
