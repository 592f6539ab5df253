# Included by tests/scanner/CMakeLists.txt: the maker of returned cards.
verso_test(scanner_lab_test LABEL unit
    SOURCES
        ${CMAKE_CURRENT_LIST_DIR}/lab/answer_sheet_test.cpp
        ${CMAKE_CURRENT_LIST_DIR}/lab/bend_test.cpp
        ${CMAKE_CURRENT_LIST_DIR}/lab/degrade_test.cpp
        ${CMAKE_CURRENT_LIST_DIR}/lab/encode_test.cpp
        ${CMAKE_CURRENT_LIST_DIR}/lab/pen_test.cpp
        ${CMAKE_CURRENT_LIST_DIR}/lab/random_test.cpp
        ${CMAKE_CURRENT_LIST_DIR}/lab/style_set_test.cpp
    LINKS verso_lab)
