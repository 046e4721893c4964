# Models and figures of the Dendrogram, Layers and Flow views.
foreach(name tst_dendrogram tst_layer_matrix tst_flow_figure)
    palimpsest_test(${name} MODULES figures LIBS palimpsest_concept_fixture WINDOW)
endforeach()
foreach(name tst_dendrogram_model tst_layer_matrix_model tst_flow_model)
    palimpsest_test(${name} LIBS palimpsest_models palimpsest_modelsplugin palimpsest_sample_project)
    set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT "QT_QPA_PLATFORM=offscreen")
endforeach()
