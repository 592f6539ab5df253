# What most files include is read once for each larger target. Not beside a compiler cache, which
# serves whole files better; builds with one also see where an #include is missing.
set(precompile_default OFF)
if(NOT CCACHE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    set(precompile_default ON)
endif()
option(VERSO_PRECOMPILE "Precompile the headers that most files include" ${precompile_default})

# What g++ 12 concludes from the flow of inlined code it also says of its own <string>, and once that
# is precompiled it says more of it. Builds without keep these warnings.
if(VERSO_PRECOMPILE)
    target_compile_options(verso_warnings INTERFACE
        -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread -Wno-free-nonheap-object
        -Wno-use-after-free -Wno-dangling-pointer)
endif()

# verso_precompile(TARGET SOURCES… HEADERS…): the standard library and these. Small targets would
# wait for it longer than it saves.
function(verso_precompile target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;HEADERS")
    list(LENGTH arg_SOURCES count)
    if(NOT VERSO_PRECOMPILE OR count LESS 8)
        return()
    endif()
    target_precompile_headers(${target} PRIVATE
        <algorithm> <array> <chrono> <cstdint> <filesystem> <fstream> <functional> <map> <memory>
        <optional> <set> <span> <string> <string_view> <variant> <vector> ${arg_HEADERS})
endfunction()
