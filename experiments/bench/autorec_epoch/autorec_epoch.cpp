#include "experiments/bench/autorec_epoch/autorec_epoch.hpp"

#include <list>

#include "experiments/bench/autorec_step/gradient_pass.hpp"

namespace lacuna::experiments::bench {

namespace {

constexpr const char* whole_side = "full_batch";
constexpr const char* item_side = "item_batches";
constexpr const char* user_side = "user_batches";

/// One side: its ratings and its pass over them.
struct Side {
  Side(DeviceContext& context, const StepShape& shape, std::int64_t batch_rows)
      : task(context, data::load(source_of(shape))), pass(context, task, shape, batch_rows) {}

  RatingTask task;
  GradientPass pass;
};

/// One run of the benchmark: only what the wanted sides need is made.
class Epochs {
 public:
  Epochs(const EpochShape& shape, const Settings& settings)
      : shape_(shape), repetitions_(settings.repetitions), context_(Device::cpu, settings.threads) {
    add(settings, whole_side, shape.whole, 0);
    StepShape batched = shape.batched;
    add(settings, item_side, batched, shape.batch_rows);
    batched.vectors = data::Orientation::user;
    add(settings, user_side, batched, shape.batch_rows);
  }

  Report run() {
    report_.samples = measure(timed_, repetitions_);
    report_.shape = config::Json::object({{"users", shape_.batched.users},
                                          {"items", shape_.batched.items},
                                          {"ratings", shape_.batched.ratings},
                                          {"units", shape_.batched.units},
                                          {"rows a batch", shape_.batch_rows}});
    for (const std::string side : {whole_side, item_side, user_side}) {
      if (const auto time = per_rating(side)) {
        report_.results.push_back(
            {side + "_ns", side + ": time per rating, optimiser excluded", 1e9 * *time, "ns"});
      }
    }
    for (const std::string side : {item_side, user_side}) compare(side);
    return std::move(report_);
  }

 private:
  void add(const Settings& settings, const char* name, const StepShape& shape,
           std::int64_t batch_rows) {
    if (!settings.wants(name)) return;
    Side& side = sides_.emplace_back(context_, shape, batch_rows);
    timed_.push_back({name, [&side] { side.pass.run(); }});
  }

  /// Seconds, at the median.
  std::optional<double> per_rating(const std::string& name) const {
    const auto seconds = median_seconds(report_.samples, name);
    if (!seconds) return std::nullopt;
    const auto timed = std::ranges::find(timed_, name, &TimedSide::name);
    const auto side = std::next(sides_.begin(), timed - timed_.begin());
    return *seconds / static_cast<double>(side->task.train_matrix().nnz());
  }

  void compare(const std::string& name) {
    const auto batched = per_rating(name);
    const auto whole = per_rating(whole_side);
    if (!batched || !whole) return;
    report_.results.push_back({name + "_over_full_batch",
                               name + ": time per rating over the full batch's", *batched / *whole,
                               "x"});
    if (shape_ != EpochShape{}) return;
    report_.results.back().bound = Bound{Bound::Kind::at_most, 1.5, "mini-batches cost too much"};
  }

  EpochShape shape_;
  int repetitions_;
  DeviceContext context_;
  std::list<Side> sides_;  // they do not move
  std::vector<TimedSide> timed_;
  Report report_;
};

}  // namespace

Benchmark autorec_epoch(const EpochShape& shape) {
  return {
      .name = "autorec_epoch",
      .what =
          "losses and gradients of AutoRec in mini-batches of ten million ratings, without steps",
      .threads = 2,
      .sides = {whole_side, item_side, user_side},
      .run = [shape](const Settings& settings) { return Epochs(shape, settings).run(); }};
}

}  // namespace lacuna::experiments::bench
