# Flags every target of lacuna is built with. The bits of a result depend on them: no fast-math, and
# multiply-add only where the source says fma.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_FLAGS_RELEASE "-O3")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1")

set(lacuna_code_flags -march=${LACUNA_MARCH} -ffp-contract=off -fno-math-errno)
set(lacuna_warnings -Wall -Wextra -Wconversion -Wshadow -Wnon-virtual-dtor
  -Wno-restrict)  # gcc 12 warns falsely on "(" + s + ")"
set(lacuna_by_clang OFF)  # without gcc's OpenMP and what needs it
if(LACUNA_SANITIZE MATCHES "^(thread|fuzzer)$")
  set(lacuna_by_clang ON)
endif()
add_library(lacuna_options INTERFACE)
target_compile_options(lacuna_options INTERFACE
  ${lacuna_code_flags} ${lacuna_warnings} -Wpedantic)
if(LACUNA_WERROR AND NOT LACUNA_SANITIZE)
  target_compile_options(lacuna_options INTERFACE -Werror)
endif()
if(lacuna_by_clang)
  target_compile_options(lacuna_options INTERFACE
    -Wno-unknown-warning-option -Wno-sign-conversion  # where the two compilers differ
    -Wno-unknown-pragmas -Wno-unused-parameter)  # OpenMP is left out
endif()
if(LACUNA_SANITIZE STREQUAL "fuzzer")
  target_compile_options(lacuna_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(LACUNA_SANITIZE STREQUAL "thread")
  target_compile_options(lacuna_options INTERFACE -fsanitize=thread)
  target_link_options(lacuna_options INTERFACE -fsanitize=thread)
elseif(LACUNA_SANITIZE)
  target_compile_options(lacuna_options INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
    -Wno-maybe-uninitialized)  # gcc 12 warns falsely of instrumented std::variant
  target_link_options(lacuna_options INTERFACE -fsanitize=address,undefined)
endif()
target_include_directories(lacuna_options INTERFACE "${PROJECT_SOURCE_DIR}")

# Takes the sources that match `regex` out of `target`: a backend's absence is another file.
function(lacuna_remove_sources target regex)
  get_target_property(sources ${target} SOURCES)
  list(FILTER sources EXCLUDE REGEX "${regex}")
  set_target_properties(${target} PROPERTIES SOURCES "${sources}")
endfunction()

# Headers take most of the compile time. Where warnings are errors each file reads its own: one that is not
# included is missed, and gcc 12 warns falsely of strings and arrays that come through a precompiled header.
function(lacuna_precompile target)
  if(LACUNA_WERROR AND NOT LACUNA_SANITIZE OR CMAKE_CXX_COMPILER_LAUNCHER)
    return()
  endif()
  target_precompile_headers(${target} PRIVATE ${ARGN})
  target_compile_options(${target} PRIVATE -Wno-stringop-overflow -Wno-array-bounds)
endfunction()

# Adds the static library lacuna_<layer> from every source below this folder.
function(lacuna_layer layer)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "*.cpp")
  add_library(lacuna_${layer} STATIC ${sources})
  target_link_libraries(lacuna_${layer} PUBLIC lacuna_options ${ARGN})
endfunction()
