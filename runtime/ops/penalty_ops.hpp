#pragma once

#include "kernels/codes/unit_terms.hpp"
#include "runtime/program/program.hpp"

/// Penalties on a layer's code as programs record them. Nothing is
/// computed here: a call appends to the program, see Program::record().
namespace lacuna::ops {

/// The sum over units of a term of each, as |h|: {sum over rows and units, rows}, and the gradient
/// of loss.weight times their quotient. code [rows, units].
void unit_penalty(Program& program, const LossTerm& loss, UnitTerm term, const Variable& code);

}  // namespace lacuna::ops
