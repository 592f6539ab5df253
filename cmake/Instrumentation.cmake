# Sanitizers and coverage, for all of our targets at once.
add_library(verso_instrumentation INTERFACE)
if(VERSO_SANITIZE)
    target_compile_options(verso_instrumentation INTERFACE
        -fsanitize=${VERSO_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(verso_instrumentation INTERFACE -fsanitize=${VERSO_SANITIZE})
endif()
if(VERSO_COVERAGE)
    target_compile_options(verso_instrumentation INTERFACE --coverage -O0)
    target_link_options(verso_instrumentation INTERFACE --coverage)
endif()
