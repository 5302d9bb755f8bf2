#include "runtime/train/weights_file.hpp"

#include "runtime/io/safetensors.hpp"

namespace lacuna {

std::vector<NamedTensor> values_of(const std::vector<Parameter*>& parameters) {
  std::vector<NamedTensor> values;
  for (const Parameter* parameter : parameters)
    values.push_back({parameter->name, parameter->value});
  return values;
}

void save_weights(const std::filesystem::path& path, const std::vector<Parameter*>& parameters) {
  io::write_safetensors(path, HostTensors(values_of(parameters)).entries(), {});
}

void load_weights(const std::filesystem::path& path, const std::vector<Parameter*>& parameters) {
  load_tensors(io::SafetensorsFile::open(path), path, values_of(parameters));
}

}  // namespace lacuna
