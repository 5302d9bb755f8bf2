#include "runtime/ops/level_ops.hpp"

#include "kernels/levels/level_expectation.hpp"
#include "kernels/levels/level_loss.hpp"
#include "kernels/sparse/csc_gather_gradient.hpp"
#include "runtime/ops/dense_ops.hpp"

namespace lacuna::ops {

namespace {

template <class T>
LevelValues<T> levels_of(const LevelDecoder& decoder) {
  return {decoder.values.data<T>(), decoder.values.size()};
}

template <class T>
void record_loss(Program& program, const LossTerm& loss, const SparseField& asked,
                 const SparseField& given, const Variable& hidden, const LevelDecoder& decoder) {
  const GradientShare dh = program.share(hidden, {.in = WrittenIn::forward, .always = true});
  const GradientShare dw = program.share(decoder.weight, {.always = true});
  const GradientShare db = program.share(decoder.bias);
  const std::int64_t levels = decoder.values.size();
  const Tensor ds = program.buffer({asked.most_entries * levels});
  const Batch& batch = program.batch();
  program.record(
      "level_loss",
      [=, &asked, &given, &batch](const ExecContext& ctx) {
        level_loss<T>(ctx, {.hidden = hidden.value<T>(),
                            .weight = decoder.weight.value<T>(),
                            .bias = decoder.bias.value<T>().data,
                            .target = asked.view<T>().by_row,
                            .levels = levels_of<T>(decoder),
                            .cost = decoder.cost,
                            .given = given.view<T>().by_row.cells,
                            .factor = loss.weight / static_cast<double>(batch.rows),
                            .loss = loss.sums,
                            .score_gradient = ds.data<T>(),
                            .hidden_gradient = dh.view<T>()});
      },
      [=, &asked](const ExecContext& ctx) {
        if (!dw.wanted() && !db.wanted()) return;
        csc_gather_gradient<T>(ctx, {.pattern = asked.view<T>().by_column,
                                     .coefficient = ds.data<T>(),
                                     .source = hidden.value<T>(),
                                     .gradient = dw.view<T>(),
                                     .column_sum = db.data<T>(),
                                     .levels = levels});
      });
}

template <class T>
Variable record_prediction(Program& program, const SparseField& cells, const Variable& hidden,
                           const LevelDecoder& decoder) {
  const Variable prediction = program.entries(cells);
  program.record("level_prediction", [=, &cells](const ExecContext& ctx) {
    level_prediction<T>(ctx, {.hidden = hidden.value<T>(),
                              .weight = decoder.weight.value<T>(),
                              .bias = decoder.bias.value<T>().data,
                              .cells = cells.view<T>().by_row,
                              .levels = levels_of<T>(decoder),
                              .cumulative = decoder.cost.cumulative,
                              .prediction = prediction.value<T>().data});
  });
  return prediction;
}

template <class T>
Variable record_expectation(Program& program, const Variable& hidden, const LevelDecoder& decoder) {
  const Variable score =
      linear_transposed(program, hidden, decoder.weight, decoder.bias, Activation::identity);
  const Variable y = program.rows({score.columns() / decoder.values.size()});
  program.record("level_expectation", [=](const ExecContext& ctx) {
    level_expectation<T>(ctx, {.score = score.value<T>(),
                               .levels = levels_of<T>(decoder),
                               .cumulative = decoder.cost.cumulative,
                               .y = y.value<T>()});
  });
  return y;
}

}  // namespace

void level_loss(Program& program, const LossTerm& loss, const SparseField& asked,
                const SparseField& given, const Variable& hidden, const LevelDecoder& decoder) {
  with_dtype(program.dtype(),
             [&]<class T>() { record_loss<T>(program, loss, asked, given, hidden, decoder); });
}

Variable level_prediction(Program& program, const SparseField& cells, const Variable& hidden,
                          const LevelDecoder& decoder) {
  return with_dtype(program.dtype(), [&]<class T>() {
    return record_prediction<T>(program, cells, hidden, decoder);
  });
}

Variable level_expectation(Program& program, const Variable& hidden, const LevelDecoder& decoder) {
  return with_dtype(program.dtype(),
                    [&]<class T>() { return record_expectation<T>(program, hidden, decoder); });
}

}  // namespace lacuna::ops
