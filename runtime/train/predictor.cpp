#include "runtime/train/predictor.hpp"

#include <algorithm>
#include <stdexcept>

namespace lacuna {

namespace {

constexpr std::int64_t piece_rows = 8192;

BatchCapacity piece_capacity(const CsrMatrix<float>& cells) {
  BatchCapacity capacity{std::min(piece_rows, cells.rows()), 0};
  for (std::int64_t r = 0; r < cells.rows(); r += piece_rows) {
    const auto piece = cells.rows(r, std::min(piece_rows, cells.rows() - r));
    capacity.target_entries = std::max(capacity.target_entries, piece.nnz);
  }
  return capacity;
}

}  // namespace

Predictor::Predictor(DeviceContext& context, Trainable<float>& model, const CsrMatrix<float>& input,
                     const CsrMatrix<float>& cells)
    : runtime_(context.runtime()),
      input_(input),
      cells_(cells),
      program_(context, piece_capacity(cells), Gradients::no),
      piece_(model.record_prediction(program_, batch_)),
      prediction_(static_cast<std::size_t>(cells.nnz())) {
  if (input.rows() != cells.rows()) {
    throw std::logic_error("a predictor's input and cells differ in their rows");
  }
}

std::span<float> Predictor::predict() {
  for (std::int64_t r = 0; r < cells_.rows(); r += piece_rows) {
    const std::int64_t rows = std::min(piece_rows, cells_.rows() - r);
    const CsrView<float> cells = cells_.rows(r, rows);
    batch_ = {rows, {input_.rows(r, rows), {}}, {cells, {}}};
    program_.forward();
    runtime_.copy_to_host(prediction_.data() + cells.first, piece_.data<float>(),
                          static_cast<std::size_t>(cells.nnz) * sizeof(float));
  }
  return prediction_;
}

}  // namespace lacuna
