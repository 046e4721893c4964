# The Concepts and Alignment views, used as a person uses them, in a real window.
foreach(view ConceptsView AlignmentView)
    string(REGEX REPLACE "([a-z])([A-Z])" "\\1_\\2" name ${view})
    string(TOLOWER tst_${name} name)
    palimpsest_test(${name} SOURCES concept_views_setup.h WINDOW
        LIBS palimpsest_views palimpsest_viewsplugin palimpsest_concept_fixture Qt6::QuickTest)
    target_compile_definitions(${name} PRIVATE
        PALIMPSEST_QML_TEST="${CMAKE_CURRENT_LIST_DIR}/tst_${view}.qml" QT_NO_CAST_FROM_ASCII QT_NO_KEYWORDS)
endforeach()
