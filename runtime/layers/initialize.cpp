#include "runtime/layers/initialize.hpp"

#include "kernels/dense/random_fill.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna {

template <class T>
void initialize_normal(DeviceContext& context, Parameter& parameter, double stddev,
                       std::uint64_t seed, std::uint32_t stream) {
  const RandomStream random{seed, purpose::initialization, stream};
  fill_normal<T>(context.exec(), {random, T(0), static_cast<T>(stddev), parameter.value.span<T>()});
}

template void initialize_normal<float>(DeviceContext&, Parameter&, double, std::uint64_t,
                                       std::uint32_t);
template void initialize_normal<double>(DeviceContext&, Parameter&, double, std::uint64_t,
                                        std::uint32_t);

}  // namespace lacuna
