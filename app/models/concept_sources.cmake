# Models of the Concepts and Alignment views; part of palimpsest_models.
set(palimpsest_concept_sources)
foreach(name
        concept_access
        concept_text
        word_table_model
        sentence_list_model
        class_share_model
        overlap_list_model
        concept_list_model
        concept_filter_model
        concept_card_model
        concept_pair
        concept_browser
        dendrogram_model
        flow_model
        layer_matrix_model
        layer_pair_list_model
        lineage_list_model
        tree_node_card)
    list(APPEND palimpsest_concept_sources
        ${CMAKE_CURRENT_LIST_DIR}/${name}.h ${CMAKE_CURRENT_LIST_DIR}/${name}.cpp)
endforeach()
