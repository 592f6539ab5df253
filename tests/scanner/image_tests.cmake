# Included by tests/scanner/CMakeLists.txt: the loaders.
verso_test(scanner_image_test LABEL unit
    SOURCES
        ${CMAKE_CURRENT_LIST_DIR}/image/damaged_files_test.cpp
        ${CMAKE_CURRENT_LIST_DIR}/image/image_loader_test.cpp
        ${CMAKE_CURRENT_LIST_DIR}/image/jpeg_header_test.cpp
        ${CMAKE_CURRENT_LIST_DIR}/image/loader_heif_test.cpp
        ${CMAKE_CURRENT_LIST_DIR}/image/loader_jpeg_test.cpp
        ${CMAKE_CURRENT_LIST_DIR}/image/loader_pdf_test.cpp
        ${CMAKE_CURRENT_LIST_DIR}/image/loader_pnm_test.cpp
        ${CMAKE_CURRENT_LIST_DIR}/image/loader_tiff_test.cpp
        ${CMAKE_CURRENT_LIST_DIR}/image/loader_webp_test.cpp
        ${CMAKE_CURRENT_LIST_DIR}/image/photo_loader_test.cpp
        ${CMAKE_CURRENT_LIST_DIR}/image/pixels_test.cpp
        ${CMAKE_CURRENT_LIST_DIR}/image/test_files.cpp
    LINKS verso_scanner_image verso::deflate)
