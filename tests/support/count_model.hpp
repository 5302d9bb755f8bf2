#pragma once

#include <stdexcept>

#include "runtime/train/model.hpp"

namespace lacuna::testing {

/// Predicts `per_rating` x a row's input entries + `per_column` x the cell's column: places and
/// masks show in its predictions.
class CountModel : public Model {
 public:
  explicit CountModel(float per_rating = 1, float per_column = 1)
      : per_rating_(per_rating), per_column_(per_column) {}

  std::vector<Parameter*> parameters() override { return {}; }
  std::unique_ptr<Learner> learner(const Training&) override {
    throw std::logic_error("it does not learn");
  }
  bool offers(Output output) const override { return output == Output::prediction; }
  Variable record(Program& program, Output) override {
    const SparseField& input = program.batch().get<SparseField>("input");
    const SparseField& target = program.batch().get<SparseField>("target");
    const Variable prediction = program.entries(target);
    program.record("count", [this, &input, &target, prediction](const ExecContext&) {
      const CsrView<float>& cells = target.view<float>().by_row;
      float* next = prediction.tensor().data<float>();
      for (std::int64_t r = 0; r < cells.rows; ++r) {
        const auto known = static_cast<float>(input.view<float>().by_row.slice(r, 1).nnz);
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
