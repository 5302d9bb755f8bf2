# Everything that is found, in one place; the Debian packages stand in packages.txt beside this file.
set(LACUNA_DEPS "" CACHE PATH "what fetch_deps.sh unpacked; searched before the system")
if(LACUNA_DEPS)
  list(PREPEND CMAKE_PREFIX_PATH "${LACUNA_DEPS}/usr")
  add_link_options(LINKER:--disable-new-dtags)  # so that its libraries find each other, too
endif()

# ThreadSanitizer does not see how gcc's OpenMP, which oneDNN brings along, orders its threads.
if(NOT lacuna_by_clang)
  find_package(OpenMP REQUIRED COMPONENTS CXX)
  find_package(Dnnl REQUIRED)
endif()
find_package(ZLIB REQUIRED)
find_package(BZip2 REQUIRED)
find_package(LibLZMA REQUIRED)
find_package(PNG REQUIRED)
find_package(simdjson REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(FastFloat REQUIRED)
find_package(benchmark REQUIRED)

# Header-only, without a CMake package of their own.
find_path(RANDOM123_INCLUDE Random123/philox.h REQUIRED)
add_library(lacuna_random123 INTERFACE)
target_include_directories(lacuna_random123 SYSTEM INTERFACE "${RANDOM123_INCLUDE}")

find_path(XXHASH_INCLUDE xxhash.h REQUIRED)
find_library(XXHASH_LIBRARY xxhash REQUIRED)
add_library(lacuna_xxhash INTERFACE)
target_include_directories(lacuna_xxhash SYSTEM INTERFACE "${XXHASH_INCLUDE}")
target_link_libraries(lacuna_xxhash INTERFACE "${XXHASH_LIBRARY}")

# Packings of data files; Debian's packages of these two have no CMake package that fits.
add_library(lacuna_packings INTERFACE)
target_link_libraries(lacuna_packings INTERFACE ZLIB::ZLIB BZip2::BZip2 LibLZMA::LibLZMA)
foreach(library zstd zip)
  string(TOUPPER ${library} upper)
  find_path(${upper}_INCLUDE ${library}.h REQUIRED)
  find_library(${upper}_LIBRARY ${library} REQUIRED)
  target_include_directories(lacuna_packings SYSTEM INTERFACE "${${upper}_INCLUDE}")
  target_link_libraries(lacuna_packings INTERFACE "${${upper}_LIBRARY}")
endforeach()

find_path(LBFGS_INCLUDE lbfgs.h REQUIRED)
find_library(LBFGS_LIBRARY lbfgs REQUIRED)
add_library(lacuna_lbfgs INTERFACE)
target_include_directories(lacuna_lbfgs SYSTEM INTERFACE "${LBFGS_INCLUDE}")
target_link_libraries(lacuna_lbfgs INTERFACE "${LBFGS_LIBRARY}")

# Without Boost's CMake package, which brings all of Boost's headers along.
find_path(BOOST_CONTEXT_INCLUDE boost/context/fiber.hpp REQUIRED)
find_library(BOOST_CONTEXT_LIBRARY boost_context REQUIRED)
add_library(lacuna_boost_context INTERFACE)
target_include_directories(lacuna_boost_context SYSTEM INTERFACE "${BOOST_CONTEXT_INCLUDE}")
target_link_libraries(lacuna_boost_context INTERFACE "${BOOST_CONTEXT_LIBRARY}")

if(LACUNA_BUILD_TESTS)
  find_package(GTest REQUIRED)
endif()
