#include "kernels/case_data.hpp"
#include "kernels/sparse/sparsity_normalize.hpp"

namespace lacuna {

namespace {

constexpr double constant_k = 7.5;

enum Mode : int { count_by_mask = 0, count_by_non_zeros = 1 };

template <class T>
std::vector<std::vector<double>> reference(const CaseShape& s, const std::vector<T>& x,
                                           const std::vector<T>& mask) {
  std::vector<std::vector<double>> out{std::vector<double>(x.size()),
                                       std::vector<double>(static_cast<std::size_t>(s.rows))};
  for (std::int64_t r = 0; r < s.rows; ++r) {
    double count = 0;
    const auto cell = [&](std::int64_t j) { return static_cast<std::size_t>(r * s.cols + j); };
    for (std::int64_t j = 0; j < s.cols; ++j) {
      count += mask.empty() ? (x[cell(j)] != T(0) ? 1.0 : 0.0) : static_cast<double>(mask[cell(j)]);
    }
    const double scale = constant_k / std::max(count, 1.0);
    for (std::int64_t j = 0; j < s.cols; ++j) {
      const double m = mask.empty() ? 1.0 : static_cast<double>(mask[cell(j)]);
      out[0][cell(j)] = m * static_cast<double>(x[cell(j)]) * scale;
    }
    out[1][static_cast<std::size_t>(r)] = scale;
  }
  return out;
}

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const bool by_mask = s.mode == count_by_mask;
  const std::int64_t cells = s.rows * s.cols;
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.inputs = {{"x", random_values<T>(cells, seed, 1, by_mask ? 1.0 : 1.0 - s.missing)}};
  instance.outputs = {{"y", std::vector<T>(static_cast<std::size_t>(cells))},
                      {"scale", std::vector<T>(static_cast<std::size_t>(s.rows))}};
  instance.cotangents = {{"y", random_values<T>(cells, seed, 2)},
                         {"scale", std::vector<T>(static_cast<std::size_t>(s.rows), T(0))}};
  instance.gradients = {{"x", std::vector<T>(static_cast<std::size_t>(cells))}};
  instance.perturb_zeros = by_mask;

  auto mask = std::make_shared<std::vector<T>>();
  if (by_mask) {
    const std::vector<T> ones(static_cast<std::size_t>(cells), T(1));
    *mask = densified<T>(*random_pattern(s, seed), ones.data());
  }
  const auto matrix = [&](std::vector<T>& data) {
    return memory.matrix(data, s.rows, s.cols, s.padding);
  };
  const MatrixView<const T> mask_view = by_mask ? matrix(*mask) : MatrixView<T>{};
  const SparsityNormalization normalization{constant_k,
                                            by_mask ? CountBy::mask : CountBy::non_zeros};
  const MatrixView<const T> x = matrix(instance.inputs[0].data);
  const MatrixView<T> y = matrix(instance.outputs[0].data);
  T* scale = memory.array(instance.outputs[1].data);
  const MatrixView<const T> dy = matrix(instance.cotangents[0].data);
  const MatrixView<T> dx = matrix(instance.gradients[0].data);
  instance.forward = [=](const ExecContext& ctx) {
    sparsity_normalize<T>(ctx, {x, mask_view, normalization, y, scale});
  };
  instance.backward = [=](const ExecContext& ctx) {
    sparsity_normalize_backward<T>(ctx, {dy, mask_view, scale, dx});
  };
  instance.reference = [=, host = instance.inputs[0].data.data()] {
    return reference<T>(s, std::vector<T>(host, host + cells), *mask);
  };
  instance.bytes = static_cast<double>((by_mask ? 3 : 2) * cells * std::int64_t{sizeof(T)});
  instance.operations = static_cast<double>(2 * cells);
  return instance;
}

}  // namespace

OpCase sparsity_normalize_case() {
  std::vector<CaseShape> shapes;
  for (const int mode : {count_by_mask, count_by_non_zeros}) {
    for (const double missing : {0.0, 0.5, 1.0}) {
      shapes.push_back({.rows = 7, .cols = 13, .missing = missing, .mode = mode});
    }
    shapes.push_back({.rows = 0, .cols = 5, .mode = mode});
    shapes.push_back({.rows = 5, .cols = 16, .missing = 0.5, .mode = mode, .padding = 3});
    shapes.push_back({.rows = 3, .cols = 40, .missing = 0.5, .mode = mode, .padding = 4});
    shapes.push_back({.rows = 1, .cols = 1, .mode = mode});
    shapes.push_back({.rows = 131, .cols = 257, .missing = 0.9, .mode = mode});
    shapes.push_back({.rows = 2, .cols = 0, .mode = mode});
    for (const std::int64_t cols : {101, 260, 1001, 1031, 2048, 2053, 2056, 4100, 8200}) {
      shapes.push_back({.rows = 3, .cols = cols, .missing = 0.5, .mode = mode});
    }
  }
  return {
      "sparsity_normalize",
      shapes,
      {{.rows = 4096, .cols = 2048, .missing = 0.5}, {.rows = 1000, .cols = 8192, .missing = 0.5}},
      make<float>,
      make<double>};
}

}  // namespace lacuna
