#include "runtime/data/images/npy_header.hpp"

#include <fmt/format.h>

#include <charconv>

#include "runtime/data/row_fields.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

/// The header's text is a Python literal: a dict with the keys descr, fortran_order and shape.
class Parser {
 public:
  Parser(const std::string& path, std::string_view bytes) : path_(path), bytes_(bytes) {}

  NpyHeader parse() {
    read_preamble();
    expect('{');
    while (!take('}')) {
      const std::string_view key = quoted();
      expect(':');
      if (key == "descr") {
        read_type();
      } else if (key == "fortran_order") {
        header_.fortran_order = boolean();
      } else if (key == "shape") {
        read_shape();
      } else {
        fail(fmt::format("the header has a key '{}' that no .npy file has", printable(key)));
      }
      if (!take(',') && !peek('}')) fail("a comma or the end of the header is missing");
    }
    if (header_.kind == 0) fail("the header says no 'descr'");
    if (!has_shape_) fail("the header says no 'shape'");
    return header_;
  }

 private:
  void read_preamble() {
    constexpr std::string_view magic = "\x93NUMPY";
    if (!bytes_.starts_with(magic)) fail("a .npy file begins with \\x93NUMPY");
    if (bytes_.size() < 10) fail("ends within the header");
    const unsigned version = byte(6);
    if (version < 1 || version > 3)
      fail(fmt::format("format version {}: 1 to 3 are read", version));
    std::size_t length = byte(8) | byte(9) << 8;
    at_ = 10;
    if (version > 1) {
      if (bytes_.size() < 12) fail("ends within the header");
      length |= std::size_t{byte(10)} << 16 | std::size_t{byte(11)} << 24;
      at_ = 12;
    }
    if (bytes_.size() - at_ < length) fail("ends within the header");
    end_ = header_.data_begin = at_ + length;
  }

  void read_type() {
    skip_spaces();
    if (peek('[')) fail("a structured array: save its columns as one plain array");
    const std::string_view type = quoted();
    constexpr std::string_view orders = "<>|=";
    if (type.size() != 3 || orders.find(type[0]) == std::string_view::npos) refuse(type);
    header_.byte_order = type[0] == '=' ? '<' : type[0];
    header_.kind = type[1];
    header_.size = static_cast<std::size_t>(type[2] - '0');
    const bool integer = header_.kind == 'i' || header_.kind == 'u';
    const std::size_t size = header_.size;
    const bool known = (integer && (size == 1 || size == 2 || size == 4 || size == 8)) ||
                       (header_.kind == 'f' && (size == 4 || size == 8)) ||
                       (header_.kind == 'b' && size == 1);
    if (!known) refuse(type);
  }

  [[noreturn]] void refuse(std::string_view type) const {
    fail(
        fmt::format("type '{}': bool, integers, float32 and float64 are read; convert the array "
                    "by .astype(\"float32\")",
                    printable(type)));
  }

  bool boolean() {
    skip_spaces();
    for (const auto& [text, value] : {std::pair{"True", true}, std::pair{"False", false}}) {
      if (!bytes_.substr(at_, end_ - at_).starts_with(text)) continue;
      at_ += std::string_view(text).size();
      return value;
    }
    fail("fortran_order is neither True nor False");
  }

  void read_shape() {
    has_shape_ = true;
    header_.shape.clear();
    expect('(');
    while (!take(')')) {
      std::int64_t extent = 0;
      const char* end = bytes_.data() + end_;
      const auto [rest, error] = std::from_chars(bytes_.data() + at_, end, extent);
      if (error != std::errc{} || extent < 0) fail("an extent is no number that fits");
      at_ = static_cast<std::size_t>(rest - bytes_.data());
      header_.shape.push_back(extent);
      if (!take(',') && !peek(')')) fail("a comma or the end of the shape is missing");
      skip_spaces();
    }
  }

  std::string_view quoted() {
    skip_spaces();
    const char quote = at_ < end_ ? bytes_[at_] : '\0';
    if (quote != '\'' && quote != '"') fail("a quoted name is missing");
    const std::size_t close = bytes_.find(quote, at_ + 1);
    if (close >= end_) fail("a quoted name does not end");
    const std::string_view text = bytes_.substr(at_ + 1, close - at_ - 1);
    at_ = close + 1;
    return text;
  }

  void skip_spaces() {
    while (at_ < end_ && (bytes_[at_] == ' ' || bytes_[at_] == '\n')) ++at_;
  }
  bool peek(char c) {
    skip_spaces();
    return at_ < end_ && bytes_[at_] == c;
  }
  bool take(char c) {
    if (!peek(c)) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (!take(c)) fail(fmt::format("'{}' is missing in the header", c));
  }

  unsigned byte(std::size_t at) const { return static_cast<unsigned char>(bytes_[at]); }

  [[noreturn]] void fail(std::string_view what) const {
    throw DataError(fmt::format("{}: byte {}: {}", path_, at_, what));
  }

  const std::string& path_;
  std::string_view bytes_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;  // of the header
  bool has_shape_ = false;
  NpyHeader header_;
};

}  // namespace

NpyHeader parse_npy_header(const std::string& path, std::string_view bytes) {
  return Parser(path, bytes).parse();
}

}  // namespace lacuna::data
