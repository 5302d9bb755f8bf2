#pragma once

#include <string>
#include <string_view>

#include "experiments/reproduce/ledger.hpp"
#include "experiments/run/job.hpp"
#include "runtime/data/tables/table_rows.hpp"

/// A line of a ledger as text, and of what it is made.
namespace lacuna::experiments {

/// The names of the columns, in their order.
std::string ledger_header();
std::string to_text(const LedgerLine& line);
/// Throws data::RowError where a column is missing or a number is none.
LedgerLine read_line(const data::TableHeader& header, const data::TableRow& row);

/// Of a job that has come to its end, from the files of its folder. Throws IoError.
LedgerLine line_of(const Job& job);
/// Of what needs no training, on the experiment's test data.
LedgerLine line_of(const Baseline& baseline, const Experiment& experiment,
                   std::string_view checksum);

}  // namespace lacuna::experiments
