#include "runtime/train/batches.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lacuna {

namespace {

std::int64_t rows_of(const CsrMatrix& matrix) {
  return matrix.rows();
}
std::int64_t rows_of(const DenseRows& dense) {
  return dense.value.shape().at(0);
}
std::int64_t rows_of(const LabelRows& labels) {
  return labels.label.size();
}

/// Views of a field cut by another one's rows would reach beyond it.
void check_rows(const std::string& name, const DeviceField& field, std::int64_t expected) {
  const std::int64_t rows = std::visit([](const auto& f) { return rows_of(f); }, field);
  if (rows == expected) return;
  throw std::logic_error(
      fmt::format("the field '{}' has {} rows, its data set {}", name, rows, expected));
}

}  // namespace

Batches::Batches(DeviceContext& context, DType dtype, const DeviceRows& data, const RowOrder& order,
                 Gradients gradients, const LevelCoding* coding)
    : order_(order), batch_(order.batch_rows()) {
  const bool draws = coding != nullptr && gradients == Gradients::yes;
  if (draws && data.fields.at("input") != data.fields.at("target")) {
    throw std::logic_error("entries are given or asked for of one field, not of two");
  }
  for (const auto& [name, field] : data.fields) {
    check_rows(name, *field, data.rows);
    const EntryView entries(coding, name, gradients == Gradients::yes);
    auto known = std::ranges::find_if(fields_, [&](const Named& other) {
      return other.data == field && other.entries == entries;
    });
    if (known == fields_.end()) {
      fields_.push_back({field,
                         entries,
                         make_field_batches(context, dtype, field, order, gradients, entries),
                         {}});
      known = fields_.end() - 1;
    }
    known->names.push_back(name);
    batch_.add(name, known->batches->field());
  }
  if (order.dealt()) {
    rows_ = Array<std::int32_t>::uninitialized(context.pool(), order.total_rows());
  }
}

void Batches::start_epoch(int epoch) {
  if (order_.dealt()) rows_.assign(order_.of_epoch(epoch));
  for (const Named& field : fields_) field.batches->start_epoch(epoch, rows_.data());
}

void Batches::put(const ExecContext& ctx, const StepInput* input, std::int64_t index) {
  const BatchOrder order{.order = rows_.data(), .input = input, .batch_rows = order_.batch_rows()};
  batch_.rows = order_.rows(index);
  if (!order_.dealt()) batch_.first_row = index * order_.batch_rows();
  batch_.input = input;
  for (const Named& field : fields_) {
    field.batches->stage(ctx, order, batch_.rows);
    for (const std::string& name : field.names) {
      field.batches->show(batch_.field(name), index);
    }
  }
}

std::int64_t Batches::entries_before(int epoch, std::int64_t index, std::string_view name) const {
  const std::int64_t rows = std::min(index * order_.batch_rows(), order_.total_rows());
  for (const Named& field : fields_) {
    const auto* matrix = std::get_if<CsrMatrix>(field.data.get());
    if (matrix == nullptr || std::ranges::find(field.names, name) == field.names.end()) continue;
    if (!order_.dealt()) return matrix->begin_of(rows);
    const std::vector<std::int32_t> order = order_.of_epoch(epoch);
    std::int64_t entries = 0;
    for (std::int64_t i = 0; i < rows; ++i) {
      entries += matrix->length(order[static_cast<std::size_t>(i)]);
    }
    return entries;
  }
  return rows;
}

}  // namespace lacuna
