// Finds cuBLASLt at the first product: see cublaslt.hpp.
#include <dlfcn.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "kernels/core/device_runtime.hpp"
#include "kernels/dense/cublaslt.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

/// Where to look, in order: the dynamic linker's own places, then the toolkit's. Of the version the
/// build's toolkit has.
std::vector<std::string> candidates() {
  std::vector<std::string> folders{""};
  for (const char* variable : {"CUDA_HOME", "CUDA_PATH"}) {
    if (const char* home = std::getenv(variable)) folders.push_back(std::string(home) + "/lib64/");
  }
  folders.emplace_back("/usr/local/cuda/lib64/");
  std::vector<std::string> files;
  for (const std::string& folder : folders) {
    files.push_back(folder + "libcublasLt.so." + std::to_string(CUDART_VERSION / 1000));
  }
  return files;
}

/// Never closed: functions of the library may run until the program ends.
void* open_library() {
  std::string tried;
  for (const std::string& file : candidates()) {
    if (void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL)) return library;
    tried += std::string("\n  ") + dlerror();
  }
  throw DeviceUnavailable(
      "cuBLASLt, which products on a GPU need, was not found; install the CUDA "
      "toolkit's cuBLAS or name its folder in LD_LIBRARY_PATH. Tried:" +
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
