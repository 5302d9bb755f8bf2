#include <cmath>

#include "kernels/case_data.hpp"
#include "kernels/dense/softmax_cross_entropy.hpp"

namespace lacuna {

namespace {

constexpr double scale = 0.75;

/// Bits of the mode.
enum Mode : int {
  plain = 0,
  weighted_rows = 1,
  weighted_classes = 2,
  no_gradient = 4,
  all_bits = weighted_rows | weighted_classes | no_gradient,
};

/// What the reference needs, on the host.
template <class T>
struct Given {
  CaseShape shape;
  std::vector<std::int32_t> label;
  std::vector<T> row_weight;
  std::vector<T> class_weight;

  /// `missing` of the rows have no label.
  Given(const CaseShape& s, std::uint64_t seed)
      : shape(s),
        row_weight(static_cast<std::size_t>(s.rows), T(1)),
        class_weight(static_cast<std::size_t>(s.cols), T(1)) {
    for (std::size_t r = 0; r < row_weight.size(); ++r) {
      const auto word = philox({seed, 3}, r);
      const auto drawn = static_cast<std::int32_t>(word[0] % static_cast<std::uint32_t>(s.cols));
      label.push_back(open_uniform(word[1]) < s.missing ? -1 : drawn);
      if ((s.mode & weighted_rows) == 0) continue;
      row_weight[r] = r % 5 == 2 ? T(0) : T(open_uniform(word[2]));
    }
    for (std::size_t k = 0; (s.mode & weighted_classes) != 0 && k < class_weight.size(); ++k) {
      class_weight[k] = static_cast<T>(0.5 + static_cast<double>(k % 3));
    }
  }

  double weight(std::size_t r) const {
    if (label[r] < 0) return 0;
    return static_cast<double>(row_weight[r]) *
           static_cast<double>(class_weight[static_cast<std::size_t>(label[r])]);
  }

  std::vector<std::vector<double>> reference(const T* logits) const {
    double sum = 0;
    double count = 0;
    for (std::size_t r = 0; r < label.size(); ++r) count += weight(r);
    std::vector<double> gradient;
    for (std::size_t r = 0; r < label.size(); ++r) {
      const T* row = logits + static_cast<std::int64_t>(r) * shape.cols;
      double total = 0;
      for (std::int64_t j = 0; j < shape.cols; ++j) total += std::exp(static_cast<double>(row[j]));
      const double share = count > 0 ? scale * weight(r) / count : 0;
      for (std::int64_t j = 0; j < shape.cols; ++j) {
        const double p = std::exp(static_cast<double>(row[j])) / total;
        gradient.push_back(share * (p - (j == label[r] ? 1 : 0)));
      }
      if (label[r] < 0) continue;
      sum += weight(r) * (std::log(total) - static_cast<double>(row[label[r]]));
    }
    std::vector<std::vector<double>> out{{count > 0 ? scale * sum / count : 0}, {count}};
    if ((shape.mode & no_gradient) == 0) out.push_back(gradient);
    return out;
  }
};

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  const auto given = std::make_shared<const Given<T>>(s, seed);
  const auto loss = std::make_shared<std::vector<LossSum>>(1, LossSum{7, 7});
  instance.inputs = {{"logits", random_values<T>(s.rows * s.cols, seed, 1)}};
  for (T& x : instance.inputs[0].data) x *= T(5);
  const std::size_t cells = instance.inputs[0].data.size();
  instance.outputs = {{"loss", {T(0)}}, {"count", {T(0)}}};
  instance.cotangents = {{"loss", {T(1)}}, {"count", {T(0)}}};
  SoftmaxCrossEntropy<T> op;
  op.scale = scale;
  op.logits = memory.matrix(instance.inputs[0].data, s.rows, s.cols, s.padding);
  op.label = memory.array(given->label);
  if ((s.mode & weighted_rows) != 0) op.row_weight = memory.array(given->row_weight);
  if ((s.mode & weighted_classes) != 0) op.class_weight = memory.array(given->class_weight);
  op.loss = memory.array(*loss);
  T* gradient = nullptr;
  if ((s.mode & no_gradient) == 0) {
    instance.outputs.push_back({"logits_gradient", std::vector<T>(cells)});
    instance.cotangents.push_back({"logits_gradient", std::vector<T>(cells)});
    instance.gradients = {{"logits", std::vector<T>(cells)}};
    op.logits_gradient = memory.matrix(instance.outputs[2].data, s.rows, s.cols, s.padding);
    gradient = instance.gradients[0].data.data();
    instance.backward = [](const ExecContext&) {};  // the forward pass wrote the gradient
  }
  instance.forward = [op, given](const ExecContext& ctx) { softmax_cross_entropy<T>(ctx, op); };
  instance.collect = [=, out = instance.outputs[0].data.data(),
                      count = instance.outputs[1].data.data(),
                      written = instance.outputs.back().data.data()] {
    const LossSum& sums = (*loss)[0];
    *out = static_cast<T>(sums.count > 0 ? scale * sums.sum / sums.count : sums.sum);
    *count = static_cast<T>(sums.count);
    if (gradient != nullptr) std::copy_n(written, cells, gradient);
  };
  instance.reference = [given, logits = instance.inputs[0].data.data()] {
    return given->reference(logits);
  };
  instance.reduction_length = std::max(s.rows, s.cols);
  instance.bytes = static_cast<double>(2 * s.rows * s.cols * std::int64_t{sizeof(T)});
  instance.operations = static_cast<double>(s.rows * s.cols) * 30;
  return instance;
}

}  // namespace

OpCase softmax_cross_entropy_case() {
  std::vector<CaseShape> shapes{{0, 3, 0, 0.0},
                                {3, 1, 0, 0.0},
                                {9, 5, 0, 1.0},
                                {300, 3, 0, 0.2},
                                {9, 132, 0, 0.5, weighted_rows | weighted_classes},
                                {3, 1301, 0, 0.5},
                                {9, 12, 0, 0.3, weighted_rows, 4}};
  for (int mode = plain; mode <= all_bits; ++mode) {
    shapes.push_back({31, 10, 0, 0.3, mode, mode % 3});
  }
  return {"softmax_cross_entropy", shapes, {{4096, 1000}, {16384, 10}}, make<float>, make<double>};
}

}  // namespace lacuna
