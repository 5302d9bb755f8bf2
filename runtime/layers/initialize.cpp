#include "runtime/layers/initialize.hpp"

#include "kernels/dense/random_fill.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna {

void initialize_normal(DeviceContext& context, Parameter& parameter, double stddev,
                       std::uint64_t seed, std::uint32_t stream) {
  const RandomStream random{seed, purpose::initialization, stream};
  with_dtype(parameter.value.dtype(), [&]<class T>() {
    fill_normal<T>(context.exec(), {.stream = random,
                                    .mean = T(0),
                                    .stddev = static_cast<T>(stddev),
                                    .x = parameter.value.span<T>()});
  });
}

void initialize_uniform(DeviceContext& context, Parameter& parameter, double limit,
                        std::uint64_t seed, std::uint32_t stream) {
  const RandomStream random{seed, purpose::initialization, stream};
  with_dtype(parameter.value.dtype(), [&]<class T>() {
    fill_uniform<T>(context.exec(), {.stream = random,
                                     .low = static_cast<T>(-limit),
                                     .high = static_cast<T>(limit),
                                     .x = parameter.value.span<T>()});
  });
}

void initialize(const Parameter& parameter, std::span<const float> values) {
  with_dtype(parameter.value.dtype(), [&]<class T>() {
    const std::vector<T> converted(values.begin(), values.end());
    parameter.value.assign(std::as_bytes(std::span(converted)));
  });
}

}  // namespace lacuna
