#pragma once

#include <cublasLt.h>

/// What gemm uses of cuBLASLt. Linking the library would cost every start of the program a second
/// or more and tie the binary to one version, so it is loaded when the first product asks for it
/// (cublaslt_dlopen_cuda.cu); the emulated device has a stand-in of its own.
namespace lacuna::LACUNA_DEVICE {

/// The library's functions; float products with host scalars, the epilogues DEFAULT and BIAS, and
/// as preferences MAX_WORKSPACE_BYTES and MIN_ALIGNMENT_{A,B,C,D}_BYTES.
struct CublasLt {
  decltype(&cublasLtGetStatusName) status_name;
  decltype(&cublasLtCreate) create;
  decltype(&cublasLtDestroy) destroy;
  decltype(&cublasLtMatmulDescCreate) desc_create;
  decltype(&cublasLtMatmulDescDestroy) desc_destroy;
  decltype(&cublasLtMatmulDescSetAttribute) desc_set;  ///< TRANSA, TRANSB, EPILOGUE, BIAS_POINTER
  decltype(&cublasLtMatrixLayoutCreate) layout_create;
  decltype(&cublasLtMatrixLayoutDestroy) layout_destroy;
  decltype(&cublasLtMatmulPreferenceCreate) preference_create;
  decltype(&cublasLtMatmulPreferenceDestroy) preference_destroy;
  decltype(&cublasLtMatmulPreferenceSetAttribute) preference_set;
  decltype(&cublasLtMatmulAlgoGetHeuristic) heuristic;
  decltype(&cublasLtMatmul) matmul;
};

/// Throws DeviceError, saying what was tried, where the library is not found; the next call tries
/// again.
const CublasLt& cublaslt();

}  // namespace lacuna::LACUNA_DEVICE
