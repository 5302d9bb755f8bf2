#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/data/csr_arrays.hpp"

namespace lacuna::experiments {

/// An item with what it is ranked by.
struct RankedItem {
  std::int32_t item = 0;
  float value = 0;
};

/// Which items a user is not to be recommended.
struct Exclusion {
  data::CsrArrays by_user;  ///< a row per user, its columns the items; values are not read
  std::vector<std::uint8_t> item_out;  ///< by item: 1 for all users; empty: none

  bool is_out(std::int32_t item) const {
    return !item_out.empty() && item_out[static_cast<std::size_t>(item)] != 0;
  }
  bool holds(std::int32_t user, std::int32_t item) const;
};

/// The best items of each of many users, from predictions that come in blocks of a matrix whose
/// rows are users (by_user) or items. Best first; of equal ones the smaller index. Items that
/// `also_out` marks are left out, too. Refers to `exclusion`.
class TopLists {
 public:
  TopLists(std::int64_t users, std::int64_t items, int top, bool by_user,
           const Exclusion& exclusion, std::vector<std::uint8_t> also_out = {});

  /// Rows `first_row` and on, row-major; those of excluded pairs are not looked at and
  /// overwritten. Throws NonFiniteError for NaN and infinity; what is -infinity is left out.
  void add(std::int64_t first_row, std::span<float> values, int threads);

  std::span<const RankedItem> of(std::int64_t user) const;

 private:
  void add_user_row(std::int32_t user, float* values);
  void add_item_row(std::int32_t item, float* values, std::int32_t begin, std::int32_t end);
  void offer(std::int32_t user, std::int32_t item, float value);

  bool is_out(std::int32_t item) const {
    return exclusion_.is_out(item) ||
           (!also_out_.empty() && also_out_[static_cast<std::size_t>(item)] != 0);
  }

  std::int64_t users_;
  std::int64_t items_;
  std::size_t top_;
  bool by_user_;
  const Exclusion& exclusion_;
  std::vector<std::uint8_t> also_out_;
  data::CsrArrays users_of_;           // by item, where rows are items: who is not to have it
  std::vector<RankedItem> lists_;      // users x top
  std::vector<std::int32_t> lengths_;  // by user
  std::vector<float> least_;           // by user: what a further item must exceed
};

}  // namespace lacuna::experiments
