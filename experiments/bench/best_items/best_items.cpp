#include "experiments/bench/best_items/best_items.hpp"

#include <memory>

#include "experiments/bench/product_ceiling.hpp"
#include "experiments/tasks/rating_prediction/best_items.hpp"

namespace lacuna::experiments::bench {

namespace {

constexpr const char* ours = "ours";
constexpr const char* product = "product";
constexpr int top = 10;

/// A model that is not trained: how its predictions come about takes the same time.
class Recommending {
 public:
  Recommending(DeviceContext& context, const StepShape& shape)
      : context_(context),
        task_(context, data::load(source_of(shape)), data::common(source_of(shape))),
        model_(make_model(context, model_of(shape), task_.model_facts(), step_seed)),
        seen_{items_by_user(task_, {&task_.dataset().split.train}), {}} {}

  void run() { experiments::best_items(context_, *model_, task_, {}, seen_, top); }

 private:
  DeviceContext& context_;
  RatingTask task_;
  std::unique_ptr<Model> model_;
  Exclusion seen_;
};

Report measured(const StepShape& shape, const Settings& settings) {
  DeviceContext context(settings.device, settings.threads);
  std::vector<TimedSide> sides;
  std::unique_ptr<Recommending> recommending;
  std::unique_ptr<ProductCeiling> ceiling;
  if (settings.wants(ours)) {
    recommending = std::make_unique<Recommending>(context, shape);
    sides.push_back({ours, [&] { recommending->run(); }});
  }
  if (settings.wants(product)) {
    ceiling = std::make_unique<ProductCeiling>(
        context, std::vector<ProductSize>{{shape.items, shape.units, shape.users}});
    sides.push_back({product, [&] { ceiling->run(); }});
  }
  Report report;
  report.samples = measure(sides, settings.repetitions);
  report.shape = config::Json::object({{"users", shape.users},
                                       {"items", shape.items},
                                       {"ratings", shape.ratings},
                                       {"units", shape.units},
                                       {"top", top}});
  const auto whole = median_seconds(report.samples, ours);
  const auto alone = median_seconds(report.samples, product);
  if (whole && alone) {
    report.results.push_back(
        {"ours_over_product", "ours over the product alone", *whole / *alone, "x"});
  }
  return report;
}

}  // namespace

Benchmark best_items(const StepShape& shape) {
  return {.name = "best_items",
          .what = "the ten best unseen items of every user, and the product they are chosen of",
          .threads = 2,
          .sides = {ours, product},
          .run = [shape](const Settings& settings) { return measured(shape, settings); }};
}

}  // namespace lacuna::experiments::bench
