#include "runtime/train/predictor.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/error.hpp"

namespace lacuna {

namespace {

constexpr std::size_t most_bytes = std::size_t{256} << 20;
constexpr std::int64_t most_rows = 8192;  // more are no faster
constexpr std::int64_t most_whole_rows =
    256;  // so that they are still in a cache when they are read

/// Rows that are predicted at a time: told by what the program of one row takes.
RowOrder pieces(DeviceContext& context, Model& model, const DeviceRows& data, Output output) {
  if (!model.offers(output)) {
    throw ConfigError(
        fmt::format("model.type: the model has no {}, which the task asks for", name_of(output)));
  }
  Batches one(context, model.dtype(), data, RowOrder::in_place(data.rows, 1), Gradients::no,
              model.level_coding());
  Program program(context, model.dtype(), one.batch(), Gradients::no);
  model.record(program, output);
  const auto rows = static_cast<std::int64_t>(
      std::max<std::size_t>(most_bytes / std::max<std::size_t>(program.bytes(), 1), 1));
  const std::int64_t most = output == Output::whole_rows ? most_whole_rows : most_rows;
  return RowOrder::in_place(data.rows, std::min({rows, most, data.rows}));
}

/// Where the rows of a sparse field lie, or nullptr.
const void* place_of(const Batch& batch, const char* name) {
  const auto* field = batch.find<SparseField>(name);
  if (field == nullptr) return nullptr;
  return std::visit([](const auto& rows) -> const void* { return rows.by_row.row_ptr; },
                    field->rows);
}

}  // namespace

Predictor::Recorded::Recorded(DeviceContext& context, Model& model, const Batch& batch, Output kind,
                              const Program* lender)
    : program(context, model.dtype(), batch, Gradients::no) {
  if (lender != nullptr) program.borrow_from(*lender);
  output = model.record(program, kind);
}

Predictor::Predictor(DeviceContext& context, Model& model, const DeviceRows& data, Output output)
    : context_(context),
      model_(model),
      kind_(output),
      batches_(context, model.dtype(), data, pieces(context, model, data, output), Gradients::no,
               model.level_coding()),
      clock_(context.pool(), 1),
      own_(context, model, batches_.batch(), output, nullptr) {
  for (std::int64_t i = 0; i < std::min<std::int64_t>(batches_.count(), 2); ++i) {
    pieces_.emplace_back(context.runtime(), own_.output.tensor().bytes().size());
  }
}

bool Predictor::reads_rows_of(const Program& steps) const {
  const void* place = place_of(batches_.batch(), "input");
  return batches_.whole() && place != nullptr && place == place_of(steps.batch(), "input");
}

void Predictor::put(std::int64_t piece) {
  clock_.prepare(context_.exec(), {.batch = piece});
  batches_.put(context_.exec(), clock_.input(), piece);
}

// A piece is copied to the host while the next one is computed.
template <class Collect>
void Predictor::run(Program* steps, Collect collect) {
  batches_.start_epoch(0);
  const auto piece = [this](std::int64_t i) -> Readback& {
    return pieces_[static_cast<std::size_t>(i % 2)];
  };
  for (std::int64_t i = 0; i < batches_.count(); ++i) {
    put(i);
    Recorded* recorded = &own_;
    if (steps != nullptr && reads_rows_of(*steps)) {
      if (lender_ != steps) {
        lender_ = steps;
        borrowing_ = std::make_unique<Recorded>(context_, model_, batches_.batch(), kind_, steps);
      }
      steps->advance();
      recorded = borrowing_.get();
    }
    recorded->program.forward();
    piece(i).fetch(recorded->output.used());
    if (i > 0) collect(piece(i - 1));
  }
  if (batches_.count() > 0) collect(piece(batches_.count() - 1));
}

std::span<float> Predictor::predict(Program* steps) {
  prediction_.clear();
  run(steps, [this](Readback& piece) { piece.append_to(prediction_); });
  return prediction_;
}

void Predictor::for_each_piece(const Visit& visit) {
  if (context_.device() == Device::cpu && own_.output.tensor().dtype() == DType::f32) {
    return visit_in_place(visit);
  }
  std::int64_t row = 0;
  run(nullptr, [&](Readback& piece) {
    prediction_.clear();
    piece.append_to(prediction_);
    visit(row, prediction_);
    row += std::ssize(prediction_) / columns();
  });
}

void Predictor::visit_in_place(const Visit& visit) {
  batches_.start_epoch(0);
  std::int64_t row = 0;
  for (std::int64_t i = 0; i < batches_.count(); ++i) {
    put(i);
    own_.program.forward();
    const std::span<float> values = own_.output.used().span<float>();
    visit(row, values);
    row += std::ssize(values) / columns();
  }
}

}  // namespace lacuna
