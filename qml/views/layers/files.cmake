list(APPEND palimpsest_view_files
    layers/LayerPairPanel.qml
    layers/LayersView.qml)
