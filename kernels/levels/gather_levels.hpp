#pragma once

#include "kernels/core/op.hpp"
#include "kernels/core/philox.hpp"
#include "kernels/core/view.hpp"
#include "kernels/levels/entry_roles.hpp"

namespace lacuna {

/// How values become levels: the nearest of these, of two equally near ones the lower.
template <class T>
struct LevelValues {
  const T* value = nullptr;  ///< [count], ascending
  std::int64_t count = 0;
};

/// How an entry enters a network that has an input for each column and level.
enum class LevelCode {
  value,      ///< as it stands
  one_hot,    ///< 1 at column * levels + level
  cumulative  ///< 1 there and at all lower levels of the column
};

/// Rows of a CSR matrix in another order, as gather_rows; of each row the entries that have a role,
/// coded by level.
template <class T>
struct GatherLevels {
  static constexpr std::string_view name = "gather_levels";

  CsrView<T> from;
  const std::int32_t* order = nullptr;  ///< [rows]; nullptr: the rows as they stand
  std::int64_t rows = 0;                ///< of the result
  EntryRole role = EntryRole::any;
  RandomStream stream;  ///< draws the roles, by row of `from`
  LevelCode code = LevelCode::value;
  LevelValues<T> levels;            ///< not read where entries stay as they stand
  std::int64_t* row_ptr = nullptr;  ///< [rows + 1], from 0
  std::int32_t* col = nullptr;    ///< room for all entries, cumulative: for `levels` times as many
  T* value = nullptr;             ///< as col
  std::int64_t* cells = nullptr;  ///< [rows]: entries of `from` that a row has
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void gather_levels(const ExecContext& ctx, const GatherLevels<T>& op) {
  dispatch(ctx, op);
}

inline namespace LACUNA_NS {

template <class T>
LACUNA_INLINE std::int64_t level_of(const LevelValues<T>& levels, T value) {
  std::int64_t level = 0;
  for (std::int64_t k = 0; k + 1 < levels.count; ++k) {
    level += value - levels.value[k] > levels.value[k + 1] - value ? 1 : 0;
  }
  return level;
}

/// The entries that one of `from` becomes.
template <class T>
LACUNA_INLINE std::int64_t coded_entries(const GatherLevels<T>& op, std::int64_t entry) {
  return op.code == LevelCode::cumulative ? level_of(op.levels, op.from.value[entry]) + 1 : 1;
}

/// Writes them from `slot` on.
template <class T>
LACUNA_INLINE void write_coded(const GatherLevels<T>& op, std::int64_t entry, std::int64_t slot) {
  const std::int32_t col = op.from.col[entry];
  const T value = op.from.value[entry];
  if (op.code == LevelCode::value) {
    op.col[slot] = col;
    op.value[slot] = value;
    return;
  }
  const std::int64_t level = level_of(op.levels, value);
  const std::int64_t first = col * op.levels.count;
  for (std::int64_t k = op.code == LevelCode::one_hot ? level : 0; k <= level; ++k, ++slot) {
    op.col[slot] = static_cast<std::int32_t>(first + k);
    op.value[slot] = T(1);
  }
}

}  // namespace LACUNA_NS
}  // namespace lacuna
