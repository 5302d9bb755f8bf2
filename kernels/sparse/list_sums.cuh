#pragma once

#include "kernels/core/scratch_layout.hpp"
#include "kernels/sparse/list_chunks.cuh"

/// One dense row per list, summed over the list's entries by chunks. The order of the sum is fixed
/// by the lists alone: no atomics, the same bits on every run.
namespace lacuna {
inline namespace LACUNA_NS {

/// Where sums go. That of a list within one chunk: to the list's row of `out`. A list that crosses
/// chunks leaves a piece in each: `pieces` has two rows for a chunk, the first for the list that
/// began in an earlier one, the second for the list that goes on in the next.
struct ListSums {
  MatrixView<float> out;  ///< [at least lists, h]
  /// The row of `out` for each list, ascending; rows that are no list's become those of an empty
  /// one. nullptr: row i is list i's.
  const std::int32_t* place = nullptr;
  float* total = nullptr;  ///< by row of `out`: the sum of the coefficients; nullptr: not wanted
  std::int64_t total_stride = 1;
  MatrixView<float> pieces = {};  ///< [2 chunks, h]
  float* piece_total = nullptr;   ///< [2 chunks]

  __device__ std::int64_t row_of(std::int64_t list) const {
    return place == nullptr ? list : place[list];
  }
  /// -1: none. All lanes of a warp must ask for the same row.
  __device__ std::int64_t list_of_row(std::int64_t lists, std::int64_t row) const {
    if (place == nullptr) return row;
    const std::int64_t list =
        last_place(0, lists, [this, row](std::int64_t i) { return place[i] <= row; });
    return lists > 0 && place[list] == row ? list : -1;
  }
};

/// The pieces of some sums in a scratch layout.
class PieceMemory {
 public:
  PieceMemory(ScratchLayout& layout, const EntryLists& lists, std::int64_t columns)
      : rows_(2 * lists.chunks()),
        columns_(columns),
        stride_((columns + 3) / 4 * 4),  // so that Pack<4>s fit
        pieces_(layout.add<float>(rows_ * stride_)),
        totals_(layout.add<float>(rows_)) {}

  void assign(const ScratchLayout& layout, ListSums& sums) const {
    sums.pieces = {layout.at<float>(pieces_), rows_, columns_, stride_};
    sums.piece_total = layout.at<float>(totals_);
  }

 private:
  std::int64_t rows_;
  std::int64_t columns_;
  std::int64_t stride_;
  std::size_t pieces_;
  std::size_t totals_;
};

/// Stores what a warp has summed of a list: the columns from `column` on.
template <class Slice>
__device__ void store_sum(const ListSums& sums, const Chunk& chunk, const ListAt& at,
                          std::int64_t column, const Slice& sum, float total) {
  const bool began_before = at.begin < chunk.begin;
  const bool whole = !began_before && at.end <= chunk.end;
  const std::int64_t row = whole ? sums.row_of(at.list) : 2 * chunk.number + (began_before ? 0 : 1);
  const MatrixView<float>& to = whole ? sums.out : sums.pieces;
  sum.store(to.row(row) + column, to.cols - column);
  if (sums.total == nullptr || column > 0 || lane_of_warp() > 0) return;
  if (whole) {
    sums.total[row * sums.total_stride] = total;
  } else {
    sums.piece_total[row] = total;
  }
}

/// A list as the second pass sees it: its chunks and whether they left pieces.
struct PieceRange {
  bool empty = true;
  std::int64_t first = 0;  ///< chunk
  std::int64_t last = 0;

  /// `list`: -1 is an empty one.
  __device__ PieceRange(const EntryLists& lists, std::int64_t list) {
    if (list < 0) return;
    const std::int64_t begin = lists.ptr[list];
    const std::int64_t end = lists.ptr[list + 1];
    if (begin == end) return;
    empty = false;
    first = lists.chunk_of(begin);
    last = lists.chunk_of(end - 1);
  }

  __device__ bool whole() const { return !empty && first == last; }
};

/// The sum of a list's pieces in the order of its chunks.
template <int Width>
__device__ Pack<Width> add_pieces(const PieceRange& range, const float* pieces,
                                  std::int64_t stride) {
  constexpr int at_once = 8;  // loads on their way before the first is added
  Pack<Width> sum = load<Width>(pieces + (2 * range.first + 1) * stride);
  for (std::int64_t chunk = range.first + 1; chunk <= range.last; chunk += at_once) {
    Pack<Width> piece[at_once] = {};
    for (int i = 0; i < at_once; ++i) {
      if (chunk + i <= range.last) piece[i] = load<Width>(pieces + 2 * (chunk + i) * stride);
    }
    for (int i = 0; i < at_once; ++i) {
      for (int j = 0; j < Width; ++j) sum.x[j] += piece[i].x[j];
    }
  }
  return sum;
}

inline constexpr unsigned finish_threads = 128;  ///< 512 columns at a visit

/// What becomes of a sum that is wanted as it is, and of nothing else. A Finish says whether it
/// `changes` sums; if so, the block of a row asks prepare(row) first, all threads together, and
/// hands the answer to each of the row's calls. One block more calls beside(), if there is one.
struct Unchanged {
  static constexpr bool changes = false;
};

/// A block per row, a thread per pack of columns: adds the pieces of lists that cross chunks,
/// clears rows without entries and hands every sum through `finish`.
template <int Width, class Finish>
__global__ void __launch_bounds__(finish_threads)
    finish_lists(EntryLists lists, ListSums sums, Finish finish) {
  const std::int64_t row = blockIdx.x;
  if constexpr (requires { finish.beside(); }) {
    if (blockIdx.x == gridDim.x - 1) return finish.beside();
  }
  const PieceRange range(lists, sums.list_of_row(lists.lists(), row));
  if (range.whole() && !Finish::changes) return;
  float prepared = 0;
  if constexpr (Finish::changes) prepared = finish.prepare(row);
  for (std::int64_t column = Width * threadIdx.x; column < sums.out.cols;
       column += Width * blockDim.x) {
    float* to = sums.out.row(row) + column;
    Pack<Width> sum = {};
    if (range.whole()) {
      sum = load<Width>(to);
    } else if (!range.empty) {
      sum = add_pieces<Width>(range, sums.pieces.data + column, sums.pieces.stride);
    }
    if constexpr (Finish::changes) sum = finish(prepared, column, sum);
    store<Width>(to, sum);
  }
  if (sums.total == nullptr || threadIdx.x > 0 || range.whole()) return;
  sums.total[row * sums.total_stride] =
      range.empty ? 0.0f : add_pieces<1>(range, sums.piece_total, 1).x[0];
}

/// The second pass, after the chunks have stored their sums.
template <class Finish>
void launch_finish(const ExecContext& ctx, const char* name, const EntryLists& lists,
                   const ListSums& sums, const Finish& finish) {
  auto blocks = static_cast<unsigned>(sums.place == nullptr ? lists.count : sums.out.rows);
  if constexpr (requires { finish.beside(); }) ++blocks;
  with_width(fits_packs(sums.out), [&]<int Width>(std::integral_constant<int, Width>) {
    launch(ctx, name, dim3(blocks), finish_threads, finish_lists<Width, Finish>, lists, sums,
           finish);
  });
}

}  // namespace LACUNA_NS
}  // namespace lacuna
