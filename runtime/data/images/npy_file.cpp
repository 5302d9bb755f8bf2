#include "runtime/data/images/npy_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

#include "runtime/data/images/npy_header.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

/// Converts a value of the file; nothing where it does not fit.
template <class From, class To>
bool convert(From value, To& to) {
  to = static_cast<To>(value);
  if constexpr (std::is_same_v<From, double>) return std::isinf(to) == std::isinf(value);
  if constexpr (std::is_same_v<From, std::uint64_t>) {
    return value <= std::uint64_t{std::numeric_limits<std::int64_t>::max()};
  }
  return true;
}

class Values {
 public:
  Values(const FileBytes& file, NpyHeader header) : file_(file), header_(std::move(header)) {
    std::uint64_t values = 1;
    for (const std::int64_t extent : header_.shape) {
      const auto times = static_cast<std::uint64_t>(extent);
      if (times != 0 && values > std::numeric_limits<std::uint64_t>::max() / 16 / times)
        fail_size();
      values *= times;
    }
    count_ = values;
    const std::size_t found = file.bytes.size() - header_.data_begin;
    if (found != count_ * header_.size) fail_size();
  }

  NpyArray take() const {
    NpyArray array{.shape = header_.shape, .values = {}, .checksum = file_.checksum};
    array.boolean = header_.kind == 'b';
    if (header_.kind == 'f') {
      array.values = header_.size == 4 ? read<float, float>() : read<double, float>();
    } else if (header_.size == 1 && header_.kind != 'i') {
      array.values = read<std::uint8_t, std::uint8_t>();
    } else {
      array.values = integers();
    }
    return array;
  }

 private:
  std::vector<std::int64_t> integers() const {
    const bool is_signed = header_.kind == 'i';
    switch (header_.size) {
      case 1:
        return read<std::int8_t, std::int64_t>();
      case 2:
        return is_signed ? read<std::int16_t, std::int64_t>() : read<std::uint16_t, std::int64_t>();
      case 4:
        return is_signed ? read<std::int32_t, std::int64_t>() : read<std::uint32_t, std::int64_t>();
      default:
        return is_signed ? read<std::int64_t, std::int64_t>() : read<std::uint64_t, std::int64_t>();
    }
  }

  template <class From, class To>
  std::vector<To> read() const {
    std::vector<To> values(count_);
    const std::vector<std::size_t> strides = strides_in_file();
    std::vector<std::int64_t> index(header_.shape.size());
    for (std::size_t i = 0; i < count_; ++i) {
      std::size_t at = i;
      if (header_.fortran_order) {
        at = 0;
        for (std::size_t d = 0; d < index.size(); ++d) {
          at += static_cast<std::size_t>(index[d]) * strides[d];
        }
        advance(index);
      }
      if (!convert(value_at<From>(at), values[i])) {
        throw DataError(fmt::format("{}: value {} is too large", file_.path, i));
      }
    }
    return values;
  }

  template <class From>
  From value_at(std::size_t at) const {
    char bytes[sizeof(From)];
    std::memcpy(bytes, file_.bytes.data() + header_.data_begin + at * sizeof(From), sizeof(From));
    static_assert(std::endian::native == std::endian::little);
    if (header_.byte_order == '>') std::ranges::reverse(bytes);
    return std::bit_cast<From>(bytes);
  }

  /// Of Fortran order, whose first extent runs fastest.
  std::vector<std::size_t> strides_in_file() const {
    std::vector<std::size_t> strides;
    std::size_t stride = 1;
    for (const std::int64_t extent : header_.shape) {
      strides.push_back(stride);
      stride *= static_cast<std::size_t>(extent);
    }
    return strides;
  }

  void advance(std::vector<std::int64_t>& index) const {
    for (std::size_t d = index.size(); d-- > 0;) {
      if (++index[d] < header_.shape[d]) return;
      index[d] = 0;
    }
  }

  [[noreturn]] void fail_size() const {
    throw DataError(
        fmt::format("{}: byte {}: {} bytes of values, which is not what the shape in "
                    "its header asks for: save or fetch it again",
                    file_.path, header_.data_begin, file_.bytes.size() - header_.data_begin));
  }

  const FileBytes& file_;
  NpyHeader header_;
  std::size_t count_ = 0;
};

}  // namespace

NpyArray read_npy(const std::string& path, std::uint64_t max_bytes) {
  return parse_npy(read_bytes(path, max_bytes));
}

NpyArray parse_npy(const FileBytes& file) {
  return Values(file, parse_npy_header(file.path, file.bytes)).take();
}

std::string npy_bytes(std::span<const std::int64_t> shape, std::span<const float> values) {
  constexpr std::size_t preamble = 10;
  std::string extents;
  for (const std::int64_t extent : shape) extents += fmt::format("{}, ", extent);
  std::string header =
      fmt::format("{{'descr': '<f4', 'fortran_order': False, 'shape': ({}), }}", extents);
  const std::size_t padded = (preamble + header.size() + 1 + 63) / 64 * 64;
  header.append(padded - preamble - header.size() - 1, ' ') += '\n';
  std::string bytes = "\x93NUMPY";
  bytes += {'\x01', '\x00'};
  bytes += static_cast<char>(header.size() & 0xff);
  bytes += static_cast<char>(header.size() >> 8);
  bytes += header;
  bytes.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
  return bytes;
}

}  // namespace lacuna::data
