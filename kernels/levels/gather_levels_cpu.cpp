#include <algorithm>

#include "kernels/core/cpu_kernel.hpp"
#include "kernels/levels/gather_levels.hpp"

namespace lacuna::cpu {

namespace {

/// Calls visit(entry, word) for each entry of a row.
template <class T, class Visit>
void for_each_word(const GatherLevels<T>& op, std::int64_t row, const Visit& visit) {
  const std::int64_t end = op.from.row_ptr[row + 1];
  std::uint64_t block = 0;
  for (std::int64_t e = op.from.row_ptr[row]; e < end; ++block) {
    for (const std::uint32_t word : entry_words(op.stream, row, block)) {
      if (e < end) visit(e++, word);
    }
  }
}

template <class T>
std::uint32_t threshold(const GatherLevels<T>& op, std::int64_t row) {
  if (op.role == EntryRole::any) return 0;
  std::uint32_t largest = 0;
  for_each_word(op, row,
                [&](std::int64_t, std::uint32_t word) { largest = std::max(largest, word); });
  return given_below(op.stream, row, largest);
}

/// Calls take(entry) for the entries of the row that have the role.
template <class T, class Take>
void for_each_taken(const GatherLevels<T>& op, std::int64_t row, const Take& take) {
  if (op.role == EntryRole::any) {
    for (std::int64_t e = op.from.row_ptr[row]; e < op.from.row_ptr[row + 1]; ++e) take(e);
    return;
  }
  const std::uint32_t below = threshold(op, row);
  for_each_word(op, row, [&](std::int64_t e, std::uint32_t word) {
    if (has_role(op.role, word, below)) take(e);
  });
}

}  // namespace

/// On one thread: it runs beside the training of the epoch before.
template <class T>
void compute(Here, const ExecContext&, const GatherLevels<T>& op) {
  std::int64_t slot = 0;
  op.row_ptr[0] = 0;
  for (std::int64_t i = 0; i < op.rows; ++i) {
    std::int64_t cells = 0;
    for_each_taken(op, op.order == nullptr ? i : op.order[i], [&](std::int64_t e) {
      write_coded(op, e, slot);
      slot += coded_entries(op, e);
      ++cells;
    });
    op.cells[i] = cells;
    op.row_ptr[i + 1] = slot;
  }
}

template struct Kernel<GatherLevels>;

}  // namespace lacuna::cpu
