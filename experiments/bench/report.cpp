#include "experiments/bench/report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/device_context.hpp"
#include "runtime/metrics/table.hpp"
#include "runtime/system/cpu.hpp"

namespace lacuna::experiments::bench {

namespace {

using config::Json;

bool reached(const Result& result) {
  return !result.bound || result.bound->holds(result.value);
}

std::string mark(const Bound& bound) {
  return fmt::format("{} {:g}", bound.kind == Bound::Kind::at_least ? ">=" : "<=", bound.limit);
}

/// What the numbers were measured on.
std::string processor(Device device) {
  if (device == Device::cpu) return system::cpu_model();
  const DeviceReport found = device_report(device);
  return found.devices.empty() ? std::string(device_name(device)) : found.devices[0].name;
}

std::string heading(const Report& report) {
  std::string sizes;
  for (const Json::Member& size : report.shape.as_object()) {
    sizes += fmt::format(", {} {}", config::dump(size.value, 0), size.key);
  }
  if (!sizes.empty()) sizes = sizes.substr(2) + '\n';
  return fmt::format("{}: {}, {} threads, {} repetitions\n{}", report.name,
                     processor(report.device), report.threads, report.repetitions, sizes);
}

/// In units of 10^9 a second, at the median; nothing where `amount` is not known.
std::optional<double> rate(const Sample& sample, double amount) {
  if (amount == 0) return std::nullopt;
  return amount / spread_of(sample.seconds).median / 1e9;
}

/// Of the rate of bytes that the side "copy" reaches.
std::optional<double> share_of_copy(const Report& report, const Sample& sample) {
  const auto copy = std::ranges::find(report.samples, "copy", &Sample::side);
  if (copy == report.samples.end() || copy->bytes == 0 || sample.bytes == 0) return std::nullopt;
  return *rate(sample, sample.bytes) / *rate(*copy, copy->bytes);
}

std::string digits(std::optional<double> value) {
  return value ? fmt::format("{:.4g}", *value) : "";
}

metrics::Table times(const Report& report) {
  const bool rated = std::ranges::any_of(
      report.samples, [](const Sample& s) { return s.bytes > 0 || s.operations > 0; });
  std::vector<std::string> header{"time", "median ms", "min", "max"};
  if (rated) header.insert(header.end(), {"GB/s", "of copy", "GFLOP/s"});
  metrics::Table table(header);
  for (const Sample& sample : report.samples) {
    const Spread spread = spread_of(sample.seconds);
    const auto ms = [](double seconds) {
      return fmt::format("{:.{}f}", 1e3 * seconds, seconds < 1e-3 ? 4 : 2);
    };
    std::vector<std::string> row{sample.side, ms(spread.median), ms(spread.min), ms(spread.max)};
    if (rated) {
      row.insert(row.end(),
                 {digits(rate(sample, sample.bytes)), digits(share_of_copy(report, sample)),
                  digits(rate(sample, sample.operations))});
    }
    table.add_row(row);
  }
  return table;
}

metrics::Table results(const Report& report) {
  metrics::Table table({"result", "value", "unit", "mark"});
  for (const Result& result : report.results) {
    const std::string judged =
        result.bound ? mark(*result.bound) + (reached(result) ? ", met" : ", missed") : "";
    table.add_row({result.what, fmt::format("{:.4g}", result.value), result.unit, judged});
  }
  return table;
}

Json sample_json(const Report& report, const Sample& sample) {
  const Spread spread = spread_of(sample.seconds);
  Json all = Json::array();
  for (const double seconds : sample.seconds) all.push_back(1e3 * seconds);
  Json json = Json::object({{"median", 1e3 * spread.median},
                            {"min", 1e3 * spread.min},
                            {"max", 1e3 * spread.max},
                            {"samples", all}});
  const auto add = [&](const char* key, std::optional<double> value) {
    if (value) json.set(key, *value);
  };
  if (sample.bytes > 0) json.set("bytes", sample.bytes);
  if (sample.rotated > 0) json.set("rotated_bytes", sample.rotated);
  add("gb_per_s", rate(sample, sample.bytes));
  add("share_of_copy", share_of_copy(report, sample));
  add("gflop_per_s", rate(sample, sample.operations));
  return json;
}

Json result_json(const Result& result) {
  Json json = Json::object({{"value", result.value}, {"unit", result.unit}});
  if (result.bound) {
    json.set("mark", mark(*result.bound));
    json.set("met", reached(result));
  }
  return json;
}

}  // namespace

bool Bound::holds(double value) const {  // written so that NaN holds nothing
  return kind == Kind::at_least ? value >= limit : value <= limit;
}

bool Report::passed() const {
  return std::ranges::all_of(results, reached);
}

std::string text(const Report& report) {
  std::string all = heading(report) + '\n' + times(report).text();
  if (!report.results.empty()) all += '\n' + results(report).text();
  for (const Result& result : report.results) {
    if (!reached(result)) all += fmt::format("{}: {}\n", result.what, result.bound->missed);
  }
  return all;
}

Json to_json(const Report& report) {
  Json times = Json::object();
  for (const Sample& sample : report.samples) times.set(sample.side, sample_json(report, sample));
  Json results = Json::object();
  for (const Result& result : report.results) results.set(result.key, result_json(result));
  return Json::object({{"name", report.name},
                       {"device", device_name(report.device)},
                       {"processor", processor(report.device)},
                       {"threads", report.threads},
                       {"repetitions", report.repetitions},
                       {"shape", report.shape},
                       {"times_ms", times},
                       {"results", results},
                       {"passed", report.passed()}});
}

}  // namespace lacuna::experiments::bench
