# The kernels' CUDA sources once more, by the host's compiler over the stand-in headers of
# kernels/emulation. Those come before every other folder: the toolkit's may lie in the compiler's own.
add_library(lacuna_emulated_code INTERFACE)
target_include_directories(lacuna_emulated_code BEFORE INTERFACE
  "${PROJECT_SOURCE_DIR}/kernels/emulation/include")
target_compile_definitions(lacuna_emulated_code INTERFACE
  LACUNA_NS=emulated_code LACUNA_DEVICE=emulated)
target_link_libraries(lacuna_emulated_code INTERFACE lacuna_options)

# Puts into `result` a one-line C++ file for each CUDA source, since a .cu file itself belongs to nvcc.
function(lacuna_emulated_sources result)
  set(wrappers "")
  foreach(source IN LISTS ARGN)
    file(RELATIVE_PATH name "${PROJECT_SOURCE_DIR}" "${source}")
    set(wrapper "${PROJECT_BINARY_DIR}/emulated/${name}.cpp")
    file(CONFIGURE OUTPUT "${wrapper}" CONTENT "#include \"${name}\"\n")
    list(APPEND wrappers "${wrapper}")
  endforeach()
  set(${result} "${wrappers}" PARENT_SCOPE)
endfunction()

# Gives `target` the kernels of this folder, emulated, and what emulates them.
function(lacuna_emulated_kernels target)
  file(GLOB_RECURSE kernels CONFIGURE_DEPENDS "*_cuda.cu")
  list(FILTER kernels EXCLUDE REGEX "_dlopen_cuda\\.cu$")  # cublaslt_stand_in.cpp is in its place
  file(GLOB emulation CONFIGURE_DEPENDS "emulation/*.cpp")
  if(LACUNA_SANITIZE STREQUAL "thread")
    list(FILTER emulation EXCLUDE REGEX "/fibers\\.cpp$")
  else()
    list(FILTER emulation EXCLUDE REGEX "/no_fibers\\.cpp$")
  endif()
  lacuna_emulated_sources(wrappers ${kernels})
  add_library(lacuna_kernels_emulated OBJECT ${wrappers} ${emulation})
  target_link_libraries(lacuna_kernels_emulated PRIVATE
    lacuna_emulated_code lacuna_random123 lacuna_boost_context fmt::fmt)
  lacuna_remove_sources(${target} "/emulation/")
  target_sources(${target} PRIVATE $<TARGET_OBJECTS:lacuna_kernels_emulated>)
  target_link_libraries(${target} PRIVATE lacuna_boost_context)
endfunction()
