#include "kernels/op_case.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "tests/support/context.hpp"
#include "tests/support/exact_scratch.hpp"
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
CaseInstance<T> instance_of(const Sample& sample, DeviceContext& context) {
  if constexpr (std::is_same_v<T, float>) {
    return sample.op.make_float(sample.shape, 17, context.runtime());
  }
  if constexpr (std::is_same_v<T, double>) {
    return sample.op.make_double(sample.shape, 17, context.runtime());
  }
}

/// Those with a backward pass and few enough inputs to perturb each; larger shapes are for parity.
std::vector<Sample> gradient_samples() {
  DeviceContext context = cpu_context();
  std::vector<Sample> small = samples();
  std::erase_if(small, [&](const Sample& sample) {
    const auto instance = instance_of<double>(sample, context);
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

template <class T>
double output_tolerance(const CaseInstance<T>& instance, const CaseBuffer<T>& output) {
  return testing::tolerance<T>(output.reduction_length > 0 ? output.reduction_length
                                                           : instance.reduction_length);
}

/// Terms that a backward pass may sum into one gradient.
template <class T>
std::int64_t backward_length(const Sample& sample, const CaseInstance<T>& instance) {
  const CaseShape& s = sample.shape;
  return std::max({instance.reduction_length, s.rows, s.cols, s.units});
}

class Op : public ::testing::TestWithParam<Sample> {
 protected:
  /// Outputs against the reference, gradients against those of the CPU in double.
  template <class T>
  void check_parity(Device device) {
    DeviceContext context(device, 2);
    CaseInstance<T> instance = instance_of<T>(GetParam(), context);
    const auto reference = instance.reference();
    testing::ExactScratch scratch(context.runtime());
    ExecContext ctx = context.exec();
    ctx.scratch = &scratch;
    instance.run(ctx, true);
    EXPECT_FALSE(instance.memory->padding_was_written());
    ASSERT_EQ(reference.size(), instance.outputs.size());
    for (std::size_t i = 0; i < reference.size(); ++i) {
      const auto& output = instance.outputs[i];
      expect_close(output, reference[i], output_tolerance(instance, output));
    }
    DeviceContext cpu = cpu_context();
    CaseInstance<double> exact = instance_of<double>(GetParam(), cpu);
    exact.run(cpu.exec(), true);
    for (std::size_t i = 0; i < instance.gradients.size(); ++i) {
      expect_close(instance.gradients[i], exact.gradients[i].data,
                   testing::tolerance<T>(backward_length(GetParam(), instance)));
    }
    if (!instance.composed || device != Device::cpu) return;
    const auto composed = instance.composed(context.exec());
    for (std::size_t i = 0; i < composed.size(); ++i) {
      const auto& output = instance.outputs[i];
      expect_close(output, composed[i], output_tolerance(instance, output));
    }
  }

  /// A captured pass gives the bits of one that was not captured.
  void check_replay(Device device) {
    DeviceContext context(device, 2);
    CaseInstance<float> launched = instance_of<float>(GetParam(), context);
    launched.run(context.exec(), true);
    CaseInstance<float> captured = instance_of<float>(GetParam(), context);
    const std::unique_ptr<DeviceGraph> graph = context.runtime().capture([&] {
      captured.forward(context.exec());
      if (captured.backward) captured.backward(context.exec());
    });
    captured.memory->to_device();
    graph->launch();
    captured.memory->to_host();
    if (captured.collect) captured.collect();
    EXPECT_EQ(values_of(captured), values_of(launched));
  }

  static std::vector<std::vector<float>> values_of(const CaseInstance<float>& instance) {
    std::vector<std::vector<float>> all;
    for (const auto& buffer : instance.outputs) all.push_back(buffer.data);
    for (const auto& buffer : instance.gradients) all.push_back(buffer.data);
    return all;
  }

  /// Outputs and gradients of one run, as bytes.
  std::vector<std::vector<float>> run(Device device, int threads = 2,
                                      std::int64_t cache_bytes = 512 << 10) {
    DeviceContext context(device, threads);
    ExecContext ctx = context.exec();
    ctx.cache_bytes = cache_bytes;
    CaseInstance<float> instance = instance_of<float>(GetParam(), context);
    instance.run(ctx, true);
    return values_of(instance);
  }
};

class Row27OpGradient : public ::testing::TestWithParam<Sample> {};

TEST_P(Op, FloatAgreesWithDoubleReference) {
  check_parity<float>(Device::cpu);
}

TEST_P(Op, EmulatedAgreesWithDoubleReference) {
  check_parity<float>(Device::emulated);
}

TEST_P(Op, CudaAgreesWithDoubleReference) {
  LACUNA_NEED_DEVICE(Device::cuda);
  check_parity<float>(Device::cuda);
}

TEST_P(Op, DoubleAgreesWithDoubleReference) {
  check_parity<double>(Device::cpu);
}

TEST_P(Row27OpGradient, AgreesWithFiniteDifferences) {
  DeviceContext context = cpu_context();
  CaseInstance<double> instance = instance_of<double>(GetParam(), context);
  instance.run(context.exec(), true);
  const auto gradients = instance.gradients;
  const auto weighted_outputs = [&] {
    instance.run(context.exec());
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
  const auto one = run(Device::cpu, 1);
  EXPECT_EQ(one, run(Device::cpu, 1));
  EXPECT_EQ(one, run(Device::cpu, 2));
  EXPECT_EQ(one, run(Device::cpu, 4));
}

TEST_P(Op, BitsDoNotDependOnTheCache) {
  const auto large = run(Device::cpu, 1);
  EXPECT_EQ(large, run(Device::cpu, 1, 0));
  EXPECT_EQ(large, run(Device::cpu, 2, 300));
  EXPECT_EQ(large, run(Device::cpu, 4, 2000));
}

TEST_P(Op, EmulatedGivesTheSameBitsAgain) {
  EXPECT_EQ(run(Device::emulated), run(Device::emulated));
}

TEST_P(Op, EmulatedReplaysWithTheSameBits) {
  check_replay(Device::emulated);
}

TEST_P(Op, CudaReplaysWithTheSameBits) {
  LACUNA_NEED_DEVICE(Device::cuda);
  check_replay(Device::cuda);
}

TEST_P(Op, CudaGivesTheSameBitsAgain) {
  LACUNA_NEED_DEVICE(Device::cuda);
  const auto first = run(Device::cuda);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(first, run(Device::cuda));
}

INSTANTIATE_TEST_SUITE_P(Cases, Op, ::testing::ValuesIn(samples()), sample_name);
INSTANTIATE_TEST_SUITE_P(Cases, Row27OpGradient, ::testing::ValuesIn(gradient_samples()),
                         sample_name);

TEST(OpCases, EveryOpHasShapesForTestsAndBenchmarks) {
  for (const OpCase& op : op_cases()) {
    EXPECT_GE(op.test_shapes.size(), 3u) << op.name;
    EXPECT_GE(op.bench_shapes.size(), 1u) << op.name;
  }
}

}  // namespace
}  // namespace lacuna
