// Finds cuBLASLt at the first product: see cublaslt.hpp.
#include <dlfcn.h>

#include <string>

#include "kernels/core/device_runtime.hpp"
#include "kernels/core/library_places.hpp"
#include "kernels/dense/cublaslt.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

/// Never closed: functions of the library may run until the program ends.
void* open_library() {
  // Of the version that the build's toolkit has.
  const std::string file = "libcublasLt.so." + std::to_string(CUDART_VERSION / 1000);
  std::string tried;
  for (const std::string& place : library_places(file, "cublas")) {
    if (void* library = dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL)) return library;
    tried += std::string("\n  ") + dlerror();
  }
  throw DeviceUnavailable(
      "cuBLASLt, which products on a GPU need, was not found; install the CUDA toolkit's cuBLAS or "
      "Python's nvidia-cublas, or name its folder in LD_LIBRARY_PATH. Tried:" +
      tried);
}

template <class Function>
void find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  if (function == nullptr) throw DeviceUnavailable(std::string("cuBLASLt has no function ") + name);
}

CublasLt load() {
  void* library = open_library();
  CublasLt lt;
  find(library, "cublasLtGetStatusName", lt.status_name);
  find(library, "cublasLtCreate", lt.create);
  find(library, "cublasLtDestroy", lt.destroy);
  find(library, "cublasLtMatmulDescCreate", lt.desc_create);
  find(library, "cublasLtMatmulDescDestroy", lt.desc_destroy);
  find(library, "cublasLtMatmulDescSetAttribute", lt.desc_set);
  find(library, "cublasLtMatrixLayoutCreate", lt.layout_create);
  find(library, "cublasLtMatrixLayoutDestroy", lt.layout_destroy);
  find(library, "cublasLtMatmulPreferenceCreate", lt.preference_create);
  find(library, "cublasLtMatmulPreferenceDestroy", lt.preference_destroy);
  find(library, "cublasLtMatmulPreferenceSetAttribute", lt.preference_set);
  find(library, "cublasLtMatmulAlgoGetHeuristic", lt.heuristic);
  find(library, "cublasLtMatmul", lt.matmul);
  return lt;
}

}  // namespace

const CublasLt& cublaslt() {
  static const CublasLt library = load();
  return library;
}

}  // namespace lacuna::LACUNA_DEVICE
