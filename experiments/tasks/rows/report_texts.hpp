#pragma once

#include "experiments/tasks/task_kind.hpp"

namespace lacuna::experiments {

/// What reports say of runs on rows.
inline ReportTexts row_report_texts(std::string caption, std::string note) {
  return {.data = {{"input columns", "columns"},
                   {"training rows", "train_rows"},
                   {"validation rows", "validation_rows"},
                   {"test rows", "test_rows"}},
          .protocol = {{"split seed", "data.split_seed"},
                       {"share tested", "data.test_share"},
                       {"share for validation", "data.validation_share"},
                       {"training rows of a class", "data.rows_per_class"},
                       {"stratified", "data.stratify"},
                       {"columns scaled", "data.scale"}},
          .same_test = {"test_rows", "data.split_seed", "data.test_share", "data.validation_share",
                        "data.stratify", "data.copies", "data.holes"},
          .caption = std::move(caption),
          .note = std::move(note),
          .not_compared = "Variants with other test rows or another split are not compared."};
}

}  // namespace lacuna::experiments
