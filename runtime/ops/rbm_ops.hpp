#pragma once

#include "kernels/rbm/free_energy.hpp"
#include "runtime/program/program.hpp"

/// Ops of restricted Boltzmann machines as programs record them. Hidden units are binary. Nothing
/// is computed here: a call appends to the program, see Program::record().
namespace lacuna::ops {

/// A machine's parameters as a program reads them.
struct Rbm {
  Variable weight;        ///< [visible, hidden]
  Variable visible_bias;  ///< [visible]
  Variable hidden_bias;   ///< [hidden]
  VisibleUnits units = VisibleUnits::binary;
};

/// v W + c: [rows, hidden].
Variable pre_activation(Program& program, const Rbm& rbm, const Variable& visible);

struct GibbsChain {
  int steps = 1;               ///< of hidden, then visible units
  bool sample_visible = true;  ///< false: their means go on in their place
  bool sample_last = true;     ///< false: the same in the last step alone
  std::uint64_t seed = 0;
};
/// Where alternating Gibbs sampling arrives from visible units whose v W + c is `start`: visible
/// units [rows, visible], without a way back. Draws are a function of (seed, step, row, unit).
Variable gibbs_chain(Program& program, const Rbm& rbm, const Variable& start,
                     const GibbsChain& chain);

/// Of each row: [rows, 1]. Throws std::logic_error in a program that trains.
Variable free_energy(Program& program, const Rbm& rbm, const Variable& visible);

/// An estimate of each row's log pseudo-likelihood from one of its units, which is a function of
/// (seed, row), in nats: [rows, 1]. For binary units. Throws std::logic_error in a program that
/// trains.
Variable pseudo_likelihood(Program& program, const Rbm& rbm, const Variable& visible,
                           std::uint64_t seed);

/// The mean free energy of the data's visible units minus that of a chain's, both held fixed: its
/// gradient is contrastive divergence. `chain` may have another number of rows.
void contrastive_divergence(Program& program, const LossTerm& loss, const Rbm& rbm,
                            const Variable& data, const Variable& data_pre_activation,
                            const Variable& chain);

}  // namespace lacuna::ops
