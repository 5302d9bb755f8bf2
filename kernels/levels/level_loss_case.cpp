#include "kernels/levels/level_case.hpp"
#include "kernels/levels/level_loss.hpp"
#include "kernels/sparse/csc_gather_gradient.hpp"
#include "kernels/sparse/products_case.hpp"

namespace lacuna {

namespace {

template <class T>
struct Operands {
  CaseShape shape;
  std::shared_ptr<const CasePattern> pattern;
  std::shared_ptr<const std::vector<T>> target;
  std::shared_ptr<const std::vector<T>> levels;
  std::shared_ptr<const std::vector<std::int64_t>> given;  ///< empty: none are
  const T* hidden;
  const T* weight;
  const T* bias;

  double row_weight(std::int64_t r) const {
    const auto at = static_cast<std::size_t>(r);
    const auto asked = static_cast<double>(pattern->row_ptr[at + 1] - pattern->row_ptr[at]);
    return given->empty() ? 1 : (static_cast<double>((*given)[at]) + asked) / asked;
  }
};

/// Outputs from the products H V^T [n, d L] without the bias.
template <class Out, class T, class Product>
std::vector<std::vector<Out>> outputs_from(const Operands<T>& in, Product p) {
  const CaseShape& s = in.shape;
  const std::int64_t levels = levels_of(s);
  const LevelCost settings = cost_of(s);
  const std::vector<Out> values(in.levels->begin(), in.levels->end());
  std::vector<std::vector<Out>> out{{Out(0)},
                                    {},
                                    std::vector<Out>(static_cast<std::size_t>(s.rows * s.units), 0),
                                    {},
                                    {static_cast<Out>(s.rows)}};
  double loss = 0;
  for (std::int64_t r = 0; r < s.rows; ++r) {
    for (std::int64_t e = in.pattern->row_ptr[static_cast<std::size_t>(r)];
         e < in.pattern->row_ptr[static_cast<std::size_t>(r) + 1]; ++e) {
      const std::int64_t first = in.pattern->col[static_cast<std::size_t>(e)] * levels;
      std::vector<Out> score;
      for (std::int64_t k = first; k < first + levels; ++k) {
        score.push_back(p(r, k) + static_cast<Out>(in.bias[k]));
      }
      score = summed(std::move(score), settings.cumulative);
      out[3].push_back(expected_level(score, values));
      const T target = (*in.target)[static_cast<std::size_t>(e)];
      const auto level =
          static_cast<std::size_t>(std::ranges::find(*in.levels, target) - in.levels->begin());
      std::vector<Out> gradient;
      loss += in.row_weight(r) * static_cast<double>(cost_by_definition(settings.ordinal_weight,
                                                                        score, level, gradient));
      if (settings.cumulative) to_single_scores(gradient);
      for (std::int64_t k = 0; k < levels; ++k) {
        const Out g = static_cast<Out>(in.row_weight(r)) * gradient[static_cast<std::size_t>(k)];
        out[1].push_back(g);
        for (std::int64_t j = 0; j < s.units; ++j) {
          out[2][static_cast<std::size_t>(r * s.units + j)] +=
              g * static_cast<Out>(in.weight[(first + k) * s.units + j]);
        }
      }
    }
  }
  out[0][0] = static_cast<Out>(loss);
  return out;
}

template <class T>
std::vector<std::vector<double>> reference(const Operands<T>& in) {
  return outputs_from<double>(in, products_in_double(in.hidden, in.weight, in.shape.units));
}

/// The product of all cells, then the observed ones of it.
template <class T>
std::vector<std::vector<T>> composed(const ExecContext& ctx, const Operands<T>& in) {
  const CaseShape& s = in.shape;
  return outputs_from<T>(in, products_by_gemm<T>(ctx, {in.hidden, s.rows, s.units},
                                                 {in.weight, s.cols * levels_of(s), s.units}));
}

template <class T>
std::vector<T> random_levels(const std::vector<T>& levels, std::int64_t count, std::uint64_t seed) {
  std::vector<T> target;
  for (std::int64_t e = 0; e < count; ++e) {
    target.push_back(levels[philox({seed, 1}, static_cast<std::uint64_t>(e))[0] % levels.size()]);
  }
  return target;
}

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const auto pattern = random_pattern(s, seed);
  const auto size = [](std::int64_t n) { return static_cast<std::size_t>(n); };
  const std::int64_t levels = levels_of(s);
  const std::int64_t places = s.cols * levels;
  const auto values = std::make_shared<const std::vector<T>>(level_values<T>(levels));
  const auto target =
      std::make_shared<const std::vector<T>>(random_levels(*values, pattern->nnz(), seed));
  std::vector<std::int64_t> cells;
  for (std::int64_t r = 0; r < s.rows && (s.mode & some_given) != 0; ++r) cells.push_back(r % 4);
  const auto given = std::make_shared<const std::vector<std::int64_t>>(std::move(cells));
  const auto loss = std::make_shared<std::vector<LossSum>>(1);
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.inputs = {{"hidden", random_values<T>(s.rows * s.units, seed, 2)},
                     {"weight", random_values<T>(places * s.units, seed, 3)},
                     {"bias", random_values<T>(places, seed, 4)}};
  instance.outputs = {
      {"loss", {T(0)}},
      {"score_gradient", std::vector<T>(size(pattern->nnz() * levels)), s.units + levels},
      {"hidden_gradient", std::vector<T>(size(s.rows * s.units)), s.units + places},
      {"prediction", std::vector<T>(size(pattern->nnz())), s.units + levels},
      {"count", {T(0)}}};
  instance.cotangents = {{"loss", {T(1)}},
                         {"score_gradient", std::vector<T>(size(pattern->nnz() * levels), T(0))},
                         {"hidden_gradient", std::vector<T>(size(s.rows * s.units), T(0))},
                         {"prediction", std::vector<T>(size(pattern->nnz()), T(0))},
                         {"count", {T(0)}}};
  instance.gradients = {{"hidden", std::vector<T>(size(s.rows * s.units))},
                        {"weight", std::vector<T>(size(places * s.units))},
                        {"bias", std::vector<T>(size(places))}};
  const Operands<T> in{s,
                       pattern,
                       target,
                       values,
                       given,
                       instance.inputs[0].data.data(),
                       instance.inputs[1].data.data(),
                       instance.inputs[2].data.data()};
  const DevicePattern on_device(memory, pattern);
  const auto matrix = [&](CaseBuffer<T>& buffer, std::int64_t rows) {
    return memory.matrix(buffer.data, rows, s.units, s.padding);
  };
  const LevelLoss<T> op{.hidden = matrix(instance.inputs[0], s.rows),
                        .weight = matrix(instance.inputs[1], places),
                        .bias = memory.array(instance.inputs[2].data),
                        .target = on_device.csr(memory.array(*target)),
                        .levels = {memory.array(*values), levels},
                        .cost = cost_of(s),
                        .given = given->empty() ? nullptr : memory.array(*given),
                        .factor = 1,
                        .loss = memory.array(*loss),
                        .score_gradient = memory.array(instance.outputs[1].data),
                        .hidden_gradient = matrix(instance.outputs[2], s.rows)};
  T* prediction = memory.array(instance.outputs[3].data);
  const MatrixView<T> weight_gradient = matrix(instance.gradients[1], places);
  T* bias_gradient = memory.array(instance.gradients[2].data);
  instance.forward = [=](const ExecContext& ctx) {
    level_loss<T>(ctx, op);
    level_prediction<T>(ctx, {.hidden = op.hidden,
                              .weight = op.weight,
                              .bias = op.bias,
                              .cells = op.target,
                              .levels = op.levels,
                              .cumulative = op.cost.cumulative,
                              .prediction = prediction});
  };
  instance.backward = [=](const ExecContext& ctx) {
    csc_gather_gradient<T>(ctx, {.pattern = on_device.csc(),
                                 .coefficient = op.score_gradient,
                                 .source = op.hidden,
                                 .gradient = weight_gradient,
                                 .column_sum = bias_gradient,
                                 .levels = levels});
  };
  instance.collect =
      [=, out = instance.outputs[0].data.data(), count = instance.outputs[4].data.data(),
       by_kernel = instance.outputs[2].data.data(), gradient = instance.gradients[0].data.data()] {
        *out = static_cast<T>((*loss)[0].sum);
        *count = static_cast<T>((*loss)[0].count);
        std::copy_n(by_kernel, s.rows * s.units, gradient);
      };
  instance.reference = [=] { return reference<T>(in); };
  instance.composed = [=](const ExecContext& ctx) { return composed<T>(ctx, in); };
  instance.reduction_length = std::max(s.units, pattern->nnz() * levels);
  instance.bytes = static_cast<double>((pattern->nnz() * levels * s.units + 2 * s.rows * s.units) *
                                       std::int64_t{sizeof(T)});
  instance.operations = 4.0 * static_cast<double>(pattern->nnz() * levels * s.units);
  return instance;
}

}  // namespace

OpCase level_loss_case() {
  std::vector<CaseShape> shapes;
  for (const int kind : {ordinal, likelihood, mixed}) {
    for (const int bits : {0, int{cumulative_scores}, int{some_given}}) {
      shapes.push_back({9, 11, 7, 0.5, with_levels(5, kind | bits)});
    }
  }
  const int usual = with_levels(5, some_given);
  shapes.insert(shapes.end(),
                {{9, 11, 7, 1.0, usual},
                 {31, 67, 33, 0.9, usual},
                 {37, 60, 21, 0.2, usual},  // long rows: may be done in blocks
                 {5, 17, 12, 0.5, usual, 3},
                 {5, 17, 12, 0.5, usual, 4},
                 {3, 30, 300, 0.3, usual},   // more units than a warp's lanes hold at 4 each
                 {2, 20, 1100, 0.2, usual},  // more than a warp's registers hold
                 {2, 20, 1101, 0.2, with_levels(2, mixed)},
                 {1, 300, 5, 0.0, usual},  // one row has all entries
                 {9, 100, 5, 0.0, usual, 0, EntryPlace::middle_row},
                 {5, 9, 6, 0.4, with_levels(64, mixed)},
                 {5, 9, 6, 0.4, with_levels(1, mixed)},
                 {0, 5, 3, 0.0, usual},
                 {3, 5, 0, 0.5, usual},
                 {3, 0, 5, 0.0, usual}});
  return {"level_loss", shapes, {{512, 6040, 500, 0.98, usual}}, make<float>, make<double>};
}

}  // namespace lacuna
