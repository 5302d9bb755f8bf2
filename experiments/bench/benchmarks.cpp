#include "experiments/bench/benchmarks.hpp"

#include "experiments/bench/autoimpute_step/autoimpute_step.hpp"
#include "experiments/bench/autorec_epoch/autorec_epoch.hpp"
#include "experiments/bench/autorec_step/autorec_batches.hpp"
#include "experiments/bench/autorec_step/autorec_step.hpp"
#include "experiments/bench/best_items/best_items.hpp"
#include "experiments/bench/cf_nade_step/cf_nade_step.hpp"
#include "experiments/bench/code_steps/code_steps.hpp"
#include "experiments/bench/kernels/kernels.hpp"
#include "experiments/bench/mlp_step/mlp_step.hpp"
#include "experiments/bench/parse_ratings/parse_ratings.hpp"
#include "experiments/bench/read_counts/read_counts.hpp"

namespace lacuna::experiments::bench {

namespace {

std::vector<Benchmark> tiny_benchmarks() {
  const StepShape ratings{.users = 80, .items = 60, .ratings = 900, .units = 20};
  const CodeShape codes{.inputs = 24, .units = 16, .batch_rows = 10, .batches = 4};
  const NetShape net{.inputs = 20, .hidden = {16, 16}, .batch_rows = 8, .batches = 4};
  NetShape table = table_net();
  table.batches = 4;
  return {autorec_step(ratings),
          autorec_batches({.ratings = ratings, .batch_rows = 16, .steps = 4}),
          autorec_epoch({.whole = ratings, .batched = ratings, .batch_rows = 16}),
          cf_nade_step({.ratings = ratings, .batch_rows = 16}),
          mlp_step(net),
          mlp_step_table(table),
          rbm_step(codes),
          autoencoder_step(codes),
          made_step(codes),
          autoimpute_step({.rows = 20, .columns = 30, .units = 16}),
          best_items(ratings),
          parse_ratings({.rows = 2000, .users = 80, .items = 60}),
          read_counts({.genes = 90, .cells = 20, .found = 30}),
          kernels(cases_on_test_shapes(), 1 << 20)};
}

}  // namespace

std::vector<Benchmark> benchmarks(Sizes sizes) {
  if (sizes == Sizes::tiny) return tiny_benchmarks();
  return {autorec_step(),   autorec_batches(), autorec_epoch(),    cf_nade_step(),    mlp_step(),
          mlp_step_table(), rbm_step(),        autoencoder_step(), autoimpute_step(), made_step(),
          best_items(),     parse_ratings(),   read_counts(),      kernels()};
}

}  // namespace lacuna::experiments::bench
