#pragma once

#include "kernels/dense/gemm.hpp"
#include "runtime/train/model.hpp"

namespace lacuna::testing {

/// Oja's rule (1982): with y = x . w, w += rate mean(y x - y^2 w). It learns without a loss or a
/// gradient; w turns to the first principal component.
class Oja : public Model {
 public:
  Oja(DeviceContext& context, std::int64_t inputs, DType dtype)
      : Model(dtype),
        weight_(make_parameter(context, dtype, "w", ParameterKind::weight, {inputs, 1})) {
    std::vector<float> first(static_cast<std::size_t>(inputs), 0.1f);
    weight_.value = Tensor::of(context.pool(), dtype, {inputs, 1}, first);
  }

  std::vector<Parameter*> parameters() override { return {&weight_}; }
  std::unique_ptr<Learner> learner(const Training& training) override {
    return std::make_unique<Rule>(training, weight_.value);
  }
  bool offers(Output output) const override { return output == Output::prediction; }
  Variable record(Program&, Output) override { throw std::logic_error("it predicts nothing"); }

 private:
  class Rule : public Learner {
   public:
    Rule(const Training& training, const Tensor& weight)
        : training_(training),
          weight_(weight),
          y_(zeros({training.batch.most_rows(), 1})),
          power_(zeros({1, 1})),
          shrink_(zeros(weight.shape())),
          one_(Tensor::of(training.context.pool(), weight.dtype(), {1, 1}, std::vector{1.0f})) {}

    void put_step(const StepInput*) override {
      with_dtype(weight_.dtype(), [this]<class T>() { put<T>(); });
    }
    TensorFiles state() const override { return {{"statistics", {{"power", power_}}}}; }

   private:
    Tensor zeros(Shape shape) const {
      return Tensor::zeros(training_.context.pool(), weight_.dtype(), std::move(shape));
    }

    template <class T>
    void put() {
      const ExecContext& ctx = training_.context.exec();
      const Tensor& input = training_.batch.get<DenseField>("input").value;
      const auto x = input.first_rows<T>(training_.batch.rows);
      const auto y = y_.first_rows<T>(x.rows);
      const auto w = weight_.matrix<T>();
      const T rate = T(0.2) / static_cast<T>(x.rows);
      gemm<T>(ctx, {.a = x, .b = w, .c = y});
      gemm<T>(ctx, {.a = y, .b = y, .c = power_.matrix<T>(), .transpose_a = Transpose::yes});
      gemm<T>(ctx, {.a = w, .b = power_.matrix<T>(), .c = shrink_.matrix<T>()});
      gemm<T>(ctx,
              {.a = x, .b = y, .c = w, .transpose_a = Transpose::yes, .alpha = rate, .beta = 1});
      gemm<T>(ctx,
              {.a = shrink_.matrix<T>(), .b = one_.matrix<T>(), .c = w, .alpha = -rate, .beta = 1});
    }

    Training training_;
    Tensor weight_, y_, power_, shrink_, one_;
  };

  Parameter weight_;
};

}  // namespace lacuna::testing
