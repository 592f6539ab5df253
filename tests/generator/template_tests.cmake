# Specimens for the tests, benches and the eye.
add_library(verso_specimens STATIC specimens.cpp)
target_include_directories(verso_specimens PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}")
target_link_libraries(verso_specimens PUBLIC verso_generator verso_warnings verso_instrumentation)
target_compile_definitions(verso_specimens PRIVATE
    VERSO_SOURCE_DIR="${CMAKE_SOURCE_DIR}" VERSO_BINARY_DIR="${CMAKE_BINARY_DIR}")
add_dependencies(verso_specimens verso_fonts)

add_executable(verso_print_specimens print_specimens.cpp)
target_link_libraries(verso_print_specimens PRIVATE verso_specimens)

verso_test(generator_template_test LABEL unit
    SOURCES
        check/template_check_test.cpp
        layout/page_setter_test.cpp
        layout/postal_address_test.cpp
        layout/table_rows_test.cpp
        layout/text_setting_test.cpp
        profile/postal_rules_test.cpp
        profile/profile_file_test.cpp
        profile/shipped_profiles_test.cpp
        profile/side_items_test.cpp
        scratch_template.cpp
        template/a4_fold_test.cpp
        template/condition_test.cpp
        template/catalogue_test.cpp
        template/golden_test.cpp
        template/ink.cpp
        template/number_expression_test.cpp
        template/postal_side_test.cpp
        template/sheet_blocks_test.cpp
        template/shipped_test.cpp
        template/template_errors_test.cpp
        template/text_source_test.cpp
    LINKS verso_specimens nlohmann_json::nlohmann_json)

# Reply card profiles on their side of paper; judged by their rules and by poppler.
add_library(verso_side_pages STATIC profile/side_pages.cpp)
target_link_libraries(verso_side_pages PUBLIC verso_specimens nlohmann_json::nlohmann_json
    PRIVATE verso_warnings verso_instrumentation)
add_executable(verso_print_sides profile/print_sides.cpp)
target_link_libraries(verso_print_sides PRIVATE verso_side_pages)
target_compile_definitions(verso_print_sides PRIVATE VERSO_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
verso_test(generator_profile_test LABEL blackbox
    SOURCES profile/postal_side_test.cpp
    LINKS verso_side_pages verso_print_probe)
