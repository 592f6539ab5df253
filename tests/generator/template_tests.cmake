# Specimens for the tests, benches and the eye.
add_library(verso_specimens STATIC specimens.cpp)
target_include_directories(verso_specimens PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}")
target_link_libraries(verso_specimens PUBLIC verso_generator verso_warnings verso_instrumentation)
target_compile_definitions(verso_specimens PRIVATE
    VERSO_SOURCE_DIR="${CMAKE_SOURCE_DIR}" VERSO_BINARY_DIR="${CMAKE_BINARY_DIR}")
add_dependencies(verso_specimens verso_fonts)

add_executable(verso_print_specimens print_specimens.cpp)
target_link_libraries(verso_print_specimens PRIVATE verso_specimens)
