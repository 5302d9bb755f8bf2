#include "runtime/data/ids.hpp"

#include <algorithm>
#include <numeric>

#include "runtime/data/whole_number.hpp"

namespace lacuna::data {
namespace {

/// The numbers that all texts spell, or nothing where one spells none.
std::optional<std::vector<std::uint64_t>> as_numbers(const TextList& texts) {
  std::vector<std::uint64_t> numbers;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto number = whole_number(texts[i]);
    if (!number) return std::nullopt;
    numbers.push_back(*number);
  }
  return numbers;
}

/// Ranks of the keys among the distinct ones, which `distinct` is called with in ascending order.
template <class Key, class Distinct>
std::vector<std::int32_t> ranks_of(const std::vector<Key>& keys, Distinct distinct) {
  std::vector<std::uint32_t> order(keys.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::sort(order, {}, [&](std::uint32_t i) { return keys[i]; });
  std::vector<std::int32_t> rank(keys.size());
  std::int32_t count = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const Key& key = keys[order[k]];
    if (k == 0 || keys[order[k - 1]] != key) {
      distinct(key);
      ++count;
    }
    rank[order[k]] = count - 1;
  }
  return rank;
}

/// `rank` holds the numbers' ranks first, then the texts'.
void apply(const std::vector<std::int32_t>& rank, std::size_t numbers,
           std::vector<std::int32_t>& codes) {
  for (std::int32_t& code : codes) {
    code = rank[code >= 0 ? static_cast<std::size_t>(code)
                          : numbers + static_cast<std::size_t>(~code)];
  }
}

}  // namespace

std::string Ids::text(std::int64_t index) const {
  const auto at = static_cast<std::size_t>(index);
  return are_numbers() ? std::to_string(numbers_[at]) : std::string(texts_[at]);
}

std::optional<std::int32_t> Ids::find(std::string_view id) const {
  if (are_numbers()) {
    const auto number = whole_number(id);
    if (!number) return std::nullopt;
    const auto found = std::ranges::lower_bound(numbers_, *number);
    if (found == numbers_.end() || *found != *number) return std::nullopt;
    return static_cast<std::int32_t>(found - numbers_.begin());
  }
  std::size_t begin = 0;
  for (std::size_t count = texts_.size(); count > 0;) {
    const std::size_t middle = begin + count / 2;
    if (texts_[middle] < id) {
      begin = middle + 1;
      count -= count / 2 + 1;
    } else {
      count /= 2;
    }
  }
  if (begin == texts_.size() || texts_[begin] != id) return std::nullopt;
  return static_cast<std::int32_t>(begin);
}

Ids Ids::subset(const std::vector<std::int32_t>& kept) const {
  if (are_numbers()) {
    std::vector<std::uint64_t> numbers;
    for (const std::int32_t i : kept) numbers.push_back(numbers_[static_cast<std::size_t>(i)]);
    return numbers;
  }
  TextList texts;
  for (const std::int32_t i : kept) texts.push_back(texts_[static_cast<std::size_t>(i)]);
  return Ids(std::move(texts));
}

Ids IdColumn::settle(std::vector<std::int32_t>& codes) const {
  const std::vector<std::uint64_t>& plain = numbers_.ids();
  const TextList& texts = texts_.texts();
  if (auto spelled = as_numbers(texts)) {
    std::vector<std::uint64_t> keys = plain;
    keys.insert(keys.end(), spelled->begin(), spelled->end());
    std::vector<std::uint64_t> distinct;
    apply(ranks_of(keys, [&](std::uint64_t id) { distinct.push_back(id); }), plain.size(), codes);
    return distinct;
  }
  std::vector<std::string> digits;
  for (const std::uint64_t id : plain) digits.push_back(std::to_string(id));
  std::vector<std::string_view> keys(digits.begin(), digits.end());
  for (std::size_t i = 0; i < texts.size(); ++i) keys.push_back(texts[i]);
  TextList distinct;
  apply(ranks_of(keys, [&](std::string_view id) { distinct.push_back(id); }), plain.size(), codes);
  return Ids(std::move(distinct));
}

}  // namespace lacuna::data
