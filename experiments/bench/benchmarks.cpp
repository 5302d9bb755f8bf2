#include "experiments/bench/benchmarks.hpp"

#include "experiments/bench/autorec_epoch/autorec_epoch.hpp"
#include "experiments/bench/autorec_step/autorec_step.hpp"
#include "experiments/bench/code_steps/code_steps.hpp"
#include "experiments/bench/kernels/kernels.hpp"
#include "experiments/bench/mlp_step/mlp_step.hpp"
#include "experiments/bench/parse_ratings/parse_ratings.hpp"

namespace lacuna::experiments::bench {

std::vector<Benchmark> benchmarks() {
  return {autorec_step(), autorec_epoch(),    mlp_step(),      mlp_step_table(),
          rbm_step(),     autoencoder_step(), parse_ratings(), kernels()};
}

}  // namespace lacuna::experiments::bench
