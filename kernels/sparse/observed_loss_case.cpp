#include "kernels/case_data.hpp"
#include "kernels/sparse/csc_gather_gradient.hpp"
#include "kernels/sparse/observed_loss.hpp"
#include "kernels/sparse/products_case.hpp"

namespace lacuna {

namespace {

/// The buffers of one case, and its patterns.
template <class T>
struct Operands {
  CaseShape shape;
  std::shared_ptr<const CasePattern> pattern;
  std::shared_ptr<const std::vector<T>> target;
  const T* hidden;
  const T* weight;
  const T* bias;
};

/// Outputs from a dense n x d matrix of products `p` without the bias.
template <class Out, class T, class Product>
std::vector<std::vector<Out>> outputs_from(const Operands<T>& in, Product p) {
  const CaseShape& s = in.shape;
  std::vector<std::vector<Out>> out{
      {Out(0)},
      {},
      std::vector<Out>(static_cast<std::size_t>(s.rows * s.units), Out(0)),
      {},
      {static_cast<Out>(in.pattern->nnz())}};
  double loss = 0;
  for (std::int64_t r = 0; r < s.rows; ++r) {
    for (std::int64_t e = in.pattern->row_ptr[static_cast<std::size_t>(r)];
         e < in.pattern->row_ptr[static_cast<std::size_t>(r) + 1]; ++e) {
      const std::int64_t c = in.pattern->col[static_cast<std::size_t>(e)];
      const Out prediction = p(r, c) + static_cast<Out>(in.bias[c]);
      const Out error = prediction - static_cast<Out>((*in.target)[static_cast<std::size_t>(e)]);
      loss += static_cast<double>(error) * static_cast<double>(error);
      out[1].push_back(2 * error);
      out[3].push_back(prediction);
      for (std::int64_t j = 0; j < s.units; ++j) {
        out[2][static_cast<std::size_t>(r * s.units + j)] +=
            2 * error * static_cast<Out>(in.weight[c * s.units + j]);
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
  return outputs_from<T>(
      in, products_by_gemm<T>(ctx, {in.hidden, s.rows, s.units}, {in.weight, s.cols, s.units}));
}

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const auto pattern = random_pattern(s, seed);
  const auto size = [](std::int64_t n) { return static_cast<std::size_t>(n); };
  const auto target =
      std::make_shared<const std::vector<T>>(random_values<T>(pattern->nnz(), seed, 1));
  const auto loss = std::make_shared<std::vector<LossSum>>(1);
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.inputs = {{"hidden", random_values<T>(s.rows * s.units, seed, 2)},
                     {"weight", random_values<T>(s.cols * s.units, seed, 3)},
                     {"bias", random_values<T>(s.cols, seed, 4)}};
  instance.outputs = {{"loss", {T(0)}},
                      {"prediction_gradient", std::vector<T>(size(pattern->nnz())), s.units},
                      {"hidden_gradient", std::vector<T>(size(s.rows * s.units)), s.units + s.cols},
                      {"prediction", std::vector<T>(size(pattern->nnz())), s.units},
                      {"count", {T(0)}}};
  instance.cotangents = {{"loss", {T(1)}},
                         {"prediction_gradient", std::vector<T>(size(pattern->nnz()), T(0))},
                         {"hidden_gradient", std::vector<T>(size(s.rows * s.units), T(0))},
                         {"prediction", std::vector<T>(size(pattern->nnz()), T(0))},
                         {"count", {T(0)}}};
  instance.gradients = {{"hidden", std::vector<T>(size(s.rows * s.units))},
                        {"weight", std::vector<T>(size(s.cols * s.units))},
                        {"bias", std::vector<T>(size(s.cols))}};
  const Operands<T> in{s,
                       pattern,
                       target,
                       instance.inputs[0].data.data(),
                       instance.inputs[1].data.data(),
                       instance.inputs[2].data.data()};
  const DevicePattern on_device(memory, pattern);
  const auto matrix = [&](CaseBuffer<T>& buffer, std::int64_t rows) {
    return memory.matrix(buffer.data, rows, s.units, s.padding);
  };
  const MatrixView<const T> hidden = matrix(instance.inputs[0], s.rows);
  const MatrixView<const T> weight = matrix(instance.inputs[1], s.cols);
  const T* bias = memory.array(instance.inputs[2].data);
  const CsrView<T> cells = on_device.csr(memory.array(*target));
  LossSum* loss_sum = memory.array(*loss);
  T* prediction_gradient = memory.array(instance.outputs[1].data);
  const MatrixView<T> hidden_gradient = matrix(instance.outputs[2], s.rows);
  T* prediction = memory.array(instance.outputs[3].data);
  const MatrixView<T> weight_gradient = matrix(instance.gradients[1], s.cols);
  T* bias_gradient = memory.array(instance.gradients[2].data);
  instance.forward = [=](const ExecContext& ctx) {
    observed_loss<T>(ctx, {.hidden = hidden,
                           .weight = weight,
                           .bias = bias,
                           .target = cells,
                           .loss = loss_sum,
                           .prediction_gradient = prediction_gradient,
                           .hidden_gradient = hidden_gradient});
    observed_prediction<T>(ctx, {hidden, weight, bias, cells, prediction});
  };
  instance.backward = [=](const ExecContext& ctx) {
    csc_gather_gradient<T>(ctx, {.pattern = on_device.csc(),
                                 .coefficient = prediction_gradient,
                                 .source = hidden,
                                 .gradient = weight_gradient,
                                 .column_sum = bias_gradient});
  };
  instance.collect =
      [=, out = instance.outputs[0].data.data(), count = instance.outputs[4].data.data(),
       given = instance.outputs[2].data.data(), gradient = instance.gradients[0].data.data()] {
        *out = static_cast<T>((*loss)[0].sum);
        *count = static_cast<T>((*loss)[0].count);
        std::copy_n(given, s.rows * s.units, gradient);
      };
  instance.reference = [=] { return reference<T>(in); };
  instance.composed = [=](const ExecContext& ctx) { return composed<T>(ctx, in); };
  instance.reduction_length = std::max(s.units, pattern->nnz());
  instance.bytes = static_cast<double>((pattern->nnz() * s.units + 2 * s.rows * s.units) *
                                       std::int64_t{sizeof(T)});
  instance.operations = 4.0 * static_cast<double>(pattern->nnz() * s.units);
  return instance;
}

}  // namespace

OpCase observed_loss_case() {
  return {"observed_loss",
          {{9, 11, 7, 0.0},
           {9, 11, 7, 0.5},
           {9, 11, 7, 1.0},
           {131, 67, 33, 0.9},
           {37, 150, 21, 0.2},  // long rows: may be done in blocks
           {5, 17, 100, 0.5},
           {5, 17, 12, 0.5, 0, 3},
           {5, 17, 12, 0.5, 0, 4},
           {3, 70, 300, 0.3},  // more units than a warp's lanes hold at 4 each
           {3, 70, 200, 0.3},
           {3, 70, 201, 0.3},
           {3, 70, 301, 0.3},
           {2, 40, 601, 0.3},
           {3, 70, 1000, 0.3},
           {2, 90, 1100, 0.2},  // more than a warp's registers hold
           {2, 90, 1101, 0.2},
           {1, 700, 5, 0.0},  // one row has all entries
           {9, 300, 5, 0.0, 0, 0, EntryPlace::middle_row},
           {200, 3, 9, 0.8},  // most rows have none
           {0, 5, 3, 0.0},
           {3, 5, 0, 0.5},
           {3, 0, 5, 0.0},
           {1, 1, 1, 0.0}},
          {{3706, 6040, 500, 0.96}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
