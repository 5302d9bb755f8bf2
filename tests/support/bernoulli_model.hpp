#pragma once

#include <cmath>
#include <set>
#include <stdexcept>
#include <utility>

#include "runtime/train/model.hpp"

namespace lacuna::testing {

/// A density of rows of 0 and 1 that is known: every column is 1 with the same probability. What
/// else it is asked to offer of a row's likelihood is that likelihood plus 1; its samples are ones.
class BernoulliModel : public Model {
 public:
  explicit BernoulliModel(double one, std::set<Output> offered = {Output::log_likelihood})
      : one_(one), offered_(std::move(offered)) {}

  std::vector<Parameter*> parameters() override { return {}; }
  std::unique_ptr<Learner> learner(const Training&) override {
    throw std::logic_error("it does not learn");
  }
  bool offers(Output output) const override { return offered_.contains(output); }
  Variable record(Program& program, Output output) override {
    const Variable row = program.input(program.batch().get<DenseField>("input").value);
    const bool samples = output == Output::samples;
    const Variable out = program.rows({samples ? row.columns() : 1});
    program.record("bernoulli", [=, this](const ExecContext&) {
      const MatrixView<const float> x = row.value<float>();
      float* next = out.tensor().data<float>();
      for (std::int64_t r = 0; r < x.rows; ++r) {
        const float value = log_likelihood(x, r) + (output == Output::log_likelihood ? 0 : 1);
        for (std::int64_t c = 0; c < out.columns(); ++c) *next++ = samples ? 1 : value;
      }
    });
    return out;
  }

 private:
  float log_likelihood(const MatrixView<const float>& x, std::int64_t row) const {
    double sum = 0;
    for (std::int64_t c = 0; c < x.cols; ++c) {
      sum += std::log(x.row(row)[c] == 1 ? one_ : 1 - one_);
    }
    return static_cast<float>(sum);
  }

  double one_;
  std::set<Output> offered_;
};

}  // namespace lacuna::testing
