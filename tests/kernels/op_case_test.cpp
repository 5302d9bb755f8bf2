#include "kernels/op_case.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "tests/support/context.hpp"
#include "tests/support/finite_difference.hpp"
#include "tests/support/tolerance.hpp"

namespace lacuna {
namespace {

using testing::cpu_context;

struct Sample {
  OpCase op;
  CaseShape shape;
};

std::vector<Sample> samples() {
  std::vector<Sample> all;
  for (const OpCase& op : op_cases()) {
    for (const CaseShape& shape : op.test_shapes) all.push_back({op, shape});
  }
  return all;
}

/// Names a failing sample in gtest's output.
void PrintTo(const Sample& sample, std::ostream* out) {
  *out << sample.op.name << " " << to_string(sample.shape);
}

std::string sample_name(const ::testing::TestParamInfo<Sample>& info) {
  return std::string(info.param.op.name) + "_" + std::to_string(info.index);
}

template <class T>
CaseInstance<T> instance_of(const Sample& sample) {
  if constexpr (std::is_same_v<T, float>) return sample.op.make_float(sample.shape, 17);
  if constexpr (std::is_same_v<T, double>) return sample.op.make_double(sample.shape, 17);
}

/// Those with a backward pass and few enough inputs to perturb each; larger shapes are for parity.
std::vector<Sample> gradient_samples() {
  std::vector<Sample> small = samples();
  std::erase_if(small, [](const Sample& sample) {
    const auto instance = instance_of<double>(sample);
    std::size_t elements = 0;
    for (const auto& input : instance.inputs) elements += input.data.size();
    return !instance.backward || elements > 1000;
  });
  return small;
}

template <class Got, class Want>
void expect_close(const CaseBuffer<Got>& got, const std::vector<Want>& want, double tolerance) {
  ASSERT_EQ(got.data.size(), want.size()) << got.name;
  double largest = 1e-30;
  for (const Want w : want) largest = std::max(largest, std::abs(static_cast<double>(w)));
  for (std::size_t i = 0; i < want.size(); ++i) {
    const double difference = static_cast<double>(got.data[i]) - static_cast<double>(want[i]);
    ASSERT_LE(std::abs(difference), tolerance * largest) << got.name << "[" << i << "]";
  }
}

class Op : public ::testing::TestWithParam<Sample> {
 protected:
  template <class T>
  void check_parity() {
    DeviceContext context = cpu_context();
    CaseInstance<T> instance = instance_of<T>(GetParam());
    const double tolerance = testing::tolerance<T>(instance.reduction_length);
    instance.forward(context.exec());
    const auto reference = instance.reference();
    ASSERT_EQ(reference.size(), instance.outputs.size());
    for (std::size_t i = 0; i < reference.size(); ++i) {
      expect_close(instance.outputs[i], reference[i], tolerance);
    }
    if (!instance.composed) return;
    const auto composed = instance.composed(context.exec());
    for (std::size_t i = 0; i < composed.size(); ++i) {
      expect_close(instance.outputs[i], composed[i], tolerance);
    }
  }

  /// Outputs and gradients of one run, as bytes.
  std::vector<std::vector<float>> run(int threads, std::int64_t cache_bytes = 512 << 10) {
    DeviceContext context = cpu_context(threads);
    ExecContext ctx = context.exec();
    ctx.cache_bytes = cache_bytes;
    CaseInstance<float> instance = instance_of<float>(GetParam());
    instance.forward(ctx);
    if (instance.backward) instance.backward(ctx);
    std::vector<std::vector<float>> all;
    for (auto& buffer : instance.outputs) all.push_back(buffer.data);
    for (auto& buffer : instance.gradients) all.push_back(buffer.data);
    return all;
  }
};

class OpGradient : public ::testing::TestWithParam<Sample> {};

TEST_P(Op, FloatAgreesWithDoubleReference) {
  check_parity<float>();
}

TEST_P(Op, DoubleAgreesWithDoubleReference) {
  check_parity<double>();
}

TEST_P(OpGradient, AgreesWithFiniteDifferences) {
  DeviceContext context = cpu_context();
  CaseInstance<double> instance = instance_of<double>(GetParam());
  instance.forward(context.exec());
  instance.backward(context.exec());
  const auto gradients = instance.gradients;
  const auto weighted_outputs = [&] {
    instance.forward(context.exec());
    double sum = 0;
    for (std::size_t i = 0; i < instance.outputs.size(); ++i) {
      const auto& output = instance.outputs[i].data;
      sum = std::inner_product(output.begin(), output.end(), instance.cotangents[i].data.begin(),
                               sum);
    }
    return sum;
  };
  for (std::size_t i = 0; i < instance.inputs.size(); ++i) {
    testing::expect_gradient(instance.inputs[i].name, instance.inputs[i].data, gradients[i].data,
                             weighted_outputs, instance.perturb_zeros);
  }
}

TEST_P(Op, BitsDoNotDependOnThreads) {
  const auto one = run(1);
  EXPECT_EQ(one, run(1));
  EXPECT_EQ(one, run(2));
  EXPECT_EQ(one, run(4));
}

TEST_P(Op, BitsDoNotDependOnTheCache) {
  const auto large = run(1);
  EXPECT_EQ(large, run(1, 0));
  EXPECT_EQ(large, run(2, 300));
  EXPECT_EQ(large, run(4, 2000));
}

INSTANTIATE_TEST_SUITE_P(Cases, Op, ::testing::ValuesIn(samples()), sample_name);
INSTANTIATE_TEST_SUITE_P(Cases, OpGradient, ::testing::ValuesIn(gradient_samples()), sample_name);

TEST(OpCases, EveryOpHasShapesForTestsAndBenchmarks) {
  for (const OpCase& op : op_cases()) {
    EXPECT_GE(op.test_shapes.size(), 3u) << op.name;
    EXPECT_GE(op.bench_shapes.size(), 1u) << op.name;
  }
}

}  // namespace
}  // namespace lacuna
