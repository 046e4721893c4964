list(APPEND palimpsest_view_files
    concepts/AnnotationBar.qml
    concepts/ClassShares.qml
    concepts/ClassTag.qml
    concepts/ConceptCard.qml
    concepts/ConceptDelegate.qml
    concepts/ConceptHeader.qml
    concepts/ConceptLabels.qml
    concepts/ConceptListPane.qml
    concepts/ConceptsView.qml
    concepts/CounterpartPane.qml
    concepts/OverlapDelegate.qml
    concepts/OverlapShares.qml
    concepts/SentenceDelegate.qml
    concepts/ShareBar.qml
    concepts/StatusBadge.qml
    concepts/WordDifference.qml
    concepts/WordList.qml)
