#include "runtime/ops/likelihood_ops.hpp"

#include "kernels/dense/add.hpp"
#include "kernels/dense/bias_activation.hpp"
#include "kernels/dense/impute.hpp"
#include "kernels/dense/sample.hpp"
#include "kernels/likelihood/bernoulli_log_likelihood.hpp"
#include "kernels/likelihood/log_mean_exp.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna::ops {

namespace {

/// A program within an op, run once a mask or once a cell, so that all of them share its memory.
class Inner {
 public:
  /// Of the outer program's rows in `x`.
  Inner(const Program& outer, const Tensor& x, const MaskNumber& number, const RecordCells& record)
      : outer_(outer.batch()),
        batch_(outer_.most_rows()),
        program_(outer.context(), outer.dtype(), batch_, Gradients::no) {
    cells_ = record(program_, program_.input(x), number);
  }

  const OrderedCells& run() {
    batch_.rows = outer_.rows;
    batch_.first_row = outer_.first_row;
    batch_.input = outer_.input;
    program_.forward();
    return cells_;
  }

 private:
  const Batch& outer_;
  Batch batch_;
  Program program_;
  OrderedCells cells_;
};

void refuse_training(const Program& program, std::string_view op) {
  if (!program.trains()) return;
  throw std::logic_error(std::string(op) + " has no gradient: record it to predict");
}

template <class T>
MatrixView<T> column(const MatrixView<T>& x, std::int64_t c) {
  return {x.data + c, x.rows, 1, x.stride};
}

template <class T>
Variable record_mixture(Program& program, const Variable& x, std::int64_t masks,
                        const Tensor& count_term, const RecordCells& record) {
  const auto number = std::make_shared<std::int64_t>(0);
  const auto inner = std::make_shared<Inner>(program, x.tensor(), number, record);
  const Variable by_mask = program.rows({masks});
  const Variable mixed = program.rows({1});
  program.record("mixture_log_likelihood", [=](const ExecContext& ctx) {
    for (*number = 0; *number < masks; ++*number) {
      const OrderedCells& cells = inner->run();
      bernoulli_log_likelihood<T>(
          ctx, {.logits = cells.logits.template value<T>(),
                .x = cells.x.template value<T>(),
                .count_term = count_term.defined() ? count_term.data<T>() : nullptr,
                .value = column(by_mask.value<T>(), *number)});
    }
    log_mean_exp<T>(ctx, {.x = by_mask.value<T>(), .y = mixed.value<T>().data});
  });
  return mixed;
}

template <class T>
Variable record_averaged(Program& program, const Variable& x, std::int64_t masks,
                         const RecordCells& record) {
  const auto number = std::make_shared<std::int64_t>(0);
  const auto inner = std::make_shared<Inner>(program, x.tensor(), number, record);
  const Variable mean = program.rows({x.columns()});
  const Variable value = program.rows({1});
  program.record("averaged_logits", [=](const ExecContext& ctx) {
    const MatrixView<T> sum = mean.value<T>();
    const auto size = static_cast<std::size_t>(sum.size());
    ctx.runtime->clear(sum.data, size * sizeof(T));
    for (*number = 0; *number < masks; ++*number) {
      const MatrixView<T> logits = inner->run().logits.template value<T>();
      add<T>(ctx, {.x = {logits.data, size}, .y = sum.data});
    }
    impute<T>(ctx, {.x = sum, .scale = T(1) / static_cast<T>(masks), .y = sum});
    bernoulli_log_likelihood<T>(ctx, {.logits = sum, .x = x.value<T>(), .value = value.value<T>()});
  });
  return value;
}

template <class T>
Variable record_drawn(Program& program, std::int64_t columns, std::uint64_t seed,
                      const RecordCells& record) {
  const Variable drawn = program.rows({columns});
  const auto inner = std::make_shared<Inner>(program, drawn.tensor(), nullptr, record);
  program.record("drawn_in_order", [=, &batch = program.batch()](const ExecContext& ctx) {
    const MatrixView<T> x = drawn.value<T>();
    ctx.runtime->clear(x.data, static_cast<std::size_t>(x.size()) * sizeof(T));
    for (std::int64_t c = 0; c < columns; ++c) {
      const MatrixView<T> logits = column(inner->run().logits.template value<T>(), c);
      bias_activation<T>(ctx, {.x = logits, .activation = Activation::sigmoid, .y = logits});
      bernoulli_sample<T>(ctx, {.p = logits,
                                .stream = {seed, purpose::drawn_cells, 0},
                                .step = &batch.input->step,
                                .first_row = (c << 32) + batch.first_row,
                                .y = column(x, c)});
    }
  });
  return drawn;
}

}  // namespace

Variable mixture_log_likelihood(Program& program, const Variable& x, std::int64_t masks,
                                const Tensor& count_term, const RecordCells& record) {
  refuse_training(program, "mixture_log_likelihood");
  return with_dtype(program.dtype(), [&]<class T>() {
    return record_mixture<T>(program, x, masks, count_term, record);
  });
}

Variable averaged_logits(Program& program, const Variable& x, std::int64_t masks,
                         const RecordCells& record) {
  refuse_training(program, "averaged_logits");
  return with_dtype(program.dtype(),
                    [&]<class T>() { return record_averaged<T>(program, x, masks, record); });
}

Variable drawn_in_order(Program& program, std::int64_t columns, std::uint64_t seed,
                        const RecordCells& record) {
  refuse_training(program, "drawn_in_order");
  return with_dtype(program.dtype(),
                    [&]<class T>() { return record_drawn<T>(program, columns, seed, record); });
}

}  // namespace lacuna::ops
