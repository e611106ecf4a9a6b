# One target per folder: a folder may include only what its target links, so a wrong arrow does not build.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR CMAKE_CXX_COMPILER_VERSION VERSION_LESS 19)
  message(FATAL_ERROR "SafarGo is built with clang 19 (docs/adr/0001-compiler.md); use a preset: cmake --preset dev")
endif()

set(SAFARGO_SANITIZE "" CACHE STRING "sanitizers for everything, as -fsanitize= takes them")
option(SAFARGO_FUZZERS "build the libFuzzer targets" OFF)
option(SAFARGO_COVERAGE "count which lines and branches run" OFF)
option(SAFARGO_HARDEN "turn memory errors into early ends; for what users run, not beside sanitizers" OFF)
option(SAFARGO_BENCH "build the Google Benchmark targets" OFF)
option(SAFARGO_SAMPLES "build the samples and their tests" OFF)

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wimplicit-fallthrough -Werror
  -Wno-missing-designated-field-initializers)  # what a designated initializer leaves out is value-initialised
add_compile_options(-fno-omit-frame-pointer -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
add_compile_definitions(BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)
add_link_options(-fuse-ld=lld-19)
if(SAFARGO_HARDEN)  # ./safargo check hardening reads the binary
  add_compile_options(-fPIE -fstack-protector-strong -fstack-clash-protection -ftrivial-auto-var-init=zero -fstrict-flex-arrays=3
    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -D_GLIBCXX_ASSERTIONS -Wformat=2)
  if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
    add_compile_options(-fcf-protection=full)
  else()
    add_compile_options(-mbranch-protection=standard)
  endif()
  add_link_options(-pie -Wl,-z,relro,-z,now,-z,noexecstack)
endif()
if(SAFARGO_SANITIZE)
  add_compile_options(-fsanitize=${SAFARGO_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${SAFARGO_SANITIZE})
endif()
if(SAFARGO_FUZZERS AND NOT SAFARGO_COVERAGE)  # which only plays known inputs
  add_compile_options(-fsanitize=fuzzer-no-link)  # else libFuzzer sees no coverage and searches blindly
endif()
if(SAFARGO_COVERAGE)
  # paths stay relative to the build folder, so that an object from the compiler cache names no other clone
  add_compile_options(-fprofile-instr-generate -fcoverage-mapping -fcoverage-compilation-dir=.)
  add_link_options(-fprofile-instr-generate)
endif()

# safargo_folder(<name> [LINKS target...] [TEST_LINKS target...])
# Library safargo_<name> from the *.cpp of this folder, test program <name>_test from its *_test.cpp,
# one libFuzzer program per *_fuzz.cpp and one Google Benchmark program per *_bench.cpp.
function(safargo_folder name)
  cmake_parse_arguments(arg "" "" "LINKS;TEST_LINKS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  file(GLOB tests CONFIGURE_DEPENDS *_test.cpp)
  file(GLOB fuzzers CONFIGURE_DEPENDS *_fuzz.cpp)
  file(GLOB benchmarks CONFIGURE_DEPENDS *_bench.cpp)
  list(REMOVE_ITEM sources ${tests} ${fuzzers} ${benchmarks} "${CMAKE_CURRENT_SOURCE_DIR}/main.cpp")

  if(sources)
    add_library(safargo_${name} STATIC ${sources})
    set(scope PUBLIC)
  else()
    add_library(safargo_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(safargo_${name} ${scope} "${CMAKE_SOURCE_DIR}/src" "${CMAKE_BINARY_DIR}/generated")
  target_link_libraries(safargo_${name} ${scope} ${arg_LINKS})

  if(tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE safargo_${name} ${arg_TEST_LINKS} GTest::gmock GTest::gtest_main
      rapidcheck)
    add_test(NAME ${name}_test COMMAND ${name}_test)
  endif()
  if(SAFARGO_FUZZERS)
    foreach(fuzzer ${fuzzers})
      get_filename_component(target ${fuzzer} NAME_WE)
      add_executable(${target} ${fuzzer})
      target_link_libraries(${target} PRIVATE safargo_${name} ${arg_TEST_LINKS})
      target_link_options(${target} PRIVATE -fsanitize=fuzzer)
    endforeach()
  endif()
  if(SAFARGO_BENCH)
    foreach(benchmark ${benchmarks})
      get_filename_component(target ${benchmark} NAME_WE)
      add_executable(${target} ${benchmark})
      target_link_libraries(${target} PRIVATE safargo_${name} benchmark::benchmark_main)
    endforeach()
  endif()
endfunction()
