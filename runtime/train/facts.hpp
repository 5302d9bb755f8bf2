#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/data/csr_arrays.hpp"
#include "runtime/tensor/dtype.hpp"

namespace lacuna {

/// What a model is told of the rows that it is trained on.
struct Facts {
  std::int64_t columns = 0;
  double mean_count = 0;                ///< observed entries per row, rows without any included
  std::vector<float> column_mean = {};  ///< over observed entries; empty: not known
  double least = 0;                     ///< observed entry
  double most = 0;
  bool binary = false;                               ///< complete rows of zeros and ones
  std::vector<std::int64_t> rows_by_non_zeros = {};  ///< with 0, 1, ... of them; empty: not known
  std::int64_t classes = 0;                          ///< of the target; 0: it is numbers
  std::int64_t targets = 0;                          ///< numbers of a row's target
  std::vector<double> class_share = {};              ///< of each class
  DType dtype = DType::f32;                          ///< of the model; float64 for checks
  std::shared_ptr<const data::CsrArrays> entries = nullptr;  ///< of sparse rows
};

}  // namespace lacuna
