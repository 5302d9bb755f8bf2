#pragma once

#include <numeric>
#include <vector>

#include "kernels/case_data.hpp"
#include "kernels/dense/bias_activation.hpp"
#include "kernels/rbm/free_energy.hpp"
#include "kernels/rbm/rbm_case.hpp"

/// What the case of free_energy_gap compares with.
namespace lacuna {

constexpr double gap_case_scale = 0.75;

/// Rows of the model: as many as of data, or more.
inline std::int64_t model_rows(const CaseShape& s) {
  return (s.mode & longer_model) != 0 && s.rows > 0 ? 2 * s.rows + 1 : s.rows;
}

/// What is held fixed, and the case's inputs.
template <class T>
struct GapCase {
  CaseShape shape;
  std::vector<T> v0, vk;
  const T* a0 = nullptr;
  const T* ak = nullptr;
  const T* bias = nullptr;

  GapCase(const CaseShape& s, std::uint64_t seed)
      : shape(s),
        v0(visible_values<T>(s.rows * s.cols, seed, 4, units_of(s))),
        vk(visible_values<T>(model_rows(s) * s.cols, seed, 5, units_of(s))) {}

  /// The outputs, from both mean free energies, the sigmoids of the pre-activations, and column
  /// means.
  template <class Out>
  std::vector<std::vector<Out>> outputs(Out data_energy, Out model_energy,
                                        const std::vector<Out>& data_sigmoid,
                                        const std::vector<Out>& model_sigmoid) const {
    const Out n = static_cast<Out>(shape.rows);
    const Out k = static_cast<Out>(model_rows(shape));
    std::vector<std::vector<Out>> out{
        {static_cast<Out>(gap_case_scale) * (data_energy - model_energy)}, {n}};
    if ((shape.mode & value_only) != 0) return out;
    out.resize(5);
    for (const Out p : data_sigmoid) out[2].push_back(static_cast<Out>(-gap_case_scale) * p / n);
    for (const Out p : model_sigmoid) out[3].push_back(static_cast<Out>(gap_case_scale) * p / k);
    std::vector<double> gradient(static_cast<std::size_t>(shape.cols), 0.0);
    const auto add = [&](const std::vector<T>& v, double share) {
      for (std::size_t i = 0; i < v.size(); ++i) {
        gradient[i % gradient.size()] += share * static_cast<double>(v[i]);
      }
    };
    add(v0, -gap_case_scale / static_cast<double>(n));
    add(vk, gap_case_scale / static_cast<double>(k));
    for (const double g : gradient) out[4].push_back(static_cast<Out>(g));
    return out;
  }

  std::vector<std::vector<double>> reference() const {
    const auto side = [&](const std::vector<T>& v, const T* a, std::int64_t rows,
                          std::vector<double>& sigmoid) {
      double sum = 0;
      for (std::int64_t r = 0; r < rows; ++r) {
        sum += exact_free_energy(v.data() + r * shape.cols, bias, shape.cols, a + r * shape.units,
                                 shape.units, units_of(shape));
      }
      for (std::int64_t i = 0; i < rows * shape.units; ++i) {
        sigmoid.push_back(reference_activation(Activation::sigmoid, static_cast<double>(a[i])));
      }
      return rows > 0 ? sum / static_cast<double>(rows) : 0;
    };
    std::vector<double> data_sigmoid, model_sigmoid;
    const double data = side(v0, a0, shape.rows, data_sigmoid);
    const double model = side(vk, ak, model_rows(shape), model_sigmoid);
    return outputs<double>(data, model, data_sigmoid, model_sigmoid);
  }

  /// By the kernels of free energies and sigmoids; on the CPU.
  std::vector<std::vector<T>> composed(const ExecContext& ctx) const {
    const auto side = [&](const std::vector<T>& v, const T* a, std::int64_t rows,
                          std::vector<T>& sigmoid) {
      std::vector<T> energy(static_cast<std::size_t>(rows));
      sigmoid.resize(static_cast<std::size_t>(rows * shape.units));
      const MatrixView<const T> activations{a, rows, shape.units};
      free_energy<T>(ctx, {.v = {v.data(), rows, shape.cols},
                           .visible_bias = bias,
                           .pre_activation = activations,
                           .units = units_of(shape),
                           .energy = energy.data()});
      bias_activation<T>(ctx, {.x = activations,
                               .activation = Activation::sigmoid,
                               .y = {sigmoid.data(), rows, shape.units}});
      const double sum = std::accumulate(energy.begin(), energy.end(), 0.0);
      return static_cast<T>(rows > 0 ? sum / static_cast<double>(rows) : 0);
    };
    std::vector<T> data_sigmoid, model_sigmoid;
    const T data = side(v0, a0, shape.rows, data_sigmoid);
    const T model = side(vk, ak, model_rows(shape), model_sigmoid);
    return outputs<T>(data, model, data_sigmoid, model_sigmoid);
  }
};

}  // namespace lacuna
