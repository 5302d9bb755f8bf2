#include <algorithm>

#include "kernels/core/partition.hpp"
#include "kernels/core/vector_math.hpp"
#include "kernels/sparse/observed_loss.hpp"

namespace lacuna::cpu {

template <class T>
void observed_loss(const ExecContext& ctx, const ObservedLoss<T>& op) {
  const CsrView<T>& target = op.target;
  const std::int64_t units = op.hidden.cols;
  double* row_loss = reserve<double>(ctx, std::max<std::int64_t>(target.rows, 1));
#pragma omp parallel for num_threads(ctx.threads) schedule(dynamic, 8)
  for (std::int64_t r = 0; r < target.rows; ++r) {
    const T* hidden = op.hidden.row(r);
    T* gradient = op.hidden_gradient.row(r);
    std::fill_n(gradient, units, T(0));
    double loss = 0;
    for (std::int64_t e = target.row_ptr[r]; e < target.row_ptr[r + 1]; ++e) {
      const T* weight = op.weight.row(target.col[e]);
      const T error = dot(hidden, weight, units) + op.bias[target.col[e]] - target.value[e];
      loss += static_cast<double>(error) * static_cast<double>(error);
      op.prediction_gradient[e] = T(2) * error;
      add_rows<1, T>({T(2) * error}, {weight}, units, gradient);  // the row is still in L1
    }
    row_loss[r] = loss;
  }
  *op.loss = 0;
  for (std::int64_t r = 0; r < target.rows; ++r) *op.loss += row_loss[r];
}

template <class T>
void observed_prediction(const ExecContext& ctx, const ObservedPrediction<T>& op) {
  const CsrView<T>& cells = op.cells;
#pragma omp parallel for num_threads(ctx.threads) schedule(dynamic, 8)
  for (std::int64_t r = 0; r < cells.rows; ++r) {
    for (std::int64_t e = cells.row_ptr[r]; e < cells.row_ptr[r + 1]; ++e) {
      op.prediction[e] = dot(op.hidden.row(r), op.weight.row(cells.col[e]), op.hidden.cols) +
                         op.bias[cells.col[e]];
    }
  }
}

template void observed_loss(const ExecContext&, const ObservedLoss<float>&);
template void observed_loss(const ExecContext&, const ObservedLoss<double>&);
template void observed_prediction(const ExecContext&, const ObservedPrediction<float>&);
template void observed_prediction(const ExecContext&, const ObservedPrediction<double>&);

}  // namespace lacuna::cpu
