#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/data/csr_arrays.hpp"

namespace lacuna::data {

/// What a row of a file of counts is.
enum class CountRows { cells, genes };

/// How often each gene was found in each cell, or what was made of it; never negative.
struct Counts {
  CsrArrays matrix;                     ///< [cells, genes], without zeros
  std::vector<std::string> cell_names;  ///< empty: they have none
  std::vector<std::string> gene_names;
  CountRows rows = CountRows::cells;  ///< of the file
  std::string source;                 ///< the file's path
  std::string checksum;               ///< xxh3-128 in hex of the uncompressed file

  std::int64_t cells() const { return matrix.rows; }
  std::int64_t genes() const { return matrix.cols; }
};

/// The name of a cell or gene, its number from 0 where they have none.
inline std::string name_at(const std::vector<std::string>& names, std::int64_t index) {
  return names.empty() ? std::to_string(index) : names.at(static_cast<std::size_t>(index));
}

/// Keeps those whose number in `kept` is not 0.
void keep_cells(Counts& counts, const std::vector<std::uint8_t>& kept);
void keep_genes(Counts& counts, const std::vector<std::uint8_t>& kept);

}  // namespace lacuna::data
