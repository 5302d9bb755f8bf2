#include "experiments/tasks/rating_prediction/top_lists.hpp"

#include <algorithm>
#include <atomic>
#include <limits>
#include <numeric>

#include "runtime/error.hpp"

namespace lacuna::experiments {

namespace {

std::span<const std::int32_t> row_of(const data::CsrArrays& rows, std::int64_t row) {
  const auto begin = static_cast<std::size_t>(rows.row_ptr[static_cast<std::size_t>(row)]);
  const auto end = static_cast<std::size_t>(rows.row_ptr[static_cast<std::size_t>(row) + 1]);
  return std::span(rows.col).subspan(begin, end - begin);
}

constexpr std::int32_t lanes = 16;  // values that are looked at together

/// Whether a value of a block exceeds its bound, or is NaN, so that it wants a closer look.
inline bool any_above(const float* values, const float* bounds) {
  int above = 0;
#pragma omp simd reduction(+ : above)
  for (std::int32_t j = 0; j < lanes; ++j) above += values[j] <= bounds[j] ? 0 : 1;
  return above != 0;
}
inline bool any_above(const float* values, float bound) {
  int above = 0;
#pragma omp simd reduction(+ : above)
  for (std::int32_t j = 0; j < lanes; ++j) above += values[j] <= bound ? 0 : 1;
  return above != 0;
}

/// Columns and rows change places; no values.
data::CsrArrays transposed(const data::CsrArrays& from) {
  data::CsrArrays to{.rows = from.cols, .cols = from.rows, .row_ptr = {}, .col = {}, .value = {}};
  to.row_ptr.resize(static_cast<std::size_t>(to.rows) + 1);
  to.col.resize(from.col.size());
  for (const std::int32_t c : from.col) ++to.row_ptr[static_cast<std::size_t>(c) + 1];
  std::partial_sum(to.row_ptr.begin(), to.row_ptr.end(), to.row_ptr.begin());
  std::vector<std::int64_t> next = to.row_ptr;
  for (std::int64_t r = 0; r < from.rows; ++r) {
    for (const std::int32_t c : row_of(from, r)) {
      to.col[static_cast<std::size_t>(next[static_cast<std::size_t>(c)]++)] =
          static_cast<std::int32_t>(r);
    }
  }
  return to;
}

/// What is never offered.
void leave_out(float* values, std::span<const std::int32_t> columns) {
  for (const std::int32_t c : columns) values[c] = -std::numeric_limits<float>::infinity();
}

}  // namespace

bool Exclusion::holds(std::int32_t user, std::int32_t item) const {
  if (is_out(item)) return true;
  if (by_user.rows == 0) return false;
  return std::ranges::binary_search(row_of(by_user, user), item);
}

TopLists::TopLists(std::int64_t users, std::int64_t items, int top, bool by_user,
                   const Exclusion& exclusion, std::vector<std::uint8_t> also_out)
    : users_(users),
      items_(items),
      top_(static_cast<std::size_t>(std::min<std::int64_t>(top, items))),
      by_user_(by_user),
      exclusion_(exclusion),
      also_out_(std::move(also_out)),
      users_of_(by_user || exclusion.by_user.rows == 0 ? data::CsrArrays()
                                                       : transposed(exclusion.by_user)),
      lists_(static_cast<std::size_t>(users) * top_),
      lengths_(static_cast<std::size_t>(users)),
      least_(static_cast<std::size_t>(users), -std::numeric_limits<float>::infinity()) {}

void TopLists::add(std::int64_t first_row, std::span<float> values, int threads) {
  const std::int64_t columns = by_user_ ? items_ : users_;
  const std::int64_t rows = std::ssize(values) / columns;
  std::atomic<bool> finite = true;
#pragma omp parallel for num_threads(threads) schedule(static)
  for (std::int64_t part = 0; part < (by_user_ ? rows : threads); ++part) {
    try {
      if (by_user_) {
        add_user_row(static_cast<std::int32_t>(first_row + part), values.data() + part * columns);
        continue;
      }
      const auto begin = static_cast<std::int32_t>(part * users_ / threads);
      const auto end = static_cast<std::int32_t>((part + 1) * users_ / threads);
      for (std::int64_t r = 0; r < rows; ++r) {
        add_item_row(static_cast<std::int32_t>(first_row + r), values.data() + r * columns, begin,
                     end);
      }
    } catch (const NonFiniteError&) {  // none may leave a parallel region
      finite = false;
    }
  }
  if (finite) return;
  throw NonFiniteError("the model predicts NaN or infinity: look for huge values in its weights");
}

std::span<const RankedItem> TopLists::of(std::int64_t user) const {
  const auto u = static_cast<std::size_t>(user);
  return std::span(lists_).subspan(u * top_, static_cast<std::size_t>(lengths_[u]));
}

void TopLists::add_user_row(std::int32_t user, float* values) {
  if (exclusion_.by_user.rows > 0) leave_out(values, row_of(exclusion_.by_user, user));
  const auto items = static_cast<std::int32_t>(items_);
  const float& least = least_[static_cast<std::size_t>(user)];
  std::int32_t item = 0;
  for (; item + lanes <= items; item += lanes) {
    if (!any_above(values + item, least)) continue;
    for (std::int32_t j = item; j < item + lanes; ++j) offer(user, j, values[j]);
  }
  for (; item < items; ++item) offer(user, item, values[item]);
}

void TopLists::add_item_row(std::int32_t item, float* values, std::int32_t begin,
                            std::int32_t end) {
  if (is_out(item)) return;
  if (users_of_.rows > 0) {
    const std::span<const std::int32_t> all = row_of(users_of_, item);
    const auto first = std::ranges::lower_bound(all, begin);
    leave_out(values, {first, std::ranges::lower_bound(first, all.end(), end)});
  }
  std::int32_t user = begin;
  for (; user + lanes <= end; user += lanes) {
    if (!any_above(values + user, least_.data() + user)) continue;
    for (std::int32_t j = user; j < user + lanes; ++j) offer(j, item, values[j]);
  }
  for (; user < end; ++user) offer(user, item, values[user]);
}

void TopLists::offer(std::int32_t user, std::int32_t item, float value) {
  const auto u = static_cast<std::size_t>(user);
  if (value <= least_[u]) return;
  if (!(value - value == 0)) throw NonFiniteError("");
  if (top_ == 0 || is_out(item)) return;
  RankedItem* list = lists_.data() + u * top_;
  auto length = static_cast<std::size_t>(lengths_[u]);
  if (length == top_) --length;
  std::size_t at = length;
  for (; at > 0 && list[at - 1].value < value; --at) list[at] = list[at - 1];
  list[at] = {item, value};
  lengths_[u] = static_cast<std::int32_t>(length + 1);
  if (length + 1 == top_) least_[u] = list[top_ - 1].value;
}

}  // namespace lacuna::experiments
