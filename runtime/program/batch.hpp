#pragma once

#include <map>
#include <string>
#include <variant>

#include "kernels/core/view.hpp"
#include "kernels/optim/clock.hpp"
#include "runtime/tensor/tensor.hpp"

namespace lacuna {

/// Whether something is for training; for predictions only, without gradients; or for the losses of
/// rows that are not trained on, without gradients, too.
enum class Gradients { yes, no, losses_only };

/// Sparse rows as ops read them, by row and, where gradients are wanted, by column.
struct SparseField {
  std::variant<SparseRows<float>, SparseRows<double>> rows;
  std::int64_t columns = 0;
  std::int64_t most_entries = 0;  ///< of any batch

  template <class T>
  const SparseRows<T>& view() const {
    return std::get<SparseRows<T>>(rows);
  }
};

/// Dense rows [most rows, ...]; what is missing is 0.
struct DenseField {
  Tensor value;
  Tensor observed;  ///< the same shape: 1 where observed, else 0; undefined: all are
};

/// A class per row [most rows]; -1: not known.
struct LabelField {
  Tensor label;  ///< int32
  std::int64_t classes = 0;
};

using BatchField = std::variant<SparseField, DenseField, LabelField>;

/// The rows that programs work on, read by their ops at every replay: whoever trains or predicts
/// changes it, the programs stay.
class Batch {
 public:
  /// Holds at most so many rows.
  explicit Batch(std::int64_t most_rows) : rows(most_rows), most_rows_(most_rows) {}
  Batch(const Batch&) = delete;  // recorded ops refer to it and its fields
  Batch& operator=(const Batch&) = delete;

  std::int64_t rows;                 ///< now
  std::int64_t first_row = 0;        ///< their place among those of all processes
  const StepInput* input = nullptr;  ///< [1] on the device: which step it is

  std::int64_t most_rows() const { return most_rows_; }

  void add(std::string name, BatchField field) { fields_.emplace(std::move(name), field); }
  bool holds(std::string_view name) const { return fields_.contains(name); }

  /// nullptr where there is no such field, or one of another kind. The address stays.
  template <class Field>
  const Field* find(std::string_view name) const {
    const auto found = fields_.find(name);
    return found == fields_.end() ? nullptr : std::get_if<Field>(&found->second);
  }
  /// Throws std::logic_error where find() has none.
  template <class Field>
  const Field& get(std::string_view name) const {
    const Field* field = find<Field>(name);
    if (field == nullptr) {
      throw std::logic_error("the data have no field '" + std::string(name) + "' of that kind");
    }
    return *field;
  }
  BatchField& field(const std::string& name) { return fields_.at(name); }

 private:
  std::int64_t most_rows_;
  std::map<std::string, BatchField, std::less<>> fields_;
};

}  // namespace lacuna
