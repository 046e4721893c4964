list(APPEND palimpsest_view_files
    map/MapHoverCard.qml
    map/MapLegend.qml
    map/MapMessage.qml
    map/MapNames.qml
    map/MapRegionPanel.qml
    map/MapToolBar.qml
    map/MapView.qml)
