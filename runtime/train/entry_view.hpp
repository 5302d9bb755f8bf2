#pragma once

#include <string_view>

#include "kernels/levels/gather_levels.hpp"
#include "runtime/device_context.hpp"
#include "runtime/memory/array.hpp"
#include "runtime/sparse/csr_matrix.hpp"

namespace lacuna {

/// What a model asks of sparse rows that knows entries by their level: its field "input" has a
/// column for each column and level. In training, each row's entries are dealt anew in every epoch
/// into those that "input" has and those that "target" asks for; see EntryRole.
struct LevelCoding {
  Tensor values;            ///< [levels], ascending
  bool cumulative = false;  ///< an entry counts for the lower levels, too
  std::uint64_t seed = 0;   ///< of the roles

  std::int64_t levels() const { return values.size(); }
};

/// Copies of a matrix's rows.
template <class T>
struct CopiedRows {
  Array<std::int64_t> row_ptr;
  Array<std::int32_t> col;
  Array<T> value;
  Array<std::int64_t> cells;  ///< where entries are coded

  CopiedRows() = default;
  CopiedRows(DeviceContext& context, std::int64_t rows, std::int64_t entries, bool coded)
      : row_ptr(Array<std::int64_t>::uninitialized(context.pool(), rows + 1)),
        col(Array<std::int32_t>::uninitialized(context.pool(), entries)),
        value(Array<T>::uninitialized(context.pool(), entries)) {
    if (coded) cells = Array<std::int64_t>::uninitialized(context.pool(), rows);
  }

  /// From the first row on; `nnz` entries, or the most there are.
  CsrView<T> view(std::int64_t rows, std::int64_t columns, std::int64_t nnz) const {
    return {rows, columns, row_ptr.data(), col.data(), value.data(), 0, nnz, cells.data()};
  }
};

/// A field of sparse rows as batches show it: as it stands, or as a LevelCoding wants it.
class EntryView {
 public:
  EntryView() = default;
  /// Of the field called `name`. Refers to the coding, if there is one.
  EntryView(const LevelCoding* coding, std::string_view name, bool trains);

  bool operator==(const EntryView&) const = default;

  bool coded() const { return coding_ != nullptr; }
  /// Whether each epoch has other entries.
  bool draws() const { return role_ != EntryRole::any; }
  std::int64_t columns(const CsrMatrix& matrix) const;
  /// The most that so many entries become.
  std::int64_t most_entries(std::int64_t entries) const;
  template <class T>
  CopiedRows<T> room(DeviceContext& context, std::int64_t rows, std::int64_t entries) const {
    return {context, rows, most_entries(entries), coded()};
  }

  /// Copies rows in another order, [rows of the matrix], or as they stand where it is nullptr.
  template <class T>
  void copy(const ExecContext& ctx, const CsrMatrix& from, const std::int32_t* order, int epoch,
            const CopiedRows<T>& to) const;

 private:
  const LevelCoding* coding_ = nullptr;
  EntryRole role_ = EntryRole::any;
  LevelCode code_ = LevelCode::value;
};

}  // namespace lacuna
