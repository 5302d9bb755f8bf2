#include "runtime/train/model.hpp"

#include <array>
#include <stdexcept>

namespace lacuna {

void Model::record_objective(Program&) {
  throw std::logic_error("the model has no objective");
}

std::string_view name_of(Output output) {
  constexpr std::array<std::string_view, 11> names{
      "predictions",     "reconstructions",   "codes",
      "samples",         "free energies",     "predictions of whole rows",
      "first layer",     "log likelihoods",   "conditional log likelihoods",
      "averaged logits", "pseudo-likelihoods"};
  return names.at(static_cast<std::size_t>(output));
}

std::vector<NamedTensor> tensors_of(Model& model) {
  std::vector<NamedTensor> tensors;
  for (const Parameter* parameter : model.parameters()) {
    tensors.push_back({parameter->name, parameter->value});
  }
  for (NamedTensor& statistic : model.statistics()) tensors.push_back(std::move(statistic));
  return tensors;
}

}  // namespace lacuna
