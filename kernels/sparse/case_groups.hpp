#pragma once

#include <algorithm>
#include <numeric>

#include "kernels/case_data.hpp"

namespace lacuna {

/// The entries of groups of a pattern's rows by column, on the host.
struct CaseGroups {
  std::vector<std::int64_t> list_ptr{0};
  std::vector<std::int32_t> column;
  std::vector<std::int64_t> col_ptr;
  std::vector<std::int32_t> row;
  std::vector<std::int32_t> position;

  CaseGroups() = default;
  CaseGroups(const CasePattern& pattern, std::int64_t group_rows) {
    for (std::int64_t begin = 0; begin < pattern.rows; begin += group_rows) {
      add_group(pattern, begin, std::min(begin + group_rows, pattern.rows));
      list_ptr.push_back(static_cast<std::int64_t>(column.size()));
    }
    col_ptr.push_back(pattern.nnz());
  }

  /// The same with every number in place of which a kernel is to write.
  CaseGroups unwritten() const {
    CaseGroups other = *this;
    std::ranges::fill(other.list_ptr, -7);
    std::ranges::fill(other.column, -7);
    std::ranges::fill(other.col_ptr, -7);
    std::ranges::fill(other.row, -7);
    std::ranges::fill(other.position, -7);
    return other;
  }

  ColumnLists on_device(CaseMemory& memory) {
    return {memory.array(list_ptr), memory.array(column), memory.array(col_ptr), memory.array(row),
            memory.array(position)};
  }

  template <class T>
  std::vector<std::vector<T>> values() const {
    const auto converted = [](const auto& numbers) {
      return std::vector<T>(numbers.begin(), numbers.end());
    };
    return {converted(list_ptr), converted(column), converted(col_ptr), converted(row),
            converted(position)};
  }

 private:
  void add_group(const CasePattern& pattern, std::int64_t begin, std::int64_t end) {
    const std::int64_t first = pattern.row_ptr[static_cast<std::size_t>(begin)];
    const std::int64_t last = pattern.row_ptr[static_cast<std::size_t>(end)];
    std::vector<std::int64_t> entries(static_cast<std::size_t>(last - first));
    std::iota(entries.begin(), entries.end(), first);
    const auto column_of = [&](std::int64_t e) { return pattern.col[static_cast<std::size_t>(e)]; };
    std::ranges::stable_sort(entries, {}, column_of);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const std::int64_t e = entries[i];
      if (i == 0 || column_of(e) != column_of(entries[i - 1])) {
        column.push_back(column_of(e));
        col_ptr.push_back(static_cast<std::int64_t>(row.size()));
      }
      const auto after = std::ranges::upper_bound(pattern.row_ptr, e);
      row.push_back(static_cast<std::int32_t>(after - pattern.row_ptr.begin() - 1 - begin));
      position.push_back(static_cast<std::int32_t>(e - first));
    }
  }
};

/// The names of values().
inline constexpr std::array group_names{"list_ptr", "column", "col_ptr", "row", "position"};

}  // namespace lacuna
