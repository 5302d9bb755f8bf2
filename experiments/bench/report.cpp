#include "experiments/bench/report.hpp"

#include <fmt/format.h>

#include <algorithm>

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

std::string heading(const Report& report) {
  std::string sizes;
  for (const Json::Member& size : report.shape.as_object()) {
    sizes += fmt::format(", {} {}", config::dump(size.value, 0), size.key);
  }
  return fmt::format("{}: {}, {} threads, {} repetitions\n{}\n", report.name, system::cpu_model(),
                     report.threads, report.repetitions, sizes.substr(sizes.empty() ? 0 : 2));
}

metrics::Table times(const Report& report) {
  metrics::Table table({"time", "median ms", "min", "max"});
  for (const Sample& sample : report.samples) {
    const Spread spread = spread_of(sample.seconds);
    const auto ms = [](double seconds) { return fmt::format("{:.2f}", 1e3 * seconds); };
    table.add_row({sample.side, ms(spread.median), ms(spread.min), ms(spread.max)});
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

Json sample_json(const Sample& sample) {
  const Spread spread = spread_of(sample.seconds);
  Json all = Json::array();
  for (const double seconds : sample.seconds) all.push_back(1e3 * seconds);
  return Json::object({{"median", 1e3 * spread.median},
                       {"min", 1e3 * spread.min},
                       {"max", 1e3 * spread.max},
                       {"samples", all}});
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
  for (const Sample& sample : report.samples) times.set(sample.side, sample_json(sample));
  Json results = Json::object();
  for (const Result& result : report.results) results.set(result.key, result_json(result));
  return Json::object({{"name", report.name},
                       {"threads", report.threads},
                       {"repetitions", report.repetitions},
                       {"shape", report.shape},
                       {"times_ms", times},
                       {"results", results},
                       {"passed", report.passed()}});
}

}  // namespace lacuna::experiments::bench
