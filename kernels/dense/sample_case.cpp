#include <cmath>
#include <limits>
#include <numbers>

#include "kernels/case_data.hpp"
#include "kernels/dense/sample.hpp"

namespace lacuna {

namespace {

constexpr std::int64_t step = 3;
constexpr double stddev = 1.5;

/// Bits of the mode.
enum Mode : int {
  bernoulli = 0,
  gaussian = 1,
  in_place = 2,
  all_bits = gaussian | in_place,
};

/// The draws of an element: uniform and normal.
struct Draws {
  double uniform, normal;

  Draws(std::uint64_t seed, std::int64_t element) {
    const RandomStream stream{seed, 5, static_cast<std::uint32_t>(step)};
    const auto word = philox(stream, static_cast<std::uint64_t>(element / 4));
    const auto lane = static_cast<std::size_t>(element % 4);
    const std::size_t pair = lane / 2 * 2;
    const double radius = std::sqrt(-2 * std::log(open_uniform(word[pair])));
    const double angle = 2 * std::numbers::pi * open_uniform(word[pair + 1]);
    uniform = open_uniform(word[lane]);
    normal = static_cast<float>(radius * (lane == pair ? std::cos(angle) : std::sin(angle)));
  }
};

/// Probabilities, of which some are 0 or 1 and some beyond; or means.
template <class T>
std::vector<T> parameters(const CaseShape& s, std::uint64_t seed, bool normal) {
  std::vector<T> x = random_values<T>(s.rows * s.cols, seed, 1);
  for (std::size_t i = 0; !normal && i < x.size(); ++i) {
    x[i] = i % 7 == 3 ? static_cast<T>(static_cast<int>(i % 4) - 1) : std::abs(x[i]);
  }
  return x;
}

/// `units` is the first row.
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const bool normal = (s.mode & gaussian) != 0;
  const bool over_x = (s.mode & in_place) != 0;
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.inputs = {{normal ? "mean" : "p", parameters<T>(s, seed, normal)}};
  instance.outputs = {{"y", std::vector<T>(instance.inputs[0].data.size())}};
  const auto steps = std::make_shared<const std::vector<std::int64_t>>(1, step);
  const std::int64_t* at = memory.array(*steps);
  const MatrixView<T> given = memory.matrix(instance.inputs[0].data, s.rows, s.cols, s.padding);
  const MatrixView<T> y = memory.matrix(instance.outputs[0].data, s.rows, s.cols, s.padding);
  const MatrixView<const T> x = over_x ? y : given;
  const auto bytes = static_cast<std::size_t>(s.rows * (s.cols + s.padding)) * sizeof(T);
  instance.forward = [=](const ExecContext& ctx) {
    if (over_x) ctx.runtime->copy(y.data, given.data, bytes);
    if (normal) {
      normal_sample<T>(ctx, {x, static_cast<T>(stddev), {seed, 5}, at, s.units, y});
    } else {
      bernoulli_sample<T>(ctx, {x, {seed, 5}, at, s.units, y});
    }
  };
  instance.collect = [steps] {};  // keeps it
  instance.reference = [=, host = instance.inputs[0].data.data()] {
    std::vector<std::vector<double>> out(1);
    for (std::int64_t i = 0; i < s.rows * s.cols; ++i) {
      const Draws draws(seed, s.units * s.cols + i);
      const double parameter = static_cast<double>(host[i]);
      const double one_or_zero = draws.uniform < parameter ? 1 : 0;
      out[0].push_back(normal ? parameter + stddev * draws.normal : one_or_zero);
    }
    return out;
  };
  instance.bytes = static_cast<double>(2 * s.rows * s.cols * std::int64_t{sizeof(T)});
  instance.operations = static_cast<double>(s.rows * s.cols) * (normal ? 60 : 30);
  return instance;
}

}  // namespace

OpCase sample_case() {
  std::vector<CaseShape> shapes;
  for (int mode = bernoulli; mode <= all_bits; ++mode) {
    shapes.push_back({0, 3, 0, 0, mode});
    shapes.push_back({3, 0, 0, 0, mode});
    shapes.push_back({1, 1, 5, 0, mode});
    shapes.push_back({31, 1, 2, 0, mode});
    shapes.push_back({9, 12, 2, 0, mode, mode});
    shapes.push_back({13, 20, 3, 0, mode, 4});
    shapes.push_back({70, 67, 1, 0, mode, mode % 2});
    shapes.push_back({2, 9001, 1, 0, mode});
  }
  return {"sample", shapes, {{4096, 784}, {4096, 784, 0, 0, gaussian}}, make<float>, make<double>};
}

}  // namespace lacuna
