#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/config/fields.hpp"
#include "runtime/data/counts/counts.hpp"
#include "runtime/data/counts/preprocess_config.hpp"
#include "runtime/data/text_source.hpp"

namespace lacuna::data {

/// A matrix of counts, as of RNA in single cells. Its non-zeros are dealt to training, validation
/// and test; a row of the model's input is a cell.
struct CountsSource {
  static constexpr std::string_view tag = "counts";
  static constexpr bool sparse_rows = true;
  static constexpr std::array refused_keys{config::RefusedKey{
      "hide", "what the split holds out is hidden: set test_share and validation_share"}};
  std::string path;
  std::optional<CountRows> rows;
  std::string cell_names;
  std::string gene_names;
  std::optional<bool> header;
  std::optional<bool> row_names;
  std::vector<Preprocess> preprocess;
  double test_share = 0.1;
  double validation_share = 0.05;
  std::uint64_t split_seed = 0;
  std::uint64_t max_bytes = default_max_bytes;

  template <class V>
  static void fields(V& v) {
    using S = CountsSource;
    v(&S::path, "path", config::required,
      "Matrix Market (.mtx), a 10x folder, .npz, .npy or a text of numbers, plain or packed; a "
      "relative path is also looked up below $LACUNA_DATA");
    v(&S::rows, "rows", "what a row of the file is: cells or genes; of a 10x folder, genes");
    v(&S::cell_names, "cell_names",
      "file of the cells' names, a line each; empty: beside a 10x matrix, in the file, or none");
    v(&S::gene_names, "gene_names",
      "file of the genes' names, a line each, the second column where there are several");
    v(&S::header, "header", "whether a text's first line names the columns; absent: found");
    v(&S::row_names, "row_names", "whether a text's first column names the rows; absent: found");
    v(&S::preprocess, "preprocess", "what is made of the counts, one after the other");
    v(&S::test_share, "test_share", config::Range{0, 0.99},
      "share of the non-zeros that is hidden and tested on; 0: none");
    v(&S::validation_share, "validation_share", config::Range{0, 0.99, true},
      "share of the remaining ones that is hidden and picks epochs and hyper-parameters");
    v(&S::split_seed, "split_seed", "seed of the split, apart from the seed of the training");
    v(&S::max_bytes, "max_bytes", config::at_least(1),
      "largest size of an uncompressed file, in bytes");
  }
};

}  // namespace lacuna::data

template <>
struct lacuna::config::EnumNames<lacuna::data::CountRows> {
  using E = lacuna::data::CountRows;
  static constexpr std::array<std::pair<std::string_view, E>, 2> values{
      {{"cells", E::cells}, {"genes", E::genes}}};
};
