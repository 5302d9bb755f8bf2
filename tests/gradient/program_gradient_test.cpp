#include "tests/gradient/program_gradient.hpp"

#include <gmock/gmock.h>

#include "runtime/ops/dense_ops.hpp"
#include "runtime/ops/loss_ops.hpp"
#include "runtime/train/batches.hpp"
#include "tests/support/context.hpp"
#include "tests/support/dense.hpp"
#include "tests/support/sparse.hpp"

/// Gradients of whole programs in float64, at 1e-6, of what single ops do not show.
namespace lacuna::testing {
namespace {

constexpr std::int64_t rows = 5;

class ProgramGradient : public ::testing::Test {
 protected:
  ProgramGradient() {
    for (Parameter* p : parameters()) {
      p->value = Tensor::of(context_.pool(), DType::f64, p->value.shape(),
                            normals(p->value.size(), seed_++));
    }
  }

  Parameter make(const char* name, Shape shape) {
    return make_parameter(context_, DType::f64, name, ParameterKind::weight, std::move(shape));
  }
  std::vector<Parameter*> parameters() { return {&first_, &second_, &bias_}; }

  DeviceRows data() {
    DeviceRows all{.rows = rows, .fields = {}};
    all.set("input", dense_field(context_, rows, normals(rows * 4, 7), DType::f64, 0.4));
    all.set("target", dense_field(context_, rows, normals(rows * 4, 8), DType::f64, 0.3));
    all.set("label", label_field(context_, {0, 2, -1, 1, 2}, 3));
    all.set("weight", dense_field(context_, rows, {1, 2, 0.5f, 1, 3}, DType::f64));
    return all;
  }

  Variable linear(const Variable& x, const Parameter& w, Activation f = Activation::tanh) {
    return ops::linear(program_, x, program_.of(w), program_.of(bias_), f);
  }
  const DenseField& field(const char* name) { return batch_.batch().get<DenseField>(name); }
  Variable input() { return program_.input(field("input").value); }
  void squared_error(const Variable& x, const char* name = "loss", double weight = 1) {
    ops::squared_error(program_, program_.loss(name, {.weight = weight}), x, field("target"),
                       &field("weight"));
  }
  void expect_gradients_of(const std::vector<Parameter*>& of) { expect_gradients(program_, of); }

  std::uint64_t seed_ = 20;
  DeviceContext context_ = cpu_context();
  Parameter first_ = make("first", {4, 4});
  Parameter second_ = make("second", {4, 4});
  Parameter bias_ = make("bias", {4});
  GradientArena arena_{context_, parameters()};
  WholeBatch batch_{context_, data(), DType::f64};
  Program program_{context_, DType::f64, batch_.batch()};
};

TEST_F(ProgramGradient, OfTiedWeights) {
  const Variable code = linear(input(), first_, Activation::sigmoid);
  squared_error(ops::linear_transposed(program_, code, program_.of(first_), program_.of(bias_),
                                       Activation::identity));
  expect_gradients_of({&first_, &bias_});
}

TEST_F(ProgramGradient, OfAValueWithThreeConsumers) {
  const Variable code = linear(input(), first_);
  squared_error(linear(code, second_), "through", 0.7);
  squared_error(code, "itself", 1.5);
  squared_error(ops::sparsity_normalize(program_, code, {}, {2.0, CountBy::non_zeros}), "scaled");
  expect_gradients_of(parameters());
}

TEST_F(ProgramGradient, OfALossOfTwoTerms) {
  const Variable logits = linear(input(), first_, Activation::identity);
  squared_error(logits, "error", 0.3);
  ops::softmax_cross_entropy(program_, program_.loss("nll", {.weight = 2}), logits,
                             batch_.batch().get<LabelField>("label"), &field("weight"),
                             {1, 2, 0.5f, 1});
  expect_gradients_of({&first_, &bias_});
}

TEST_F(ProgramGradient, OfSparsityNormalizationOnAHiddenLayer) {
  const Variable code = linear(input(), first_, Activation::relu);
  const Variable scaled = ops::sparsity_normalize(program_, code, {}, {3.0, CountBy::non_zeros});
  squared_error(linear(scaled, second_));
  expect_gradients_of(parameters());
}

TEST_F(ProgramGradient, OfDropoutWithItsMaskFixed) {
  const Variable code = ops::dropout(program_, linear(input(), first_), {.rate = 0.4}, 3, 1);
  squared_error(linear(code, second_));
  expect_gradients_of(parameters());
  int dropped = 0;
  for (const double x : code.value<double>().data == nullptr ? std::vector<double>{}
                                                             : code.tensor().to_host<double>()) {
    dropped += x == 0 ? 1 : 0;
  }
  EXPECT_GT(dropped, 2);
  EXPECT_LT(dropped, 18);
}

TEST_F(ProgramGradient, OfDropoutScaledByWhatIsKept) {
  const ops::DropoutOptions options{.rate = 0.4, .scale = ops::DropoutScale::kept};
  const Variable code = ops::dropout(program_, linear(input(), first_), options, 3, 1);
  squared_error(linear(code, second_));
  expect_gradients_of(parameters());
}

TEST_F(ProgramGradient, OfImputedInput) {
  const Variable filled = ops::impute(program_, field("input"), {.fill = {1, -1, 2, 0.5f}});
  squared_error(linear(filled, first_));
  expect_gradients_of({&first_, &bias_});
}

TEST_F(ProgramGradient, OfADetachedBranchIsThatOfTheOther) {
  const Variable code = linear(input(), first_);
  squared_error(linear(program_.detached(code), second_), "probe");
  squared_error(code, "code");
  NoSync sync;
  loss_of(program_);
  program_.backward(sync);
  const std::vector<double> gradient = first_.gradient.to_host<double>();
  Program alone(context_, DType::f64, batch_.batch());
  const Variable same = ops::linear(alone, alone.input(field("input").value), alone.of(first_),
                                    alone.of(bias_), Activation::tanh);
  ops::squared_error(alone, alone.loss("code"), same, field("target"), &field("weight"));
  loss_of(alone);
  alone.backward(sync);
  EXPECT_EQ(gradient, first_.gradient.to_host<double>());
  EXPECT_THAT(second_.gradient.to_host<double>(), ::testing::Contains(::testing::Ne(0.0)));
}

TEST_F(ProgramGradient, GoesOnInTheProgramWhoseValueWasRead) {
  const Variable code = linear(input(), first_);
  Program reader(context_, DType::f64, batch_.batch());
  const Variable out = ops::linear(reader, code, reader.of(second_), {}, Activation::tanh);
  ops::squared_error(reader, reader.loss("loss"), out, field("target"), nullptr);
  ops::squared_error(reader, reader.loss("code"), code, field("target"), nullptr);
  const auto loss = [&] {
    program_.forward();
    return loss_of(reader);
  };
  NoSync sync;
  loss();
  reader.backward(sync);
  for (Parameter* parameter : {&first_, &second_}) {
    const std::vector<double> gradient = parameter->gradient.to_host<double>();
    expect_gradient(parameter->name, parameter->value.span<double>(), gradient, loss);
  }
}

}  // namespace
}  // namespace lacuna::testing
