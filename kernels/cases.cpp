#include <fmt/format.h>

#include <array>

#include "kernels/op_case.hpp"

namespace lacuna {

OpCase null_case();
OpCase sparsity_normalize_case();
OpCase csr_times_dense_case();
OpCase observed_loss_case();
OpCase csc_gather_gradient_case();
OpCase scatter_rows_case();
OpCase entry_error_case();
OpCase gather_rows_case();
OpCase sort_by_column_case();
OpCase take_batch_case();
OpCase gather_dense_case();
OpCase gather_elements_case();
OpCase gemm_case();
OpCase bias_activation_case();
OpCase reduce_case();
OpCase random_fill_case();
OpCase impute_case();
OpCase dropout_case();
OpCase softmax_case();
OpCase softmax_cross_entropy_case();
OpCase squared_error_case();
OpCase gather_levels_case();
OpCase level_expectation_case();
OpCase level_loss_case();
OpCase sigmoid_cross_entropy_case();
OpCase sample_case();
OpCase add_case();
OpCase adagrad_case();
OpCase adam_case();
OpCase rmsprop_case();
OpCase sgd_momentum_case();
OpCase rprop_case();
OpCase gate_step_case();
OpCase average_case();
OpCase commit_case();
OpCase set_input_case();
OpCase free_energy_case();
OpCase free_energy_gap_case();
OpCase pseudo_likelihood_case();
OpCase unit_penalty_case();
OpCase rearrange_case();
OpCase staircase_product_case();
OpCase visible_normalize_case();
OpCase bernoulli_log_likelihood_case();
OpCase log_mean_exp_case();

std::vector<OpCase> op_cases() {
  return {null_case(),
          sparsity_normalize_case(),
          csr_times_dense_case(),
          observed_loss_case(),
          csc_gather_gradient_case(),
          scatter_rows_case(),
          entry_error_case(),
          gather_rows_case(),
          sort_by_column_case(),
          take_batch_case(),
          gather_dense_case(),
          gather_elements_case(),
          gemm_case(),
          bias_activation_case(),
          reduce_case(),
          random_fill_case(),
          impute_case(),
          dropout_case(),
          softmax_case(),
          softmax_cross_entropy_case(),
          squared_error_case(),
          gather_levels_case(),
          level_expectation_case(),
          level_loss_case(),
          sigmoid_cross_entropy_case(),
          sample_case(),
          add_case(),
          adagrad_case(),
          adam_case(),
          rmsprop_case(),
          sgd_momentum_case(),
          rprop_case(),
          gate_step_case(),
          average_case(),
          commit_case(),
          set_input_case(),
          free_energy_case(),
          free_energy_gap_case(),
          pseudo_likelihood_case(),
          unit_penalty_case(),
          rearrange_case(),
          staircase_product_case(),
          visible_normalize_case(),
          bernoulli_log_likelihood_case(),
          log_mean_exp_case()};
}

std::string to_string(const CaseShape& s) {
  constexpr std::array places{"", ", all in the middle row", ", all in the middle column"};
  return fmt::format("{}x{}x{} missing {} mode {} padding {}{}", s.rows, s.cols, s.units, s.missing,
                     s.mode, s.padding, places[static_cast<std::size_t>(s.entries)]);
}

}  // namespace lacuna
