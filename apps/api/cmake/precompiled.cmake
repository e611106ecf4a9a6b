# Common headers are read once instead of for each file, for the sanitizers' builds. The builds of what users run do without, and
# so show that each file includes what it uses.
#
# Beside the precompiled headers stands a hash of what they were made of: the compiler cache takes it (CCACHE_PCH_EXTSUM) in
# place of the file itself, which names this clone, and so serves all clones.
option(SAFARGO_PRECOMPILE "read common headers once; for tests, not for what users run" OFF)

set(precompiled_source "${CMAKE_CURRENT_LIST_DIR}/precompiled.hpp")
set(precompiled_headers "${CMAKE_BINARY_DIR}/precompiled.pch")

# precompile_headers(): to be called after everything that adds options for all targets.
function(precompile_headers)
  string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
  get_directory_property(options COMPILE_OPTIONS)
  get_directory_property(definitions COMPILE_DEFINITIONS)
  list(APPEND definitions FMT_SHARED GTEST_HAS_PTHREAD=1)  # as their packages define them; a file may not define them differently
  list(TRANSFORM definitions PREPEND -D)
  separate_arguments(flags UNIX_COMMAND "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${type}}")
  set(compile "${CMAKE_CXX_COMPILER}" ${definitions} ${flags} ${options} -std=c++2b -x c++-header "${precompiled_source}")
  add_custom_command(OUTPUT "${precompiled_headers}" "${precompiled_headers}.sum"
    COMMAND sh -c "\"$@\" | sha256sum >\"$0\"" "${precompiled_headers}.sum" ${compile} -E -P
    COMMAND ${compile} -Xclang -fno-pch-timestamp -fpch-instantiate-templates -MD -MF "${precompiled_headers}.d"
      -o "${precompiled_headers}"
    DEPENDS "${precompiled_source}" DEPFILE "${precompiled_headers}.d"
    COMMENT "Precompiling common headers" VERBATIM)
  add_custom_target(precompiled DEPENDS "${precompiled_headers}")
endfunction()

# use_precompiled_headers(TARGET)
function(use_precompiled_headers target)
  if(NOT SAFARGO_PRECOMPILE)
    return()
  endif()
  add_dependencies(${target} precompiled)
  get_target_property(sources ${target} SOURCES)
  set_property(SOURCE ${sources} APPEND PROPERTY OBJECT_DEPENDS "${precompiled_headers}")
  target_compile_options(${target} PRIVATE "SHELL:-include-pch ${precompiled_headers}")
endfunction()
