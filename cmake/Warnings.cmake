# The warnings that every target of ours builds with, each with its reason.
add_library(verso_warnings INTERFACE)
target_compile_options(verso_warnings INTERFACE
    -Wall -Wextra       # the common ground
    -Wpedantic          # nothing beyond the standard
    -Wshadow            # an inner name that hides an outer one has cost evenings
    -Wnon-virtual-dtor -Woverloaded-virtual  # interfaces are deleted through their base
    -Wold-style-cast    # a C cast hides which cast it is
    -Wcast-align        # pixels are reinterpreted only on purpose
    -Wnull-dereference -Wformat=2
    -Wimplicit-fallthrough)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(verso_warnings INTERFACE
        -Wduplicated-cond -Wlogical-op
        # g++ 12 reports these inside its own <variant>, <string> and <regex> at -O2 (GCC bugs 105562, 105651)
        -Wno-maybe-uninitialized -Wno-restrict -Wno-null-dereference)
endif()
if(VERSO_WERROR)
    target_compile_options(verso_warnings INTERFACE -Werror)
endif()
