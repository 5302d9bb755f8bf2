// Stands in for the CUDA kernels in a build without the toolkit. DeviceContext refuses the device
// before any of them could be called.
#include <string>
#include <tuple>

#include "kernels/core/device_runtime.hpp"
#include "kernels/ops.hpp"

namespace lacuna::cuda {

namespace {

[[noreturn]] void absent(std::string_view op) {
  throw DeviceError(std::string(op) + ": this build was made without the CUDA toolkit");
}

template <template <class> class... Op>
constexpr auto stubs_of(OpList<Op...>) {
  return std::tuple(&Kernel<Op>::run...);
}

}  // namespace

std::unique_ptr<DeviceRuntime> make_runtime() {
  absent("make_runtime");
}

DeviceReport report() {
  return {.toolkit = {},
          .driver = {},
          .devices = {},
          .problem = "this build was made without the CUDA toolkit"};
}

template <template <class> class Op>
void Kernel<Op>::run(const ExecContext&, const Op<float>&) {
  absent(Op<float>::name);
}

/// A stub of each op is compiled because this, which other files could see, points to it.
extern const decltype(stubs_of(Ops())) stubs;
const decltype(stubs_of(Ops())) stubs = stubs_of(Ops());

}  // namespace lacuna::cuda
