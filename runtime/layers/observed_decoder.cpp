#include "runtime/layers/observed_decoder.hpp"

#include "kernels/sparse/csc_gather_gradient.hpp"
#include "kernels/sparse/observed_loss.hpp"

namespace lacuna {

template <class T>
ObservedDecoder<T>::ObservedDecoder(DeviceContext& context, const std::string& name,
                                    std::int64_t outputs, std::int64_t units)
    : weight_(
          make_parameter<T>(context, name + ".weight", ParameterKind::weight, {outputs, units})),
      bias_(make_parameter<T>(context, name + ".bias", ParameterKind::bias, {outputs})) {}

template <class T>
void ObservedDecoder<T>::record_loss(Program<T>& program, const Batch<T>& batch,
                                     const Variable& hidden) {
  program.consume(hidden);
  const Tensor prediction_gradient = program.buffer({program.capacity().target_entries});
  program.record(
      [this, &program, &batch, hidden, prediction_gradient](const ExecContext& ctx) {
        observed_loss<T>(ctx, {.hidden = hidden.value.first_rows<T>(batch.rows),
                               .weight = weight_.value.matrix<T>(),
                               .bias = bias_.value.data<T>(),
                               .target = batch.target.by_row,
                               .loss = program.loss_slot(),
                               .prediction_gradient = prediction_gradient.data<T>(),
                               .hidden_gradient = hidden.gradient.first_rows<T>(batch.rows)});
      },
      [this, &batch, hidden, prediction_gradient](const ExecContext& ctx) {
        csc_gather_gradient<T>(ctx, {.pattern = batch.target.by_column,
                                     .coefficient = prediction_gradient.data<T>(),
                                     .source = hidden.value.first_rows<T>(batch.rows),
                                     .gradient = weight_.gradient.matrix<T>(),
                                     .column_sum = bias_.gradient.data<T>()});
      });
}

template <class T>
Tensor ObservedDecoder<T>::record_prediction(Program<T>& program, const Batch<T>& batch,
                                             const Variable& hidden) {
  const Tensor prediction = program.buffer({program.capacity().target_entries});
  program.record([this, &batch, hidden, prediction](const ExecContext& ctx) {
    observed_prediction<T>(ctx, {.hidden = hidden.value.first_rows<T>(batch.rows),
                                 .weight = weight_.value.matrix<T>(),
                                 .bias = bias_.value.data<T>(),
                                 .cells = batch.target.by_row,
                                 .prediction = prediction.data<T>()});
  });
  return prediction;
}

template class ObservedDecoder<float>;
template class ObservedDecoder<double>;

}  // namespace lacuna
