#include "kernels/core/device_runtime.hpp"

namespace lacuna {

DeviceError::~DeviceError() = default;
DeviceUnavailable::~DeviceUnavailable() = default;
DeviceGraph::~DeviceGraph() = default;
DeviceReadback::~DeviceReadback() = default;
DeviceRuntime::~DeviceRuntime() = default;
DeviceReport::~DeviceReport() = default;

}  // namespace lacuna
