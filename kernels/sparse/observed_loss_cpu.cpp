#include <algorithm>

#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/core/vector_math.hpp"
#include "kernels/sparse/observed_loss.hpp"
#include "kernels/sparse/runs_cpu.hpp"

namespace lacuna::cpu {

namespace {

/// Calls `group` with each entry of [begin, end), four at a time as long as there are four.
template <class Group>
void in_fours(std::int64_t begin, std::int64_t end, const Group& group) {
  for (; begin + 4 <= end; begin += 4) group.template operator()<4>(begin);
  if (end - begin == 3) return group.template operator()<3>(begin);
  if (end - begin == 2) return group.template operator()<2>(begin);
  if (end - begin == 1) group.template operator()<1>(begin);
}

template <int Count, class T>
std::array<const T*, Count> weight_rows(const MatrixView<const T>& weight,
                                        const std::int32_t* col) {
  std::array<const T*, Count> rows;
  for (std::size_t i = 0; i < Count; ++i) rows[i] = weight.row(col[i]);
  return rows;
}

template <class T>
struct Loss {
  const ObservedLoss<T>& op;
  double* row_loss;

  void start(std::int64_t r) const {
    std::fill_n(op.hidden_gradient.row(r), op.hidden.cols, T(0));
    row_loss[r] = 0;
  }

  void run(std::int64_t r, std::int64_t begin, std::int64_t end) const {
    const CsrView<T>& target = op.target;
    const std::int64_t units = op.hidden.cols;
    in_fours(begin, end, [&]<int Count>(std::int64_t e) {
      const std::int32_t* col = target.col + e;
      const auto weight = weight_rows<Count>(op.weight, col);
      std::array<T, Count> error = dots<Count>(op.hidden.row(r), weight, units);
      const T* value = target.value + e;
      for (std::size_t i = 0; i < Count; ++i) {
        error[i] += op.bias[col[i]] - value[i];
        row_loss[r] += static_cast<double>(error[i]) * static_cast<double>(error[i]);
        error[i] *= T(2);
      }
      std::copy_n(error.data(), Count, op.prediction_gradient + (e - target.first));
      // The weights are still in L1.
      add_rows<Count, T>(error, weight, units, op.hidden_gradient.row(r));
    });
  }

  void finish(std::int64_t) const {}
};

template <class T>
struct Prediction {
  const ObservedPrediction<T>& op;

  void start(std::int64_t) const {}

  void run(std::int64_t r, std::int64_t begin, std::int64_t end) const {
    in_fours(begin, end, [&]<int Count>(std::int64_t e) {
      const std::int32_t* col = op.cells.col + e;
      const auto weight = weight_rows<Count>(op.weight, col);
      const auto product = dots<Count>(op.hidden.row(r), weight, op.hidden.cols);
      T* prediction = op.prediction + (e - op.cells.first);
      for (std::size_t i = 0; i < Count; ++i) prediction[i] = product[i] + op.bias[col[i]];
    });
  }

  void finish(std::int64_t) const {}
};

template <class T>
IndexLists rows_of(const CsrView<T>& x) {
  return {x.rows, x.cols, x.row_ptr, x.col};
}

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const ObservedLoss<T>& op) {
  const std::int64_t rows = op.target.rows;
  auto* cursor = reserve<std::int64_t>(ctx, 2 * std::max<std::int64_t>(rows, 1));
  auto* row_loss = reinterpret_cast<double*>(cursor + rows);
  for_each_run(ctx, rows_of(op.target), op.hidden.cols * std::int64_t{sizeof(T)}, cursor,
               Loss<T>{op, row_loss});
  double sum = 0;
  for (std::int64_t r = 0; r < rows; ++r) sum += row_loss[r];
  *op.loss = {.sum = sum, .count = static_cast<double>(rows_of(op.target).entries())};
}

template <class T>
void compute(Here, const ExecContext& ctx, const ObservedPrediction<T>& op) {
  auto* cursor = reserve<std::int64_t>(ctx, op.cells.rows);
  for_each_run(ctx, rows_of(op.cells), op.hidden.cols * std::int64_t{sizeof(T)}, cursor,
               Prediction<T>{op});
}

template struct Kernel<ObservedLoss>;
template struct Kernel<ObservedPrediction>;

}  // namespace lacuna::cpu
