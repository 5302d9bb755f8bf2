#include "experiments/bench/autorec_step/autorec_step.hpp"

#include <cmath>

#include "experiments/bench/autorec_step/dense_step.hpp"
#include "experiments/bench/autorec_step/sparse_step.hpp"
#include "experiments/bench/copy_ceiling.hpp"
#include "experiments/bench/product_ceiling.hpp"

namespace lacuna::experiments::bench {

namespace {

/// The step's five products for n rows, d columns and h units: X W, H V^T, dP V, dP^T H, X^T dZ.
std::vector<ProductSize> products_of(std::int64_t n, std::int64_t d, std::int64_t h) {
  return {{n, d, h}, {n, h, d}, {n, d, h}, {d, n, h}, {d, n, h}};
}

/// One run of the benchmark: only what the wanted sides need is made.
class Comparison {
 public:
  Comparison(const StepShape& shape, const Settings& settings)
      : shape_(shape),
        repetitions_(settings.repetitions),
        context_(Device::cpu, settings.threads),
        task_(context_, data::load(source_of(shape))),
        products_(
            products_of(task_.train_matrix().rows(), task_.train_matrix().cols(), shape.units)) {
    if (settings.wants("ours")) add_ours();
    if (settings.wants("dense")) add_dense();
    if (settings.wants("matmul")) {
      matmul_.emplace(context_, products_);
      sides_.push_back({"matmul", [this] { matmul_->run(); }});
    }
    if (settings.wants("copy")) {
      copy_.emplace(context_);
      sides_.push_back({"copy", [this] { copy_->run(); }});
    }
  }

  Report run() {
    report_.samples = measure(sides_, repetitions_);
    report_.shape = config::Json::object({{"rows", task_.train_matrix().rows()},
                                          {"columns", task_.train_matrix().cols()},
                                          {"ratings", task_.train_matrix().nnz()},
                                          {"units", shape_.units}});
    if (ours_ && dense_) add_comparison();
    if (ours_) add_bandwidth();
    if (copy_) add("copy_gb_per_s", "copy of 256 MiB", rate("copy", copy_->bytes()), "GB/s");
    add_products();
    return std::move(report_);
  }

 private:
  void add_ours() {
    ours_.emplace(context_, task_, shape_);
    sides_.push_back({"ours", [this] { our_losses_.push_back(ours_->run()); }});
  }
  void add_dense() {
    dense_.emplace(context_, task_, shape_);
    sides_.push_back({"dense", [this] { dense_losses_.push_back(dense_->run()); }});
  }

  void add(std::string key, std::string what, double value, std::string unit,
           std::optional<Bound> bound = {}) {
    report_.results.push_back(
        {std::move(key), std::move(what), value, std::move(unit), std::move(bound)});
  }

  /// A mark of speed: the default shape's only.
  std::optional<Bound> at_least(double limit, const char* missed) const {
    if (shape_ != StepShape{}) return std::nullopt;
    return Bound{Bound::Kind::at_least, limit, missed};
  }

  /// In units of 10^9 a second, at the median.
  double rate(std::string_view side, double amount) const {
    return amount / *median_seconds(report_.samples, side) / 1e9;
  }

  void add_comparison() {
    const double ratio =
        *median_seconds(report_.samples, "dense") / *median_seconds(report_.samples, "ours");
    add("dense_over_ours", "time of the dense step over ours", ratio, "x",
        at_least(3, "our step is not fast enough"));
    const auto difference = [](double a, double b) { return std::abs(a - b) / std::abs(b); };
    add("loss_difference", "largest difference of first and last loss",
        std::max(difference(our_losses_.front(), dense_losses_.front()),
                 difference(our_losses_.back(), dense_losses_.back())),
        "relative",
        Bound{Bound::Kind::at_most, 1e-4, "the two sides do not compute the same step"});
  }

  void add_bandwidth() {
    std::int64_t parameters = 0;
    for (const Parameter* parameter : ours_->parameters()) parameters += parameter->value.size();
    const double bytes = step_bytes(task_.train_matrix().nnz(), shape_.units, parameters);
    add("step_gb", "bytes of our step, by formula", bytes / 1e9, "GB");
    add("step_gb_per_s", "our step by that formula", rate("ours", bytes), "GB/s");
  }

  void add_products() {
    const double count = operations(products_);
    if (matmul_) add("matmul_gflop_per_s", "products alone", rate("matmul", count), "GFLOP/s");
    if (!dense_) return;
    const std::span<const double> measured =
        std::span(dense_->product_seconds()).subspan(1);  // the first is the warm-up
    const double inside = count / spread_of(measured).median / 1e9;
    add("dense_gflop_per_s", "products in the dense step", inside, "GFLOP/s");
    if (!matmul_) return;
    add("products_share", "share of the products alone", inside / rate("matmul", count), "",
        at_least(0.7, "the dense step is held back: the comparison does not count"));
  }

  StepShape shape_;
  int repetitions_;
  DeviceContext context_;
  RatingTask task_;
  std::vector<ProductSize> products_;
  std::optional<SparseStep> ours_;
  std::optional<DenseStep> dense_;
  std::optional<ProductCeiling> matmul_;
  std::optional<CopyCeiling> copy_;
  std::vector<double> our_losses_;
  std::vector<double> dense_losses_;
  std::vector<TimedSide> sides_;
  Report report_;
};

}  // namespace

Benchmark autorec_step(const StepShape& shape) {
  return {.name = "autorec_step",
          .what = "a full-batch training step of AutoRec with Adam, ours and on dense matrices",
          .threads = 2,
          .sides = {"ours", "dense", "matmul", "copy"},
          .run = [shape](const Settings& settings) { return Comparison(shape, settings).run(); }};
}

}  // namespace lacuna::experiments::bench
