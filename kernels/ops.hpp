#pragma once

#include <cstddef>

#include "kernels/codes/unit_penalty.hpp"
#include "kernels/data/gather_dense.hpp"
#include "kernels/data/gather_elements.hpp"
#include "kernels/dense/add.hpp"
#include "kernels/dense/bias_activation.hpp"
#include "kernels/dense/dropout.hpp"
#include "kernels/dense/gemm.hpp"
#include "kernels/dense/impute.hpp"
#include "kernels/dense/random_fill.hpp"
#include "kernels/dense/reduce.hpp"
#include "kernels/dense/sample.hpp"
#include "kernels/dense/sigmoid_cross_entropy.hpp"
#include "kernels/dense/softmax.hpp"
#include "kernels/dense/softmax_cross_entropy.hpp"
#include "kernels/dense/squared_error.hpp"
#include "kernels/levels/gather_levels.hpp"
#include "kernels/levels/level_expectation.hpp"
#include "kernels/levels/level_loss.hpp"
#include "kernels/likelihood/bernoulli_log_likelihood.hpp"
#include "kernels/likelihood/log_mean_exp.hpp"
#include "kernels/masked/rearrange.hpp"
#include "kernels/masked/staircase_product.hpp"
#include "kernels/masked/visible_normalize.hpp"
#include "kernels/null/null.hpp"
#include "kernels/optim/adagrad.hpp"
#include "kernels/optim/adam.hpp"
#include "kernels/optim/average.hpp"
#include "kernels/optim/commit.hpp"
#include "kernels/optim/gate_step.hpp"
#include "kernels/optim/rmsprop.hpp"
#include "kernels/optim/rprop.hpp"
#include "kernels/optim/set_input.hpp"
#include "kernels/optim/sgd_momentum.hpp"
#include "kernels/rbm/free_energy.hpp"
#include "kernels/rbm/pseudo_likelihood.hpp"
#include "kernels/sparse/csc_gather_gradient.hpp"
#include "kernels/sparse/csr_times_dense.hpp"
#include "kernels/sparse/entry_error.hpp"
#include "kernels/sparse/gather_rows.hpp"
#include "kernels/sparse/observed_loss.hpp"
#include "kernels/sparse/scatter_rows.hpp"
#include "kernels/sparse/sort_by_column.hpp"
#include "kernels/sparse/sparsity_normalize.hpp"
#include "kernels/sparse/take_batch.hpp"

namespace lacuna {

template <template <class> class... Op>
struct OpList {
  static constexpr std::size_t size = sizeof...(Op);
};

/// Every op, for code that needs one thing of each. Those who call ops include the ops' own
/// headers.
using Ops =
    OpList<UnitPenalty, UnitPenaltyBackward, GatherDense, GatherElements, Add, BiasActivation,
           BiasActivationBackward, Dropout, DropoutBackward, Gemm, Impute, FillUniform, FillNormal,
           ColumnSum, SumOfSquares, BernoulliSample, NormalSample, SigmoidCrossEntropy, Softmax,
           SoftmaxCrossEntropy, SquaredError, GatherLevels, LevelExpectation, LevelLoss,
           LevelPrediction, BernoulliLogLikelihood, LogMeanExp, Rearrange, RearrangeBackward,
           StaircaseProduct, VisibleNormalize, VisibleNormalizeBackward, AdaGrad, Adam, Average,
           Commit, GateStep, RMSProp, RProp, SetInput, SgdMomentum, FreeEnergy, FreeEnergyGap,
           PseudoLikelihood, CscGatherGradient, CsrTimesDense, CsrTimesDenseBackward, EntryError,
           GatherRows, ObservedLoss, ObservedPrediction, ScatterRows, SortByColumn,
           SparsityNormalize, SparsityNormalizeBackward, TakeBatch, Null, NullBackward>;

}  // namespace lacuna
