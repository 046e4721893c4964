# Models of the Concepts and Alignment views, and the figures they are drawn with.
add_library(palimpsest_concept_fixture STATIC ${CMAKE_CURRENT_LIST_DIR}/concept_fixture.cpp)
target_include_directories(palimpsest_concept_fixture PUBLIC ${CMAKE_CURRENT_LIST_DIR})
target_link_libraries(palimpsest_concept_fixture PUBLIC palimpsest_align PRIVATE palimpsest_flags)

foreach(name tst_concept_list_model tst_concept_filter_model tst_concept_card_model tst_concept_browser)
    palimpsest_test(${name} MODULES models LIBS palimpsest_concept_fixture)
endforeach()
foreach(name tst_alignment_matrix tst_word_cloud_layout)
    palimpsest_test(${name} MODULES figures LIBS palimpsest_concept_fixture WINDOW)
endforeach()
