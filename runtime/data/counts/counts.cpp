#include "runtime/data/counts/counts.hpp"

#include <utility>

namespace lacuna::data {
namespace {

void keep_names(std::vector<std::string>& names, const std::vector<std::uint8_t>& kept) {
  if (names.empty()) return;
  std::vector<std::string> left;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (kept[i] != 0) left.push_back(std::move(names[i]));
  }
  names = std::move(left);
}

}  // namespace

void keep_cells(Counts& counts, const std::vector<std::uint8_t>& kept) {
  CsrArrays& matrix = counts.matrix;
  CsrArrays left{.rows = 0, .cols = matrix.cols, .row_ptr = {0}, .col = {}, .value = {}};
  for (std::size_t r = 0; r < kept.size(); ++r) {
    if (kept[r] == 0) continue;
    const std::int64_t begin = matrix.row_ptr[r];
    const std::int64_t end = matrix.row_ptr[r + 1];
    left.col.insert(left.col.end(), matrix.col.begin() + begin, matrix.col.begin() + end);
    left.value.insert(left.value.end(), matrix.value.begin() + begin, matrix.value.begin() + end);
    left.row_ptr.push_back(left.nnz());
    ++left.rows;
  }
  matrix = std::move(left);
  keep_names(counts.cell_names, kept);
}

void keep_genes(Counts& counts, const std::vector<std::uint8_t>& kept) {
  CsrArrays& matrix = counts.matrix;
  std::vector<std::int32_t> place;
  std::int32_t genes = 0;
  for (const std::uint8_t one : kept) place.push_back(one != 0 ? genes++ : -1);
  std::size_t to = 0;
  std::size_t from = 0;
  for (std::size_t r = 0; r < static_cast<std::size_t>(matrix.rows); ++r) {
    for (const auto end = static_cast<std::size_t>(matrix.row_ptr[r + 1]); from < end; ++from) {
      const auto gene = static_cast<std::size_t>(matrix.col[from]);
      if (place[gene] < 0) continue;
      matrix.col[to] = place[gene];
      matrix.value[to++] = matrix.value[from];
    }
    matrix.row_ptr[r + 1] = static_cast<std::int64_t>(to);
  }
  matrix.col.resize(to);
  matrix.value.resize(to);
  matrix.cols = genes;
  keep_names(counts.gene_names, kept);
}

}  // namespace lacuna::data
