# Labels for thermal printers.
add_library(verso_sample_label STATIC zpl/sample_label.cpp zpl/zpl_fields.cpp)
target_link_libraries(verso_sample_label
    PUBLIC verso_generator_zpl
    PRIVATE verso::png GTest::gtest verso_warnings verso_instrumentation)

verso_test(generator_zpl_test LABEL unit
    SOURCES
        zpl/graphic_field_test.cpp
        zpl/zpl_writer_test.cpp
    LINKS verso_sample_label)

# Drawn by another renderer, read by the scanner.
verso_test(generator_zpl_render_test LABEL blackbox
    SOURCES zpl/zpl_render_test.cpp
    LINKS verso_sample_label verso_print_probe verso_specimens verso_proof verso_scanner_image)
