#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/data/ratings/rating_row.hpp"

namespace lacuna::data {

/// A rating whose ids are plain digits.
struct PlainRow {
  std::uint64_t user = 0;
  std::uint64_t item = 0;
  float value = 0;
  double time = 0;
};

/// Reads rows of which every field is a number, and all but the rating plain digits, in one pass
/// over their characters. Most files hold no others.
class PlainRows {
 public:
  explicit PlainRows(const RowLayout& layout);

  /// Takes a plain row and its line end off the front of `text`; `out` then says what parse_row()
  /// would. Otherwise takes nothing: it may be a row of another kind.
  bool take(std::string_view& text, PlainRow& out) const;

 private:
  static constexpr std::size_t most_fields = 8;

  std::string delimiter_;
  std::size_t fields_ = 0;  ///< 0: no row is plain
  std::size_t user_ = 0;
  std::size_t item_ = 0;
  std::size_t rating_ = 0;
  std::size_t time_ = 0;  ///< the user where it is not asked for
};

}  // namespace lacuna::data
