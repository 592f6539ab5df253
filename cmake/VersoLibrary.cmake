# verso_library(NAME SOURCES… LINKS our-rooms… USES third-parties… PRECOMPILE headers…)
# One static library of one room. Third parties are private: their headers are seen only inside.
function(verso_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS;USES;PRECOMPILE")
    add_library(${name} STATIC ${arg_SOURCES})
    target_include_directories(${name} PUBLIC "${CMAKE_SOURCE_DIR}")
    target_link_libraries(${name}
        PUBLIC ${arg_LINKS}
        PRIVATE ${arg_USES} verso_warnings verso_instrumentation)
    verso_precompile(${name} SOURCES ${arg_SOURCES} HEADERS ${arg_PRECOMPILE})
endfunction()
