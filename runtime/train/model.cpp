#include "runtime/train/model.hpp"

namespace lacuna {

std::vector<NamedTensor> tensors_of(Model& model) {
  std::vector<NamedTensor> tensors;
  for (const Parameter* parameter : model.parameters()) {
    tensors.push_back({parameter->name, parameter->value});
  }
  for (NamedTensor& statistic : model.statistics()) tensors.push_back(std::move(statistic));
  return tensors;
}

}  // namespace lacuna
