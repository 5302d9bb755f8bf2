#include "experiments/bench/kernels/kernels.hpp"

#include <fmt/format.h>

#include "experiments/bench/copy_ceiling.hpp"

namespace lacuna::experiments::bench {

namespace {

constexpr std::uint64_t seed = 17;
constexpr const char* copy = "copy";

std::string side_name(const OpCase& op, const CaseShape& shape) {
  std::string name = fmt::format("{} {}x{}", op.name, shape.rows, shape.cols);
  if (shape.units > 0) name += fmt::format("x{}", shape.units);
  if (shape.missing > 0) name += fmt::format(" missing {}", shape.missing);
  if (shape.mode > 0) name += fmt::format(" mode {}", shape.mode);
  return name;
}

/// One op on one shape at a time: all of them together would not fit into small memories.
class Kernels {
 public:
  Kernels(const std::vector<OpCase>& cases, const Settings& settings)
      : cases_(cases), settings_(settings), context_(settings.device, settings.threads) {}

  Report run() {
    Report report;
    report.shape = config::Json::object();
    if (settings_.wants(copy)) add(report, time_copy());
    for (const OpCase& op : cases_) {
      for (const CaseShape& shape : op.bench_shapes) {
        if (settings_.wants(side_name(op, shape))) add(report, time_op(op, shape));
      }
    }
    return report;
  }

 private:
  static void add(Report& report, const std::vector<Sample>& samples) {
    report.samples.insert(report.samples.end(), samples.begin(), samples.end());
  }

  std::vector<Sample> time_copy() {
    CopyCeiling ceiling(context_);
    return measure({{.name = copy,
                     .run = [&] { ceiling.run(); },
                     .device = &context_.runtime(),
                     .bytes = ceiling.bytes()}},
                   settings_.repetitions);
  }

  std::vector<Sample> time_op(const OpCase& op, const CaseShape& shape) {
    const CaseInstance<float> instance = op.make_float(shape, seed, context_.runtime());
    instance.memory->to_device();
    std::vector<TimedSide> sides{{.name = side_name(op, shape),
                                  .run = [&] { instance.forward(context_.exec()); },
                                  .device = &context_.runtime(),
                                  .bytes = instance.bytes,
                                  .operations = instance.operations}};
    if (instance.backward) {
      sides.push_back({.name = side_name(op, shape) + " backward",
                       .run = [&] { instance.backward(context_.exec()); },
                       .device = &context_.runtime()});
    }
    return measure(sides, settings_.repetitions);
  }

  const std::vector<OpCase>& cases_;
  Settings settings_;
  DeviceContext context_;
};

std::vector<std::string> side_names(const std::vector<OpCase>& cases) {
  std::vector<std::string> names{copy};
  for (const OpCase& op : cases) {
    for (const CaseShape& shape : op.bench_shapes) names.push_back(side_name(op, shape));
  }
  return names;
}

}  // namespace

Benchmark kernels(std::vector<OpCase> cases) {
  std::vector<std::string> names = side_names(cases);
  return {.name = "kernels",
          .what = "every kernel on its benchmark shapes, and a copy of 256 MiB, on any device",
          .sides = std::move(names),
          .run = [cases = std::move(cases)](
                     const Settings& settings) { return Kernels(cases, settings).run(); },
          .on_every_device = true};
}

}  // namespace lacuna::experiments::bench
