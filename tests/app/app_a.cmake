# Models of the shell, run without a display.
set(app_model_libs palimpsest_models palimpsest_modelsplugin palimpsest_sample_project)
foreach(name tst_job_controller tst_study_session tst_layer_strip_model tst_overview_model tst_new_project_model)
    palimpsest_test(${name} LIBS ${app_model_libs})
    set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT "QT_QPA_PLATFORM=offscreen")
endforeach()
