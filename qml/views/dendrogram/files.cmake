list(APPEND palimpsest_view_files
    dendrogram/DendrogramLegend.qml
    dendrogram/DendrogramToolBar.qml
    dendrogram/DendrogramView.qml
    dendrogram/NodeHoverCard.qml
    dendrogram/SubtreePanel.qml)
