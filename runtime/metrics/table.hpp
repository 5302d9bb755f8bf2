#pragma once

#include <string>
#include <vector>

namespace lacuna::metrics {

/// A table of results: the first column to the left, the others (numbers) to the right.
class Table {
 public:
  explicit Table(std::vector<std::string> header);

  /// One cell per column, or std::invalid_argument.
  void add_row(std::vector<std::string> cells);

  /// The cells by row, the header first.
  const std::vector<std::vector<std::string>>& rows() const { return rows_; }

  /// Aligned columns under a ruled header, each line ended.
  std::string text() const;
  std::string markdown() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace lacuna::metrics
