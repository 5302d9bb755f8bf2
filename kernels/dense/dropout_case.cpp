#include <cmath>
#include <numeric>

#include "kernels/case_data.hpp"
#include "kernels/dense/dropout.hpp"

namespace lacuna {

namespace {

constexpr std::int64_t step = 3;

/// Bits of the mode.
enum Mode : int {
  plain = 0,
  in_place = 1,
  shared = 2,      ///< x has a second consumer, which passes it on, and its gradient is added to
  normalized = 4,  ///< with K = 7
  all_bits = in_place | shared | normalized,
};

/// Whether an element of the global batch is kept.
bool is_kept(std::uint64_t seed, std::int64_t element, double rate) {
  const RandomStream stream{seed, 5, static_cast<std::uint32_t>(step)};
  const auto word = philox(stream, static_cast<std::uint64_t>(element / 8));
  const std::uint32_t two = word[static_cast<std::size_t>(element % 8 / 2)];
  const std::uint32_t half = element % 2 == 0 ? two & 0xffffU : two >> 16;
  return half >= std::min(std::round(rate * 0x1p16), 65535.0);
}

/// `missing` is the rate and `units` the first row.
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const bool over_x = (s.mode & in_place) != 0;
  const bool accumulate = (s.mode & shared) != 0;
  const auto cells = static_cast<std::size_t>(s.rows * s.cols);
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.inputs = {{"x", random_values<T>(s.rows * s.cols, seed, 1)}};
  instance.outputs = {{"y", std::vector<T>(cells)}, {"mask", std::vector<T>(cells)}};
  instance.cotangents = {{"y", random_values<T>(s.rows * s.cols, seed, 2)},
                         {"mask", std::vector<T>(cells)}};
  instance.gradients = {{"x", std::vector<T>(cells)}};
  if (accumulate) {
    instance.outputs.push_back({"passed on", std::vector<T>(cells)});
    instance.cotangents.push_back({"passed on", instance.cotangents[0].data});
  }
  const bool normalize = (s.mode & normalized) != 0;
  const SparsityNormalization normalization{.k = normalize ? 7.0 : 0.0};
  const auto scales = std::make_shared<std::vector<T>>(static_cast<std::size_t>(s.rows));
  const auto mask = std::make_shared<std::vector<std::uint8_t>>(cells, 9);
  const auto steps = std::make_shared<const std::vector<std::int64_t>>(1, step);
  const auto matrix = [&](CaseBuffer<T>& buffer) {
    return memory.matrix(buffer.data, s.rows, s.cols, s.padding);
  };
  const MatrixView<T> x = matrix(instance.inputs[0]);
  const MatrixView<T> y = matrix(instance.outputs[0]);
  const MatrixView<T> dy = matrix(instance.cotangents[0]);
  const MatrixView<T> dx = matrix(instance.gradients[0]);
  const Dropout<T> op{.x = over_x ? y : x,
                      .rate = s.missing,
                      .normalization = normalization,
                      .stream = {seed, 5},
                      .step = memory.array(*steps),
                      .first_row = s.units,
                      .y = y,
                      .mask = memory.array(*mask),
                      .scale = normalize ? memory.array(*scales) : nullptr};
  const DropoutBackward<T> backward{.dy = over_x && !accumulate ? dx : dy,
                                    .rate = s.missing,
                                    .mask = op.mask,
                                    .scale = op.scale,
                                    .accumulate = accumulate,
                                    .dx = dx};
  T* passed_on = accumulate ? matrix(instance.outputs[2]).data : nullptr;
  const auto bytes = static_cast<std::size_t>(s.rows * (s.cols + s.padding)) * sizeof(T);
  instance.forward = [=](const ExecContext& ctx) {
    if (over_x) ctx.runtime->copy(y.data, x.data, bytes);
    if (accumulate) ctx.runtime->copy(passed_on, x.data, bytes);
    dropout<T>(ctx, op);
  };
  instance.backward = [=](const ExecContext& ctx) {
    if (over_x || accumulate) ctx.runtime->copy(dx.data, dy.data, bytes);
    dropout_backward<T>(ctx, backward);
  };
  instance.collect = [mask, steps, scales, out = instance.outputs[1].data.data()] {
    std::ranges::transform(*mask, out, [](auto kept) { return static_cast<T>(kept); });
  };
  instance.reference = [=, host = instance.inputs[0].data.data()] {
    std::vector<std::vector<double>> out(2);
    for (std::int64_t i = 0; i < s.rows * s.cols; ++i) {
      out[1].push_back(is_kept(seed, s.units * s.cols + i, s.missing) ? 1 : 0);
    }
    for (std::int64_t r = 0; r < s.rows; ++r) {
      const auto row = out[1].begin() + r * s.cols;
      const double kept = std::accumulate(row, row + s.cols, 0.0);
      const double scale = normalize ? 7 / std::max(kept, 1.0) : 1 / (1 - s.missing);
      for (std::int64_t c = 0; c < s.cols; ++c) {
        out[0].push_back(static_cast<double>(host[r * s.cols + c]) * row[c] * scale);
      }
    }
    if (accumulate) out.emplace_back(host, host + s.rows * s.cols);
    return out;
  };
  instance.bytes = static_cast<double>(cells) * static_cast<double>(2 * sizeof(T) + 1);
  instance.operations = static_cast<double>(cells) * 30;
  return instance;
}

}  // namespace

OpCase dropout_case() {
  std::vector<CaseShape> shapes{{0, 3, 0, 0.5},
                                {3, 0, 0, 0.5},
                                {1, 1, 5, 0.5},
                                {9, 12, 0, 0.0},
                                {9, 12, 2, 0.99},
                                {300, 67, 1, 0.5},
                                {3, 9001, 1, 0.2},
                                {9, 12, 2, 0.99, normalized},
                                {3, 9001, 1, 0.2, normalized}};
  for (int mode = plain; mode <= all_bits; ++mode) {
    shapes.push_back({13, 17, 3, 0.3, mode, mode % 3});
    shapes.push_back({13, 20, 3, 0.3, mode, mode % 2 * 4});
  }
  return {"dropout",
          shapes,
          {{4096, 2048, 0, 0.5}, {4096, 2048, 0, 0.5, normalized}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
