# The Dendrogram, Layers and Flow views over a small real project, used as a person uses them.
foreach(view DendrogramView LayersView FlowView)
    string(REGEX REPLACE "([a-z])([A-Z])" "\\1_\\2" name ${view})
    string(TOLOWER tst_${name} name)
    palimpsest_test(${name} SOURCES tree_views_setup.h WINDOW
        LIBS palimpsest_views palimpsest_viewsplugin palimpsest_sample_project Qt6::QuickTest)
    target_compile_definitions(${name} PRIVATE
        PALIMPSEST_QML_TEST="${CMAKE_CURRENT_LIST_DIR}/tst_${view}.qml" QT_NO_CAST_FROM_ASCII QT_NO_KEYWORDS)
endforeach()
