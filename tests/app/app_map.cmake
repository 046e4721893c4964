# Figure and model of the Map view.
palimpsest_test(tst_scatter MODULES figures WINDOW)
palimpsest_test(tst_map_model LIBS palimpsest_models palimpsest_modelsplugin palimpsest_sample_project)
set_property(TEST tst_map_model APPEND PROPERTY ENVIRONMENT "QT_QPA_PLATFORM=offscreen")
