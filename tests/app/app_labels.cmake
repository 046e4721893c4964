# Models of labels and of files of other programs, run without a display.
foreach(name tst_label_session tst_label_browser tst_label_form tst_exchange_form)
    palimpsest_test(${name} SOURCES label_fixture.h LIBS ${app_model_libs})
    set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT "QT_QPA_PLATFORM=offscreen")
endforeach()
