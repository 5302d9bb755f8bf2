#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "runtime/tensor/readback.hpp"
#include "runtime/train/batches.hpp"
#include "runtime/train/model.hpp"

namespace lacuna {

/// A model applied to rows, some thousands at a time, fewer where the values of its layers would
/// take more than 256 MB.
class Predictor {
 public:
  /// Refers to the model and to what `data` holds. Throws ConfigError where the model does not
  /// offer the output.
  Predictor(DeviceContext& context, Model& model, const DeviceRows& data,
            Output output = Output::prediction);
  Predictor(const Predictor&) = delete;
  Predictor& operator=(const Predictor&) = delete;

  /// What the model records as its output: for all rows, or for all entries of the field it
  /// predicts, in their order; valid until the next call. Rounded to float. Where `steps`, the
  /// program of the model's training, lends values of these very rows, they are not computed again.
  std::span<float> predict(Program* steps = nullptr);

  /// The same piece by piece, each for the rows from `first_row` on; the values live during the
  /// call, which may overwrite them.
  using Visit = std::function<void(std::int64_t first_row, std::span<float> values)>;
  void for_each_piece(const Visit& visit);

  /// Elements of the output for a row or an entry.
  std::int64_t columns() const { return own_.output.columns(); }

 private:
  struct Recorded {
    Program program;
    Variable output;

    Recorded(DeviceContext& context, Model& model, const Batch& batch, Output output,
             const Program* lender);
  };
  /// Whether the rows are those that `steps` has, all in one piece.
  bool reads_rows_of(const Program& steps) const;
  /// Calls collect(piece, what it was read back to) in turn.
  template <class Collect>
  void run(Program* steps, Collect collect);
  /// for_each_piece() where the program's memory is the host's.
  void visit_in_place(const Visit& visit);
  /// Puts the piece's batch in its place.
  void put(std::int64_t piece);

  DeviceContext& context_;
  Model& model_;
  Output kind_;
  Batches batches_;
  TrainingClock clock_;
  Recorded own_;
  std::unique_ptr<Recorded> borrowing_;
  const Program* lender_ = nullptr;  // of what it borrows
  std::vector<Readback> pieces_;  // two where there are several, so that one may wait for the other
  std::vector<float> prediction_;
};

}  // namespace lacuna
