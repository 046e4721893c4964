# The frame around the views: annotations, places, actions, search; run without a display.
foreach(name tst_annotations tst_navigation tst_word_views)
    palimpsest_test(${name} LIBS palimpsest_models palimpsest_modelsplugin palimpsest_sample_project)
    set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT "QT_QPA_PLATFORM=offscreen")
endforeach()
