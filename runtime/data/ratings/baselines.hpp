#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/data/csr_arrays.hpp"

namespace lacuna::data {

/// prediction(r, c) = mean + row[r] + col[c]; with user and item ids as rows and columns, the usual
/// "user + item bias" baseline. Rows and columns without a rating have bias 0.
struct BiasModel {
  double mean = 0;
  double damping = 0;
  std::vector<double> row;
  std::vector<double> col;
};

/// Minimises sum (rating - prediction)^2 + damping * (sum row^2 + sum col^2) by ten sweeps of
/// alternate least squares; damping > 0.
BiasModel fit_biases(const CsrArrays& train, double damping);

/// As above, with the damping among 1, 3, 10, 30 that has the least RMSE on `validation`.
BiasModel fit_biases(const CsrArrays& train, const CsrArrays& validation);

/// The prediction for each entry of `cells`, in the order of its entries.
std::vector<float> predict(const BiasModel& model, const CsrArrays& cells);

}  // namespace lacuna::data
