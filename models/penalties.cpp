#include "models/penalties.hpp"

#include <fmt/format.h>

#include "runtime/ops/penalty_ops.hpp"

namespace lacuna::models {

namespace {

void record_penalty(Program& program, const LossTerm& loss, const L1Penalty&,
                    const Variable& code) {
  ops::unit_penalty(program, loss, UnitTerm::l1, code);
}

}  // namespace

void record_penalties(Program& program, const std::vector<Penalty>& penalties, const Variable& code,
                      const std::string& layer) {
  if (!program.has_losses()) return;
  for (const Penalty& penalty : penalties) {
    std::visit(
        [&](const auto& chosen) {
          const LossTerm& loss =
              program.loss(fmt::format("{}_{}", layer, chosen.tag), {.weight = chosen.weight});
          record_penalty(program, loss, chosen, code);
        },
        penalty);
  }
}

}  // namespace lacuna::models
