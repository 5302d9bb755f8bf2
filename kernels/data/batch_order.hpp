#pragma once

#include <cstdint>

#include "kernels/core/device_code.hpp"
#include "kernels/optim/step_state.hpp"

namespace lacuna {

/// Which rows of a data set are a batch's. The batch's number is read on the device, so that a
/// captured step takes the rows of its own batch.
struct BatchOrder {
  const std::int32_t* order = nullptr;  ///< rows of all batches; nullptr: the data set's own order
  const StepInput* input = nullptr;     ///< [1]; its batch is read
  std::int64_t batch_rows = 0;          ///< from the begin of a batch to that of the next

  /// The data set's row that is the batch's row r.
  LACUNA_INLINE std::int64_t source(std::int64_t r) const {
    const std::int64_t i = input->batch * batch_rows + r;
    return order == nullptr ? i : order[i];
  }
};

}  // namespace lacuna
