#include "runtime/layers/layers.hpp"

namespace lacuna {

Linear::Linear(DeviceContext& context, DType dtype, const std::string& name, std::int64_t inputs,
               std::int64_t units, bool biased)
    : weight_(make_parameter(context, dtype, name + ".weight", ParameterKind::weight,
                             {inputs, units})) {
  if (biased) {
    bias_ = make_parameter(context, dtype, name + ".bias", ParameterKind::bias, {units});
  }
}

ObservedDecoder::ObservedDecoder(DeviceContext& context, DType dtype, const std::string& name,
                                 std::int64_t outputs, std::int64_t units)
    : weight_(make_parameter(context, dtype, name + ".weight", ParameterKind::weight,
                             {outputs, units})),
      bias_(make_parameter(context, dtype, name + ".bias", ParameterKind::bias, {outputs})) {}

}  // namespace lacuna
