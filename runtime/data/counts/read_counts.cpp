#include "runtime/data/counts/read_counts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "runtime/data/counts/dense_counts.hpp"
#include "runtime/data/counts/matrix_market.hpp"
#include "runtime/data/counts/names_file.hpp"
#include "runtime/data/counts/npz_file.hpp"
#include "runtime/data/data_path.hpp"
#include "runtime/data/find_file.hpp"
#include "runtime/data/packed_path.hpp"
#include "runtime/data/unpacker.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

constexpr std::size_t piece_bytes = std::size_t{1} << 20;

/// Where the parts of a source lie.
struct Place {
  std::string matrix;
  std::string cell_names;
  std::string gene_names;
  std::optional<CountRows> rows;
};

std::string file_in(const std::string& folder, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (auto found = find_file(folder, name)) return *std::move(found);
  }
  throw DataError(fmt::format("{} has no {}, as a folder of 10x has: set data.path to a file",
                              folder, *names.begin()));
}

Place locate(const CountsSource& source) {
  const std::string path = resolve_path(source.path);
  if (!is_there(path)) throw_missing(source.path, path, "Set data.path to your file or folder");
  Place place{.matrix = path,
              .cell_names = source.cell_names,
              .gene_names = source.gene_names,
              .rows = source.rows};
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    place.matrix = file_in(path, {"matrix.mtx"});
    if (place.cell_names.empty()) place.cell_names = file_in(path, {"barcodes.tsv"});
    if (place.gene_names.empty()) place.gene_names = file_in(path, {"features.tsv", "genes.tsv"});
    if (place.rows == CountRows::cells) {
      throw ConfigError("data.rows: the rows of a 10x folder's matrix are genes");
    }
    place.rows = CountRows::genes;
  }
  return place;
}

bool is_zip(const std::string& path) {
  const PackedPath inside = split_packed(path);
  std::error_code ignored;
  if (!inside.member.empty() || !std::filesystem::is_regular_file(path, ignored)) return false;
  return packing_of(map_data(path).bytes().substr(0, magic_bytes)) == Packing::zip;
}

[[noreturn]] void refuse_hdf5(const std::string& path) {
  throw DataError(fmt::format(
      "{} is an HDF5 file, as .h5ad. Two lines of Python make of it what is read here:\n"
      "  import anndata, scipy.sparse as s; data = anndata.read_h5ad(\"{}\")\n"
      "  s.save_npz(\"counts.npz\", s.csr_matrix(data.X)); data.obs_names.to_frame().to_csv("
      "\"cells.tsv\", index=False, header=False); data.var_names.to_frame().to_csv(\"genes.tsv\", "
      "index=False, header=False)\n"
      "then set data.path to counts.npz, data.rows to cells, data.cell_names to cells.tsv and "
      "data.gene_names to genes.tsv",
      path, path));
}

CountMatrix read_matrix(const std::string& path, const CountsSource& source, int threads) {
  if (is_zip(path) && is_npz(path)) return read_npz(path, source.max_bytes);
  {
    const auto text = open_text(path, source.max_bytes, piece_bytes);
    SampledText sampled(*text);
    const std::string_view begin = sampled.sample();
    if (is_matrix_market(begin)) return read_matrix_market(sampled, begin, path, threads);
    if (begin.starts_with("\x89HDF")) refuse_hdf5(path);
    if (begin.starts_with("\x93NUMPY")) return counts_of(read_npy(path, source.max_bytes), path);
  }
  if (std::filesystem::path(std::string(without_packing(path))).extension() == ".mtx") {
    throw DataError(path + ":1: a Matrix Market file begins with %%MatrixMarket");
  }
  return read_dense_text(path, {source.header, source.row_names}, source.max_bytes);
}

/// Names of a file instead of the matrix's own.
std::vector<std::string> names_of(const std::string& path, std::string_view key,
                                  std::vector<std::string> own, std::int64_t count,
                                  std::uint64_t max_bytes, std::vector<std::uint8_t>* genes) {
  if (path.empty()) return own;
  NamesFile file = read_names(locate_file(path, key), max_bytes);
  if (std::ssize(file.names) != count) {
    throw DataError(
        fmt::format("{} has {} names, the matrix {} {}: set {} to the file that is its own", path,
                    file.names.size(), count, genes == nullptr ? "cells" : "genes", key));
  }
  if (genes != nullptr) *genes = std::move(file.genes);
  return std::move(file.names);
}

}  // namespace

Counts read_counts(const CountsSource& source, const LoadOptions& options) {
  const Place place = locate(source);
  CountMatrix matrix = read_matrix(place.matrix, source, options.threads);
  if (!place.rows) {
    throw ConfigError(fmt::format(
        "data.rows: {} is {} x {}; say what a row of it is: set data.rows to \"cells\" or "
        "\"genes\"",
        place.matrix, matrix.rows, matrix.cols));
  }
  const bool of_genes = place.rows == CountRows::genes;
  if (of_genes) std::swap(matrix.row_names, matrix.col_names);
  Counts counts{.matrix = to_csr(matrix, of_genes),
                .cell_names = {},
                .gene_names = {},
                .rows = *place.rows,
                .source = place.matrix,
                .checksum = std::move(matrix.checksum)};
  counts.cell_names = names_of(place.cell_names, "data.cell_names", std::move(matrix.row_names),
                               counts.cells(), source.max_bytes, nullptr);
  std::vector<std::uint8_t> genes;
  counts.gene_names = names_of(place.gene_names, "data.gene_names", std::move(matrix.col_names),
                               counts.genes(), source.max_bytes, &genes);
  const auto others = std::ranges::count(genes, 0);
  if (others > 0 && others < std::ssize(genes)) {
    options.remark(fmt::format("{}: {} features are no \"Gene Expression\" and are left out",
                               place.gene_names, others));
    keep_genes(counts, genes);
  }
  return counts;
}

}  // namespace lacuna::data
