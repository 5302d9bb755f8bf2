#pragma once

#include <cublasLt.h>

#include <cstdint>
#include <mutex>

#include "kernels/core/view.hpp"
#include "kernels/emulation/handles.hpp"

/// What cuBLASLt's handles stand for.
namespace lacuna::emulation {

struct BlasHandle {};

struct MatmulDesc {
  cublasComputeType_t compute;
  cudaDataType_t scale;
  cublasOperation_t transpose_a = CUBLAS_OP_N;
  cublasOperation_t transpose_b = CUBLAS_OP_N;
  cublasLtEpilogue_t epilogue = CUBLASLT_EPILOGUE_DEFAULT;
  const void* bias = nullptr;
};

struct MatrixLayout {
  cudaDataType_t type;
  std::int64_t rows, cols, ld;

  /// A column-major matrix is its transpose, row by row.
  template <class T>
  MatrixView<T> view(T* data) const {
    return {data, cols, rows, ld};
  }
  std::size_t bytes() const {
    return static_cast<std::size_t>((cols - 1) * ld + rows) * sizeof(float);
  }
};

struct MatmulPreference {
  std::uint64_t workspace_bytes = 0;
};

struct Library {
  std::mutex mutex;
  Handles<BlasHandle> handles;
  Handles<MatmulDesc> descs;
  Handles<MatrixLayout> layouts;
  Handles<MatmulPreference> preferences;
};

/// The one there is.
Library& library();

}  // namespace lacuna::emulation
