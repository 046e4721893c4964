list(APPEND palimpsest_view_files overview/OverviewView.qml)
