#pragma once

#include "kernels/case_data.hpp"
#include "kernels/data/batch_order.hpp"

namespace lacuna {

/// A batch of `units` rows out of a case's `rows`, the second one of its epoch. The host's arrays,
/// which must stay where they are as long as the device's copies are used.
class BatchCase {
 public:
  /// Without an order of its own the batch takes rows units, units + 1, ...
  BatchCase(const CaseShape& s, std::uint64_t seed, bool ordered)
      : rows_(s.units), ordered_(ordered) {
    for (std::int64_t i = 0; i < (batch + 1) * rows_; ++i) {
      const auto word = philox({seed, 90}, static_cast<std::uint64_t>(i));
      order_.push_back(static_cast<std::int32_t>(word[0] % static_cast<std::uint32_t>(s.rows)));
    }
  }

  BatchOrder on_device(CaseMemory& memory) const {
    return {ordered_ ? memory.array(order_) : nullptr, memory.array(input_), rows_};
  }

  /// The data set's row of each of the batch's.
  std::vector<std::int64_t> sources() const {
    std::vector<std::int64_t> all;
    for (std::int64_t i = batch * rows_; i < (batch + 1) * rows_; ++i) {
      all.push_back(ordered_ ? order_[static_cast<std::size_t>(i)] : i);
    }
    return all;
  }

 private:
  static constexpr std::int64_t batch = 1;

  std::int64_t rows_;
  bool ordered_;
  std::vector<std::int32_t> order_;
  std::vector<StepInput> input_{{.batch = batch}};
};

}  // namespace lacuna
