#include "models/autorec.hpp"

#include "runtime/layers/initialize.hpp"

namespace lacuna::models {

template <class T>
AutoRec<T>::AutoRec(DeviceContext& context, const AutoRecConfig& config,
                    const InputStatistics& input, std::uint64_t seed)
    : encoder_(context, "encoder",
               {.inputs = input.columns,
                .units = config.hidden_units,
                .activation = config.activation,
                .normalization = resolve(config.input, input, config.hidden_units)}),
      decoder_(context, "decoder", input.columns, config.hidden_units) {
  std::uint32_t stream = 0;
  for (Parameter* parameter : parameters()) {
    const bool weight = parameter->kind == ParameterKind::weight;
    initialize_normal<T>(context, *parameter, weight ? config.weight_stddev : config.bias_stddev,
                         seed, stream++);
  }
}

template <class T>
std::vector<Parameter*> AutoRec<T>::parameters() {
  return {&encoder_.weight(), &encoder_.bias(), &decoder_.weight(), &decoder_.bias()};
}

template <class T>
void AutoRec<T>::record_loss(Program<T>& program, const Batch<T>& batch) {
  decoder_.record_loss(program, batch, encoder_.record(program, batch));
}

template <class T>
Tensor AutoRec<T>::record_prediction(Program<T>& program, const Batch<T>& batch) {
  return decoder_.record_prediction(program, batch, encoder_.record(program, batch));
}

template class AutoRec<float>;
template class AutoRec<double>;

}  // namespace lacuna::models
