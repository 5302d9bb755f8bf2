#include "experiments/cli/device_info.hpp"

#include <fmt/format.h>

namespace lacuna::experiments {

namespace {

using config::Json;

std::string status(const DeviceReport& report) {
  return report.problem.empty() ? "available" : "not available: " + report.problem;
}

Json or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

}  // namespace

Json to_json(const DeviceReport& report) {
  Json found = Json::array();
  for (const DeviceReport::Found& device : report.devices) {
    found.push_back(Json::object({{"name", device.name},
                                  {"memory_bytes", device.memory_bytes},
                                  {"multiprocessors", device.multiprocessors},
                                  {"compute_capability", device.compute_capability}}));
  }
  return Json::object({{"status", status(report)},
                       {"toolkit", or_null(report.toolkit)},
                       {"driver", or_null(report.driver)},
                       {"devices", found}});
}

std::string text(const DeviceReport& report) {
  std::string lines = status(report);
  if (!report.toolkit.empty()) lines += "; built with CUDA " + report.toolkit;
  if (!report.driver.empty()) lines += "; the driver knows CUDA " + report.driver;
  lines += '\n';
  for (const DeviceReport::Found& device : report.devices) {
    lines += fmt::format("  {}, {:.1f} GiB, {} multiprocessors, compute capability {}\n",
                         device.name, static_cast<double>(device.memory_bytes) / double{1 << 30},
                         device.multiprocessors, device.compute_capability);
  }
  return lines;
}

}  // namespace lacuna::experiments
