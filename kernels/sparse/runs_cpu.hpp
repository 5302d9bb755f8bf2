#pragma once

#include <algorithm>
#include <cstdint>

#include "kernels/core/exec_context.hpp"

/// How the sparse CPU kernels walk through entries: the order in which dense rows are gathered
/// decides whether they come from the cache.
namespace lacuna::cpu {

/// Lists of ascending indices into [0, range): list i is index[ptr[i] .. ptr[i + 1]). The rows of
/// a CSR, or the columns of a CSC.
struct IndexLists {
  std::int64_t lists = 0;
  std::int64_t range = 0;
  const std::int64_t* ptr = nullptr;
  const std::int32_t* index = nullptr;

  std::int64_t entries() const { return lists == 0 ? 0 : ptr[lists] - ptr[0]; }
};

/// How many of the dense rows of `row_bytes`, one per index, are visited before the next ones: as
/// many as stay in the cache, but not so few that a list has less than 16 of them on average, since
/// each visit moves the list's own row, too. `rows`: dense rows of an entry.
inline std::int64_t block_length(const ExecContext& ctx, const IndexLists& in,
                                 std::int64_t row_bytes, std::int64_t rows) {
  const double least_entries = 16.0 / static_cast<double>(rows);  // from 4 to 40 were tried
  if (in.entries() == 0) return std::max<std::int64_t>(in.range, 1);
  const std::int64_t cached = ctx.cache_bytes / std::max<std::int64_t>(row_bytes, 1);
  const double mean = static_cast<double>(in.entries()) / static_cast<double>(in.lists);
  const double filled = std::min(least_entries / mean, 1.0) * static_cast<double>(in.range);
  return std::max({cached, static_cast<std::int64_t>(filled), std::int64_t{1}});
}

/// Calls visit.start(i), visit.run(i, begin, end) and visit.finish(i) for each list i, the runs
/// being consecutive pieces of its entries: one where lists are short, else one per block of the
/// range. A list stays on one thread and its runs are in order, so what is summed along them has
/// the same bits at any block length and number of threads. `cursor` is working memory [lists].
template <class Visit>
void for_each_run(const ExecContext& ctx, const IndexLists& in, std::int64_t row_bytes,
                  std::int64_t* cursor, const Visit& visit, std::int64_t rows = 1) {
  const std::int64_t length = block_length(ctx, in, row_bytes, rows);
  const bool blocked = length < in.range;
  // Blocked: one a thread, for each piece reads all dense rows. Else small ones keep threads even.
  const std::int64_t pieces = blocked ? ctx.threads : (in.lists + 7) / 8;
  const auto piece_begin = [&](std::int64_t piece) {
    if (!blocked) return std::min(8 * piece, in.lists);
    if (piece == pieces) return in.lists;
    const std::int64_t entry = in.ptr[0] + in.entries() / pieces * piece;
    return std::lower_bound(in.ptr, in.ptr + in.lists, entry) - in.ptr;
  };
#pragma omp parallel for num_threads(ctx.threads) schedule(dynamic, 1)
  for (std::int64_t piece = 0; piece < pieces; ++piece) {
    const std::int64_t first = piece_begin(piece);
    const std::int64_t last = piece_begin(piece + 1);
    for (std::int64_t block = 0; block == 0 || block < in.range; block += length) {
      const bool ends = block + length >= in.range;
      for (std::int64_t i = first; i < last; ++i) {
        if (block == 0) visit.start(i);
        const std::int64_t begin = block == 0 ? in.ptr[i] : cursor[i];
        std::int64_t end = begin;
        if (ends) {
          end = in.ptr[i + 1];
        } else {
          while (end < in.ptr[i + 1] && in.index[end] < block + length) ++end;
          cursor[i] = end;
        }
        if (end > begin) visit.run(i, begin, end);
        if (ends) visit.finish(i);
      }
    }
  }
}

}  // namespace lacuna::cpu
