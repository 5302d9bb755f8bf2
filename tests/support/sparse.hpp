#pragma once

#include <cstdint>
#include <vector>

#include "kernels/core/philox.hpp"
#include "runtime/data/csr_arrays.hpp"
#include "runtime/data/device_rows.hpp"
#include "runtime/device_context.hpp"
#include "runtime/metrics/statistics.hpp"
#include "runtime/train/predictor.hpp"
#include "runtime/train/validation.hpp"

namespace lacuna::testing {

/// Each cell observed with probability 1 - missing, values in [1, 5]; a function of the seed.
inline data::CsrArrays random_entries(std::int64_t rows, std::int64_t cols, double missing,
                                      std::uint64_t seed) {
  data::CsrArrays entries{.rows = rows, .cols = cols, .row_ptr = {0}, .col = {}, .value = {}};
  for (std::int64_t r = 0; r < rows; ++r) {
    for (std::int64_t c = 0; c < cols; ++c) {
      const auto word = philox({seed, 9}, static_cast<std::uint64_t>(r * cols + c));
      if (open_uniform(word[0]) < missing) continue;
      entries.col.push_back(static_cast<std::int32_t>(c));
      entries.value.push_back(static_cast<float>(1 + 4 * open_uniform(word[1])));
    }
    entries.row_ptr.push_back(entries.nnz());
  }
  return entries;
}

inline CsrMatrix random_csr(DeviceContext& context, std::int64_t rows, std::int64_t cols,
                            double missing, std::uint64_t seed, DType dtype = DType::f32) {
  const data::CsrArrays entries = random_entries(rows, cols, missing, seed);
  return {context.pool(), rows, cols, entries.row_ptr, entries.col, entries.value, dtype};
}

/// The matrices as a model's rows; without `target` they are their own.
inline DeviceRows rows_of(const CsrMatrix& input) {
  DeviceRows rows{.rows = input.rows(), .fields = {}};
  rows.set("input", std::make_shared<const DeviceField>(input));
  rows.set("target", rows.fields.at("input"));
  return rows;
}
inline DeviceRows rows_of(const CsrMatrix& input, const CsrMatrix& target) {
  DeviceRows rows = rows_of(input);
  rows.set("target", std::make_shared<const DeviceField>(target));
  return rows;
}

/// A model judged by the RMSE at the entries of `cells`, whose rows it is given as `input`; nothing
/// is clipped.
class RmseOf {
 public:
  RmseOf(DeviceContext& context, Model& model, const CsrMatrix& input, const CsrMatrix& cells)
      : predictor_(context, model, rows_of(input, cells)), actual_(cells.host_values()) {}

  Validation operator()(Program* steps = nullptr) {
    const double rmse = metrics::rmse<float>(predictor_.predict(steps), actual_);
    return {.scores = {{&metric::rmse, rmse, static_cast<std::int64_t>(actual_.size())}},
            .watched = rmse};
  }

 private:
  Predictor predictor_;
  std::vector<float> actual_;
};

/// The same for a trainer.
inline Validate rmse_of(DeviceContext& context, Model& model, const CsrMatrix& input,
                        const CsrMatrix& cells) {
  const auto judge = std::make_shared<RmseOf>(context, model, input, cells);
  return [judge](const EpochEnd& end) { return (*judge)(end.steps); };
}

/// All rows as a program's batch.
class WholeBatch {
 public:
  WholeBatch(DeviceContext& context, const DeviceRows& rows, DType dtype = DType::f32)
      : batches_(context, dtype, rows, RowOrder(rows.rows, 0, 0)), clock_(context.pool(), 1) {
    batches_.start_epoch(1);
    batches_.put(context.exec(), clock_.input(), 0);
  }

  const Batch& batch() const { return batches_.batch(); }

 private:
  Batches batches_;
  TrainingClock clock_;
};

}  // namespace lacuna::testing
