#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "runtime/config/fields.hpp"
#include "runtime/data/hide_config.hpp"
#include "runtime/data/text_source.hpp"

/// The "data" part of an experiment on rows that are arrays: images, mostly. check() throws
/// std::invalid_argument on values that do not fit together.
namespace lacuna::data {

/// What every source of arrays has.
struct ImagesConfig {
  static constexpr bool sparse_rows = false;
  double validation_share = 0.2;
  std::int64_t rows_per_class = 0;
  std::uint64_t split_seed = 0;
  std::uint64_t max_bytes = default_max_bytes;
  std::optional<HideConfig> hide;

  template <class V>
  static void common_fields(V& v) {
    using T = ImagesConfig;
    v(&T::validation_share, "validation_share", config::Range{0, 0.99, true},
      "share of the rows beside the test part that picks epochs and hyper-parameters, the same of "
      "each class");
    v(&T::rows_per_class, "rows_per_class", config::range(0, 2147483647),
      "rows of each class that are trained on, drawn from those beside validation and test; 0 = "
      "all");
    v(&T::split_seed, "split_seed", "seed of these draws, apart from the seed of the training");
    v(&T::max_bytes, "max_bytes", config::at_least(1),
      "largest size of an uncompressed file, in bytes");
    v(&T::hide, "hide", "cells that are hidden, each value of a pixel by itself");
  }
};

/// CIFAR-10 with its own test part, as it is published (binary version) or in PNG sheets.
struct CifarSource : ImagesConfig {
  static constexpr std::string_view tag = "cifar10";
  std::string path;

  template <class V>
  static void fields(V& v) {
    v(&CifarSource::path, "path", config::required,
      "folder or archive (.tar.gz, .zip) with data_batch_1 to data_batch_5 and test_batch: .bin, "
      "or "
      ".png pictures 32 wide beside train_labels.u8 and test_labels.u8; a relative path is also "
      "looked up below $LACUNA_DATA");
    common_fields(v);
  }
};

/// The four IDX files of MNIST and of sets in its form, with their own test part.
struct IdxSource : ImagesConfig {
  static constexpr std::string_view tag = "idx";
  std::string path;
  std::string train_images = "train-images-idx3-ubyte";
  std::string train_labels = "train-labels-idx1-ubyte";
  std::string test_images = "t10k-images-idx3-ubyte";
  std::string test_labels = "t10k-labels-idx1-ubyte";

  template <class V>
  static void fields(V& v) {
    using T = IdxSource;
    v(&T::path, "path", config::required,
      "folder of the files; a relative one is also looked up below $LACUNA_DATA");
    v(&T::train_images, "train_images", "file of the training images in it, plain or .gz");
    v(&T::train_labels, "train_labels", "their classes, one byte each");
    v(&T::test_images, "test_images", "file of the test images");
    v(&T::test_labels, "test_labels", "their classes");
    common_fields(v);
  }
};

/// Binarised MNIST as its authors publish it, and sets in its form: a text of rows of 0 and 1 for
/// each part.
struct AmatSource {
  static constexpr std::string_view tag = "amat";
  static constexpr bool sparse_rows = false;
  std::string path;
  std::string train = "binarized_mnist_train.amat";
  std::string validation = "binarized_mnist_valid.amat";
  std::string test = "binarized_mnist_test.amat";
  std::vector<std::int64_t> shape;
  std::uint64_t max_bytes = default_max_bytes;

  template <class V>
  static void fields(V& v) {
    using T = AmatSource;
    v(&T::path, "path", config::required,
      "folder or .zip of the files; a relative one is also looked up below $LACUNA_DATA");
    v(&T::train, "train", "file of the training rows in it, plain or packed");
    v(&T::validation, "validation", "file of the rows that pick epochs and hyper-parameters");
    v(&T::test, "test", "file of the test rows");
    v(&T::shape, "shape",
      "a row's extents, as [28, 28]; empty: these where it has 784 columns, else one extent");
    v(&T::max_bytes, "max_bytes", config::at_least(1),
      "largest size of an uncompressed file, in bytes");
  }
};

/// Arrays saved by NumPy: the first extent counts the rows. A NaN is a missing cell; bytes go from
/// 0 to 1.
struct NpySource : ImagesConfig {
  static constexpr std::string_view tag = "npy";
  std::string path;
  std::string labels;
  std::string test_path;
  std::string test_labels;
  double test_share = 0.2;

  void check() const {
    if (test_path.empty() && !test_labels.empty()) {
      throw std::invalid_argument("test_labels without test_path");
    }
    if (!test_path.empty() && labels.empty() != test_labels.empty()) {
      throw std::invalid_argument("labels and test_labels: give both or neither");
    }
    if (rows_per_class > 0 && labels.empty()) {
      throw std::invalid_argument("rows_per_class needs labels");
    }
  }

  template <class V>
  static void fields(V& v) {
    using T = NpySource;
    v(&T::path, "path", config::required,
      "the rows' .npy file, plain or .gz; a relative path is also looked up below $LACUNA_DATA");
    v(&T::labels, "labels",
      ".npy file of the rows' classes, whole numbers; empty = there are none");
    v(&T::test_path, "test_path", ".npy file of the test rows; empty = they are split off");
    v(&T::test_labels, "test_labels", ".npy file of their classes");
    v(&T::test_share, "test_share", config::Range{0, 0.99, true},
      "share of all rows that is held out where there is no test_path");
    common_fields(v);
  }
};

}  // namespace lacuna::data
