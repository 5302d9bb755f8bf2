#include <algorithm>
#include <cmath>

#include "runtime/data/counts/matrix_market.hpp"
#include "runtime/data/counts/preprocess.hpp"
#include "runtime/data/counts/read_counts.hpp"
#include "tests/fuzz/families.hpp"

namespace lacuna::fuzz {

namespace {

void check_matrix(const data::CsrArrays& matrix) {
  promise(std::ssize(matrix.row_ptr) == matrix.rows + 1, "each row has its place");
  promise(matrix.row_ptr.back() == matrix.nnz() && matrix.col.size() == matrix.value.size(),
          "each entry is in a row");
  for (std::size_t r = 0; r + 1 < matrix.row_ptr.size(); ++r) {
    for (std::int64_t e = matrix.row_ptr[r]; e < matrix.row_ptr[r + 1]; ++e) {
      const std::int32_t col = matrix.col[static_cast<std::size_t>(e)];
      promise(0 <= col && col < matrix.cols, "columns are within");
      promise(e == matrix.row_ptr[r] || matrix.col[static_cast<std::size_t>(e) - 1] < col,
              "columns ascend");
    }
  }
  promise(std::ranges::all_of(matrix.value, [](float x) { return std::isfinite(x) && x > 0; }),
          "counts are above 0");
}

/// In pieces of a few bytes, on two threads.
std::optional<data::CsrArrays> in_pieces(const std::string& path) {
  return accepted([&] {
    const auto text = data::open_text(path, max_text, 7);
    data::SampledText sampled(*text);
    const std::string_view begin = sampled.sample();
    data::CountMatrix matrix = data::read_matrix_market(sampled, begin, path, 2);
    return data::to_csr(matrix, false);
  });
}

}  // namespace

void counts(Input input) {
  const InputFile file(input);
  data::CountsSource source;
  source.path = file.path();
  source.max_bytes = max_text;
  for (const data::CountRows rows : {data::CountRows::cells, data::CountRows::genes}) {
    source.rows = rows;
    source.row_names = source.header =
        rows == data::CountRows::genes ? std::optional(true) : std::nullopt;
    auto read = accepted([&] { return data::read_counts(source); });
    if (!read) continue;
    check_matrix(read->matrix);
    for (const auto& [names, count] : {std::pair{&read->cell_names, read->cells()},
                                       std::pair{&read->gene_names, read->genes()}}) {
      promise(names->empty() || std::ssize(*names) == count, "all have names, or none");
    }
    if (rows == data::CountRows::cells && data::is_matrix_market(text_of(input))) {
      const auto again = in_pieces(file.path());
      promise(again && again->col == read->matrix.col && again->value == read->matrix.value,
              "the matrix is the same for all pieces");
    }
    accepted([&] {
      data::preprocess(*read,
                       {data::FilterCells{}, data::FilterGenes{.least_cells = 1},
                        data::LibrarySize{.total = 10}, data::MostDispersed{.genes = 3}},
                       [](const std::string&) {});
      return 0;
    });
    promise(std::ssize(read->matrix.row_ptr) == read->cells() + 1, "each cell has its place");
  }
}

}  // namespace lacuna::fuzz
