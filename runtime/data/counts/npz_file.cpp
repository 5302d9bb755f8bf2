#include "runtime/data/counts/npz_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "runtime/config/suggest.hpp"
#include "runtime/data/checksum.hpp"
#include "runtime/data/counts/dense_counts.hpp"
#include "runtime/data/file_bytes.hpp"
#include "runtime/data/images/npy_file.hpp"
#include "runtime/data/unpacker.hpp"
#include "runtime/data/zip_member.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

constexpr std::string_view ending = ".npy";

/// What `rows` and `columns` are in the compressed form: CSR lists rows, CSC columns.
class CompressedArrays {
 public:
  CompressedArrays(const std::string& path, std::uint64_t max_bytes)
      : path_(path), max_bytes_(max_bytes) {}

  CountMatrix read() {
    const bool by_row = is_csr();
    const std::vector<std::int64_t> shape = integers("shape");
    if (shape.size() != 2) fail("shape", "two numbers are expected");
    const std::vector<std::int64_t> begin = integers("indptr");
    const std::vector<std::int64_t> index = integers("indices");
    const NpyArray values = array("data");
    CountMatrix matrix{.rows = shape[0],
                       .cols = shape[1],
                       .pieces = {},
                       .row_names = {},
                       .col_names = {},
                       .checksum = checksum_.hex()};
    check_sizes(path_, shape[0], shape[1], std::ssize(index));
    const std::int64_t lists = by_row ? shape[0] : shape[1];
    const std::int64_t places = by_row ? shape[1] : shape[0];
    check_pointers(begin, lists, std::ssize(index));
    if (!std::ranges::all_of(index, [&](auto i) { return 0 <= i && i < places; })) {
      fail("indices", fmt::format("not all are from 0 to {}", places - 1));
    }
    matrix.pieces.push_back(entries(begin, index, values));
    if (!by_row) std::swap(matrix.pieces.back().row, matrix.pieces.back().col);
    return matrix;
  }

 private:
  bool is_csr() {
    const FileBytes file = member("format");
    std::string said = file.bytes.substr(file.bytes.rfind('\n') + 1);
    std::erase(said, '\0');  // of text with four bytes a letter
    if (said != "csr" && said != "csc") {
      fail("format", "neither csr nor csc: save matrix.tocsr()");
    }
    return said == "csr";
  }

  CountEntries entries(const std::vector<std::int64_t>& begin,
                       const std::vector<std::int64_t>& index, const NpyArray& values) {
    CountEntries out;
    std::visit(
        [&](const auto& numbers) {
          if (numbers.size() != index.size()) fail("data", "not as many as indices");
          for (std::size_t list = 0; list + 1 < begin.size(); ++list) {
            for (auto e = static_cast<std::size_t>(begin[list]);
                 e < static_cast<std::size_t>(begin[list + 1]); ++e) {
              const auto value = static_cast<float>(numbers[e]);
              if (const std::string_view fault = fault_of(value); !fault.empty()) {
                fail("data", fmt::format("value {}: {}", e, fault));
              }
              out.add(static_cast<std::int64_t>(list), index[e], value);
            }
          }
        },
        values.values);
    return out;
  }

  void check_pointers(const std::vector<std::int64_t>& begin, std::int64_t lists,
                      std::int64_t entries) const {
    if (std::ssize(begin) != lists + 1) fail("indptr", fmt::format("{} are needed", lists + 1));
    if (begin.front() != 0 || begin.back() != entries || !std::ranges::is_sorted(begin)) {
      fail("indptr", fmt::format("they do not ascend from 0 to {}", entries));
    }
  }

  std::vector<std::int64_t> integers(const std::string& name) {
    NpyArray read = array(name);
    auto* values = std::get_if<std::vector<std::int64_t>>(&read.values);
    if (values == nullptr || read.shape.size() != 1) fail(name, "whole numbers are expected");
    return std::move(*values);
  }

  NpyArray array(const std::string& name) { return parse_npy(member(name)); }

  FileBytes member(const std::string& name) {
    FileBytes file = read_bytes(fmt::format("{}/{}{}", path_, name, ending), max_bytes_);
    if (file.bytes.size() > max_bytes_ - total_) {
      throw DataError(fmt::format(
          "{} holds more than {} bytes uncompressed: raise data.max_bytes if that is intended",
          path_, max_bytes_));
    }
    total_ += file.bytes.size();
    checksum_.update(file.bytes.data(), file.bytes.size());
    return file;
  }

  [[noreturn]] void fail(const std::string& name, std::string_view what) const {
    throw DataError(fmt::format("{}/{}{}: {}", path_, name, ending, what));
  }

  const std::string& path_;
  std::uint64_t max_bytes_;
  std::uint64_t total_ = 0;
  Checksum checksum_;
};

}  // namespace

bool is_npz(const std::string& path) {
  const std::vector<std::string> names = zip_members(path);
  return !names.empty() &&
         std::ranges::all_of(names, [](const auto& name) { return name.ends_with(ending); });
}

CountMatrix read_npz(const std::string& path, std::uint64_t max_bytes) {
  const std::vector<std::string> names = zip_members(path);
  if (std::ranges::find(names, "indptr.npy") != names.end()) {
    return CompressedArrays(path, max_bytes).read();
  }
  if (names.size() == 1) {
    const std::string file = path + "/" + names.front();
    return counts_of(read_npy(file, max_bytes), file);
  }
  throw DataError(fmt::format(
      "{} holds {}, which is neither a CSR or CSC matrix, as scipy.sparse.save_npz(FILE, "
      "matrix.tocsr()) writes it, nor one array",
      path, config::joined(names, ", ")));
}

}  // namespace lacuna::data
