# The Map view over a small real project, used as a person uses it.
palimpsest_test(tst_map_view SOURCES tree_views_setup.h WINDOW
    LIBS palimpsest_views palimpsest_viewsplugin palimpsest_sample_project Qt6::QuickTest)
target_compile_definitions(tst_map_view PRIVATE
    PALIMPSEST_QML_TEST="${CMAKE_CURRENT_LIST_DIR}/tst_MapView.qml" QT_NO_CAST_FROM_ASCII QT_NO_KEYWORDS)
