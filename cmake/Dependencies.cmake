# Everything that is found, in one place; the Debian packages stand in packages.txt beside this file.
find_package(OpenMP REQUIRED COMPONENTS CXX)
find_package(ZLIB REQUIRED)
find_package(Dnnl REQUIRED)
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

if(LACUNA_BUILD_TESTS)
  find_package(GTest REQUIRED)
endif()
