#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "runtime/config/fields.hpp"

/// What may be made of counts before they are split, in any order.
namespace lacuna::data {

/// Genes that were found seldom are left out.
struct FilterGenes {
  static constexpr std::string_view tag = "filter_genes";
  double least_count = 1;
  std::int64_t least_cells = 3;

  template <class V>
  static void fields(V& v) {
    v(&FilterGenes::least_count, "least_count", config::above(0),
      "a gene counts as found in a cell from here on");
    v(&FilterGenes::least_cells, "least_cells", config::at_least(1),
      "genes that were found in fewer cells are left out");
  }
};

/// Cells in which little was found are left out.
struct FilterCells {
  static constexpr std::string_view tag = "filter_cells";
  std::int64_t least_genes = 1;
  double least_total = 0;

  template <class V>
  static void fields(V& v) {
    v(&FilterCells::least_genes, "least_genes", config::at_least(0),
      "cells with fewer genes that are not 0 are left out");
    v(&FilterCells::least_total, "least_total", config::at_least(0),
      "cells whose counts add up to less are left out");
  }
};

/// Each cell is scaled so that its counts add up to the same.
struct LibrarySize {
  static constexpr std::string_view tag = "library_size";
  std::optional<double> total;

  template <class V>
  static void fields(V& v) {
    v(&LibrarySize::total, "total", config::above(0),
      "what each cell's counts add up to; absent: the median of the cells'");
  }
};

/// log2(x + 1).
struct Log2 {
  static constexpr std::string_view tag = "log2";
  template <class V>
  static void fields(V&) {}
};

/// The genes whose dispersion stands out among genes of a like mean.
struct MostDispersed {
  static constexpr std::string_view tag = "most_dispersed";
  std::int64_t genes = 1000;

  template <class V>
  static void fields(V& v) {
    v(&MostDispersed::genes, "genes", config::at_least(1), "how many of them are kept");
  }
};

using Preprocess = std::variant<FilterGenes, FilterCells, LibrarySize, Log2, MostDispersed>;

}  // namespace lacuna::data
