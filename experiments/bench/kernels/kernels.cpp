#include "experiments/bench/kernels/kernels.hpp"

#include <fmt/format.h>

namespace lacuna::experiments::bench {

namespace {

constexpr std::uint64_t seed = 17;
constexpr const char* copy = "copy";
constexpr std::size_t most_sets = 64;  // of small ops, whose launches take longer than their bytes

/// What the sets of an op's buffers have to exceed so that a set is gone from the L2 cache when its
/// turn comes: twice the largest that GPUs have. The emulation only rehearses the turns.
constexpr double bytes_to_rotate(Device device) {
  if (device == Device::cuda) return 256e6;
  return device == Device::emulated ? 64e3 : 0;
}

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
  Kernels(const std::vector<OpCase>& cases, std::int64_t copy_bytes, const Settings& settings)
      : cases_(cases),
        copy_bytes_(copy_bytes),
        settings_(settings),
        context_(settings.device, settings.threads) {}

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
    CopyCeiling ceiling(context_, copy_bytes_);
    return measure({{.name = copy,
                     .run = [&] { ceiling.run(); },
                     .device = &context_.runtime(),
                     .bytes = ceiling.bytes()}},
                   settings_.repetitions);
  }

  std::vector<Sample> time_op(const OpCase& op, const CaseShape& shape) {
    const Sets sets = sets_of(op, shape);
    std::size_t turn = 0;
    const auto next = [&]() -> const CaseInstance<float>& {
      return sets.instances[turn++ % sets.instances.size()];
    };
    const double rotated = sets.instances.size() > 1 ? sets.bytes : 0;
    std::vector<TimedSide> sides{{.name = side_name(op, shape),
                                  .run = [&] { next().forward(context_.exec()); },
                                  .device = &context_.runtime(),
                                  .bytes = sets.instances[0].bytes,
                                  .operations = sets.instances[0].operations,
                                  .rotated = rotated}};
    if (sets.instances[0].backward && settings_.repetitions > 0) {
      sides.push_back({.name = side_name(op, shape) + " backward",
                       .run = [&] { next().backward(context_.exec()); },
                       .device = &context_.runtime(),
                       .rotated = rotated});
    }
    return measure(sides, settings_.repetitions);
  }

  struct Sets {
    std::vector<CaseInstance<float>> instances;
    double bytes = 0;
  };

  /// Equal numbers at addresses of their own.
  Sets sets_of(const OpCase& op, const CaseShape& shape) {
    Sets sets;
    do {
      sets.instances.push_back(op.make_float(shape, seed, context_.runtime()));
      sets.instances.back().memory->to_device();
      sets.bytes += static_cast<double>(sets.instances.back().memory->bytes());
    } while (sets.bytes < bytes_to_rotate(settings_.device) && sets.instances.size() < most_sets);
    return sets;
  }

  const std::vector<OpCase>& cases_;
  std::int64_t copy_bytes_;
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

Benchmark kernels(std::vector<OpCase> cases, std::int64_t copy_bytes) {
  std::vector<std::string> names = side_names(cases);
  return {
      .name = "kernels",
      .what = "every kernel on its benchmark shapes, and a copy of 256 MiB, on any device",
      .sides = std::move(names),
      .run = [cases = std::move(cases), copy_bytes](
                 const Settings& settings) { return Kernels(cases, copy_bytes, settings).run(); },
      .on_every_device = true};
}

std::vector<OpCase> cases_on_test_shapes() {
  std::vector<OpCase> cases = op_cases();
  for (OpCase& op : cases) op.bench_shapes = {op.test_shapes.back()};
  return cases;
}

}  // namespace lacuna::experiments::bench
