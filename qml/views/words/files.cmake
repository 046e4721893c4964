list(APPEND palimpsest_view_files
    words/NearWords.qml
    words/WordPathDelegate.qml
    words/WordStandCell.qml
    words/WordsView.qml)
