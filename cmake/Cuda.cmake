# The CUDA toolkit, where there is one: lacuna_cuda says so, lacuna_toolkit where, and
# lacuna_cuda_kernels() compiles the kernels' CUDA sources for GPUs. Nothing of the driver is linked,
# so that the program runs without one.
include(CheckLanguage)

set(LACUNA_CUDA AUTO CACHE STRING "kernels for GPUs: AUTO (where a toolkit is found), ON or OFF")
set_property(CACHE LACUNA_CUDA PROPERTY STRINGS AUTO ON OFF)
set(lacuna_cuda OFF)
set(oldest_toolkit 12.8)  # the first to know sm_100
set(shipped_archs 80-real 90-real 100)

if(LACUNA_CUDA)
  find_program(LACUNA_NVCC nvcc PATH_SUFFIXES bin
    HINTS ${LACUNA_DEPS} ENV CUDA_HOME ENV CUDA_PATH PATHS /usr/local/cuda)
  mark_as_advanced(LACUNA_NVCC)
endif()

set(nvcc_version 0)
if(LACUNA_CUDA AND LACUNA_NVCC)  # before CMake tries an architecture that this one may not know
  execute_process(COMMAND "${LACUNA_NVCC}" --version OUTPUT_VARIABLE said ERROR_QUIET)
  string(REGEX MATCH "release ([0-9.]+)" said "${said}")
  set(nvcc_version "0${CMAKE_MATCH_1}")
endif()

if(nvcc_version VERSION_GREATER_EQUAL oldest_toolkit)
  find_program(LACUNA_NVIDIA_SMI nvidia-smi)
  mark_as_advanced(LACUNA_NVIDIA_SMI)
  set(archs shipped)
  if(LACUNA_NVIDIA_SMI AND NOT DEFINED LACUNA_CUDA_ARCHS)
    execute_process(COMMAND "${LACUNA_NVIDIA_SMI}" -L RESULT_VARIABLE no_gpu OUTPUT_QUIET ERROR_QUIET)
    if(NOT no_gpu)
      set(archs native)
    endif()
  endif()
  set(LACUNA_CUDA_ARCHS "${archs}" CACHE STRING
    "GPU architectures: shipped (${shipped_archs}), or as CMAKE_CUDA_ARCHITECTURES takes them")

  # check_language() asks whether this nvcc and this host compiler work together: AUTO must not fail.
  if(NOT DEFINED ENV{CUDACXX})
    set(ENV{CUDACXX} "${LACUNA_NVCC}")
  endif()
  if(NOT DEFINED ENV{CUDAHOSTCXX})
    set(ENV{CUDAHOSTCXX} "${CMAKE_CXX_COMPILER}")
  endif()
  check_language(CUDA)
  if(CMAKE_CUDA_COMPILER)
    set(CMAKE_CUDA_ARCHITECTURES "${LACUNA_CUDA_ARCHS}")
    if(LACUNA_CUDA_ARCHS STREQUAL "shipped")
      set(CMAKE_CUDA_ARCHITECTURES "${shipped_archs}")
    endif()
    set(CMAKE_CUDA_RUNTIME_LIBRARY Static)
    enable_language(CUDA)
    set(CMAKE_CUDA_FLAGS_RELEASE "${CMAKE_CXX_FLAGS_RELEASE}")
    set(CMAKE_CUDA_FLAGS_RELWITHDEBINFO "${CMAKE_CXX_FLAGS_RELWITHDEBINFO}")
    set(lacuna_cuda ON)
    set(lacuna_toolkit "${CMAKE_CUDA_COMPILER_TOOLKIT_ROOT}")
  else()
    unset(CMAKE_CUDA_COMPILER CACHE)  # so that the next configuration looks again
  endif()
endif()

if(lacuna_cuda)
  message(STATUS "CUDA ${CMAKE_CUDA_COMPILER_VERSION} (${CMAKE_CUDA_COMPILER}) for ${CMAKE_CUDA_ARCHITECTURES}")
elseif(LACUNA_CUDA STREQUAL "AUTO")
  message(STATUS "no kernels for GPUs: no CUDA toolkit of ${oldest_toolkit} or newer works here")
elseif(LACUNA_CUDA)
  message(FATAL_ERROR "LACUNA_CUDA is ON, but no CUDA toolkit of ${oldest_toolkit} or newer works here; "
    "set CUDA_HOME, or see CMakeFiles/CMakeError.log in the build folder")
endif()

# What nvcc is told. CMake 3.25 knows no CUDA_STANDARD 20: it is an option here, and the C++ standard,
# which CMake would take in its place, is not required below. Host code gets the flags of the rest.
list(JOIN lacuna_code_flags "," code_flags)
list(JOIN lacuna_warnings "," warnings)
set(lacuna_nvcc_options -std=c++20 --fmad=false --expt-relaxed-constexpr
  -Xcompiler=${code_flags},${warnings})
if(LACUNA_WERROR)
  list(APPEND lacuna_nvcc_options -Werror=all-warnings)
endif()

# Gives `target` the CUDA sources below this folder, compiled for GPUs as object library
# lacuna_kernels_cuda, in place of no_cuda.cpp. Beside each object lies OBJECT.ptxas: the registers,
# shared memory and spills of its kernels.
function(lacuna_cuda_kernels target)
  if(NOT lacuna_cuda)
    return()
  endif()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "*_cuda.cu")
  add_library(lacuna_kernels_cuda OBJECT ${sources})
  set(launcher sh "${PROJECT_SOURCE_DIR}/cmake/keep_ptxas.sh" ${CMAKE_CUDA_COMPILER_LAUNCHER})
  set_target_properties(lacuna_kernels_cuda PROPERTIES CUDA_STANDARD_REQUIRED OFF
    CUDA_COMPILER_LAUNCHER "${launcher}")
  target_compile_options(lacuna_kernels_cuda PRIVATE ${lacuna_nvcc_options} -Xptxas=-v)
  target_compile_definitions(lacuna_kernels_cuda PRIVATE LACUNA_NS=cuda_code LACUNA_DEVICE=cuda)
  target_include_directories(lacuna_kernels_cuda PRIVATE "${PROJECT_SOURCE_DIR}")
  target_link_libraries(lacuna_kernels_cuda PRIVATE lacuna_random123)
  get_target_property(others ${target} SOURCES)
  list(FILTER others EXCLUDE REGEX "/no_cuda\\.cpp$")
  set_target_properties(${target} PROPERTIES SOURCES "${others}")
  target_sources(${target} PRIVATE $<TARGET_OBJECTS:lacuna_kernels_cuda>)
endfunction()
