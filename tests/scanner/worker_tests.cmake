# Included by tests/scanner/CMakeLists.txt: the reader processes.
add_executable(verso_test_worker ${CMAKE_CURRENT_LIST_DIR}/worker/test_worker.cpp)
target_link_libraries(verso_test_worker PRIVATE verso_worker verso_warnings verso_instrumentation)
verso_test(scanner_worker_test LABEL unit
    SOURCES
        ${CMAKE_CURRENT_LIST_DIR}/worker/messages_test.cpp
        ${CMAKE_CURRENT_LIST_DIR}/worker/page_view_test.cpp
        ${CMAKE_CURRENT_LIST_DIR}/worker/worker_pool_test.cpp
    LINKS verso_worker)
target_compile_definitions(scanner_worker_test PRIVATE
    VERSO_TEST_WORKER="$<TARGET_FILE:verso_test_worker>")
add_dependencies(scanner_worker_test verso_test_worker)

# Draws by pdftoppm.
verso_test(scanner_drawing_test LABEL blackbox
    SOURCES
        ${CMAKE_CURRENT_LIST_DIR}/image/test_files.cpp
        ${CMAKE_CURRENT_LIST_DIR}/worker/page_drawing_test.cpp
    LINKS verso_worker verso::deflate)
