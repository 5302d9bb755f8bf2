#include "runtime/ops/rbm_ops.hpp"

#include "kernels/dense/bias_activation.hpp"
#include "kernels/dense/gemm.hpp"
#include "kernels/dense/sample.hpp"
#include "kernels/rbm/pseudo_likelihood.hpp"
#include "runtime/ops/dense_ops.hpp"
#include "runtime/ops/shapes.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna::ops {

namespace {

std::int64_t hidden_units(const Rbm& rbm) {
  return rbm.weight.columns();
}
std::int64_t visible_units(const Rbm& rbm) {
  return rbm.visible_bias.columns();
}

/// What a chain's steps work on.
template <class T>
struct GibbsStep {
  const ExecContext& ctx;
  const std::int64_t* step;
  std::int64_t first_row;
  MatrixView<const T> weight;
  const T* visible_bias;
  const T* hidden_bias;
  VisibleUnits units;

  RandomStream stream(const GibbsChain& chain, int number) const {
    return {chain.seed, purpose::gibbs + static_cast<std::uint32_t>(number), 0};
  }

  void draw_hidden(MatrixView<const T> pre, const RandomStream& stream, MatrixView<T> h) const {
    bias_activation<T>(ctx, {.x = pre, .activation = Activation::sigmoid, .y = h});
    bernoulli_sample<T>(ctx,
                        {.p = h, .stream = stream, .step = step, .first_row = first_row, .y = h});
  }

  void put_visible_means(MatrixView<const T> h, MatrixView<T> v) const {
    const bool binary = units == VisibleUnits::binary;
    gemm<T>(ctx, {.a = h, .b = weight, .c = v, .transpose_b = Transpose::yes});
    bias_activation<T>(ctx, {.x = v,
                             .bias = visible_bias,
                             .activation = binary ? Activation::sigmoid : Activation::identity,
                             .y = v});
  }

  void draw_visible(const RandomStream& stream, MatrixView<T> v) const {
    if (units == VisibleUnits::binary) {
      bernoulli_sample<T>(ctx,
                          {.p = v, .stream = stream, .step = step, .first_row = first_row, .y = v});
    } else {
      normal_sample<T>(ctx,
                       {.mean = v, .stream = stream, .step = step, .first_row = first_row, .y = v});
    }
  }

  void put_pre_activations(MatrixView<const T> v, MatrixView<T> pre) const {
    gemm<T>(ctx, {.a = v, .b = weight, .c = pre});
    bias_activation<T>(
        ctx, {.x = pre, .bias = hidden_bias, .activation = Activation::identity, .y = pre});
  }
};

template <class T>
Variable record_gibbs_chain(Program& program, const Rbm& rbm, const Variable& start,
                            const GibbsChain& chain) {
  const Variable hidden = rows_like(program, start, hidden_units(rbm));
  const Variable visible = rows_like(program, start, visible_units(rbm));
  const bool of_batch = start.node()->extent == Extent::rows;
  program.record("gibbs_chain", [=, &batch = program.batch()](const ExecContext& ctx) {
    const GibbsStep<T> gibbs{.ctx = ctx,
                             .step = &batch.input->step,
                             .first_row = of_batch ? batch.first_row : 0,
                             .weight = rbm.weight.template value<T>(),
                             .visible_bias = rbm.visible_bias.template value<T>().data,
                             .hidden_bias = rbm.hidden_bias.template value<T>().data,
                             .units = rbm.units};
    const MatrixView<T> h = hidden.value<T>();
    const MatrixView<T> v = visible.value<T>();
    for (int i = 0; i < chain.steps; ++i) {
      const bool last = i + 1 == chain.steps;
      gibbs.draw_hidden(i == 0 ? start.value<T>() : h, gibbs.stream(chain, 2 * i), h);
      gibbs.put_visible_means(h, v);
      if (chain.sample_visible && (chain.sample_last || !last)) {
        gibbs.draw_visible(gibbs.stream(chain, 2 * i + 1), v);
      }
      if (!last) gibbs.put_pre_activations(v, h);
    }
  });
  return visible;
}

template <class T>
Variable record_free_energy(Program& program, const Rbm& rbm, const Variable& visible) {
  const Variable pre = pre_activation(program, rbm, visible);
  const Variable out = program.rows({1});
  program.record("free_energy", [=](const ExecContext& ctx) {
    free_energy<T>(ctx, {.v = visible.value<T>(),
                         .visible_bias = rbm.visible_bias.template value<T>().data,
                         .pre_activation = pre.value<T>(),
                         .units = rbm.units,
                         .energy = out.value<T>().data});
  });
  return out;
}

template <class T>
Variable record_pseudo_likelihood(Program& program, const Rbm& rbm, const Variable& visible,
                                  std::uint64_t seed) {
  const Variable pre = pre_activation(program, rbm, visible);
  const Variable out = program.rows({1});
  program.record("pseudo_likelihood", [=, &batch = program.batch()](const ExecContext& ctx) {
    pseudo_likelihood<T>(ctx, {.v = visible.value<T>(),
                               .visible_bias = rbm.visible_bias.template value<T>().data,
                               .weight = rbm.weight.template value<T>(),
                               .pre_activation = pre.value<T>(),
                               .stream = {seed, purpose::pseudo_likelihood, 0},
                               .step = &batch.input->step,
                               .first_row = batch.first_row,
                               .value = out.value<T>().data});
  });
  return out;
}

template <class T>
void record_contrastive_divergence(Program& program, const LossTerm& loss, const Rbm& rbm,
                                   const Variable& v0, const Variable& a0, const Variable& vk,
                                   const Variable& ak) {
  const Writing writing{.in = WrittenIn::forward, .always = true};
  const GradientShare da0 = program.share(a0, writing);
  const GradientShare dak = program.share(ak, writing);
  const GradientShare db = program.share(rbm.visible_bias, {.in = WrittenIn::forward});
  program.record("contrastive_divergence", [=](const ExecContext& ctx) {
    free_energy_gap<T>(ctx, {.v0 = v0.value<T>(),
                             .a0 = a0.value<T>(),
                             .vk = vk.value<T>(),
                             .ak = ak.value<T>(),
                             .visible_bias = rbm.visible_bias.template value<T>().data,
                             .units = rbm.units,
                             .scale = loss.weight,
                             .loss = loss.sums,
                             .da0 = da0.view<T>(),
                             .dak = dak.view<T>(),
                             .bias_gradient = db.data<T>()});
  });
}

void refuse_training(const Program& program, std::string_view op) {
  if (!program.trains()) return;
  throw std::logic_error(fmt::format("{} has no gradient: record it to predict", op));
}

}  // namespace

Variable pre_activation(Program& program, const Rbm& rbm, const Variable& visible) {
  return linear(program, visible, rbm.weight, rbm.hidden_bias, Activation::identity);
}

Variable gibbs_chain(Program& program, const Rbm& rbm, const Variable& start,
                     const GibbsChain& chain) {
  check("gibbs_chain", "columns of pre-activations", start.columns(), hidden_units(rbm));
  return with_dtype(program.dtype(),
                    [&]<class T>() { return record_gibbs_chain<T>(program, rbm, start, chain); });
}

Variable free_energy(Program& program, const Rbm& rbm, const Variable& visible) {
  refuse_training(program, "free_energy");
  return with_dtype(program.dtype(),
                    [&]<class T>() { return record_free_energy<T>(program, rbm, visible); });
}

Variable pseudo_likelihood(Program& program, const Rbm& rbm, const Variable& visible,
                           std::uint64_t seed) {
  refuse_training(program, "pseudo_likelihood");
  return with_dtype(program.dtype(), [&]<class T>() {
    return record_pseudo_likelihood<T>(program, rbm, visible, seed);
  });
}

void contrastive_divergence(Program& program, const LossTerm& loss, const Rbm& rbm,
                            const Variable& data, const Variable& data_pre_activation,
                            const Variable& chain) {
  check("contrastive_divergence", "columns of data", data.columns(), visible_units(rbm));
  check("contrastive_divergence", "columns of the chain", chain.columns(), visible_units(rbm));
  const Variable of_chain = pre_activation(program, rbm, chain);
  with_dtype(program.dtype(), [&]<class T>() {
    record_contrastive_divergence<T>(program, loss, rbm, data, data_pre_activation, chain,
                                     of_chain);
  });
}

}  // namespace lacuna::ops
