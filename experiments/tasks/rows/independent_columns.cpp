#include "experiments/tasks/rows/independent_columns.hpp"

#include <cmath>

#include "experiments/tasks/rows/row_data.hpp"

namespace lacuna::experiments {

IndependentColumns::IndependentColumns(std::span<const float> column_mean, std::int64_t rows) {
  const auto count = static_cast<double>(rows);
  for (const float mean : column_mean) {
    const double one = (double{mean} * count + 1) / (count + 2);
    log_one_.push_back(std::log(one));
    log_zero_.push_back(std::log1p(-one));
  }
}

double IndependentColumns::nll(const data::DataSet& part) const {
  const data::DenseArray& input = inputs_of(part);
  std::vector<float> row(log_one_.size());
  double sum = 0;
  for (std::int64_t r = 0; r < input.rows; ++r) {
    input.put_row(r, row);
    for (std::size_t c = 0; c < row.size(); ++c) {
      const double x{row[c]};
      sum -= x * log_one_[c] + (1 - x) * log_zero_[c];
    }
  }
  return sum / static_cast<double>(input.rows);
}

}  // namespace lacuna::experiments
