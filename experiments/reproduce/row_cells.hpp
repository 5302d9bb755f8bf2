#pragma once

#include <string>
#include <vector>

#include "experiments/plan.hpp"
#include "experiments/reproduce/ledger.hpp"
#include "experiments/reproduce/reproduce.hpp"

/// The cells of a reproduced table, of what a ledger holds.
namespace lacuna::experiments {

/// A cell, with what tells whether it can be compared with others of its row.
struct RowCell {
  ReproducedCell cell;
  Experiment experiment;
};

/// Whether the data are there; generated ones always are.
bool at_hand(const DataConfig& config);

/// Whether a figure's abscissa is one of the data's settings, so that each place has data, and a
/// baseline, of its own.
bool is_along_data(const PaperConfig& paper);

/// A plan with what its search chose.
struct ChosenPlan {
  Plan plan;
  std::vector<std::string> at_edge;  ///< variants whose choice lies at the edge of what was tried
};

/// Adds the cells that a table has of a plan: each beside the others of its row, and a constant at
/// the row's end.
void add_cells(std::vector<RowCell>& rows, const ChosenPlan& chosen, const PaperConfig& paper,
               const Ledger& ledger);

/// The cells with their paired differences; the variant `first` leads the rows that have it.
std::vector<ReproducedCell> cells_of(std::vector<RowCell> rows, const std::string& first);

}  // namespace lacuna::experiments
