#pragma once

#include "runtime/train/trainable.hpp"

namespace lacuna::testing {

/// Predicts `per_rating` x a row's input entries + `per_column` x the cell's column: places and
/// masks show in its predictions.
class CountModel : public Trainable<float> {
 public:
  explicit CountModel(float per_rating = 1, float per_column = 1)
      : per_rating_(per_rating), per_column_(per_column) {}

  std::vector<Parameter*> parameters() override { return {}; }
  void record_loss(Program<float>&, const Batch<float>&) override {}
  Tensor record_prediction(Program<float>& program, const Batch<float>& batch) override {
    const Tensor prediction = program.buffer({program.capacity().target_entries});
    program.record([this, &batch, prediction](const ExecContext&) {
      const CsrView<float>& cells = batch.target.by_row;
      float* next = prediction.data<float>();
      for (std::int64_t r = 0; r < batch.rows; ++r) {
        const auto known = static_cast<float>(batch.input.by_row.slice(r, 1).nnz);
        for (std::int64_t e = cells.row_ptr[r]; e < cells.row_ptr[r + 1]; ++e) {
          *next++ = per_rating_ * known + per_column_ * static_cast<float>(cells.col[e]);
        }
      }
    });
    return prediction;
  }

 private:
  float per_rating_;
  float per_column_;
};

}  // namespace lacuna::testing
