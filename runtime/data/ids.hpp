#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/data/id_index.hpp"
#include "runtime/data/text_index.hpp"

namespace lacuna::data {

/// A column's distinct ids by index: whole numbers, ascending, or texts in UTF-8, ascending by
/// bytes, so that an index does not depend on the order of the file.
class Ids {
 public:
  Ids() = default;
  /// Ascending.
  Ids(std::vector<std::uint64_t> numbers) : numbers_(std::move(numbers)) {}
  /// Ascending by bytes.
  explicit Ids(TextList texts) : texts_(std::move(texts)) {}

  std::int64_t size() const {
    return static_cast<std::int64_t>(are_numbers() ? numbers_.size() : texts_.size());
  }
  bool are_numbers() const { return texts_.size() == 0; }
  std::string text(std::int64_t index) const;

  /// The index of an id as people write it: where ids are numbers, in any spelling of them.
  std::optional<std::int32_t> find(std::string_view id) const;

  const std::vector<std::uint64_t>& numbers() const { return numbers_; }
  const TextList& texts() const { return texts_; }

  /// The ids at `kept`, which ascend.
  Ids subset(const std::vector<std::int32_t>& kept) const;

 private:
  std::vector<std::uint64_t> numbers_;  // one of the two is empty
  TextList texts_;
};

/// The ids of a column while its file is read. What is plain digits is numbered as a number, all
/// else as text: code >= 0 is the index of a number, code < 0 stands for the text ~code.
class IdColumn {
 public:
  std::int32_t number(std::uint64_t id) { return numbers_(id); }
  std::int32_t text(std::string_view id) { return ~texts_(id); }

  const IdIndex& numbers() const { return numbers_; }
  const TextIndex& texts() const { return texts_; }

  /// The ids of the whole column, which are numbers where each text is one in another spelling
  /// (whole_number()). `codes` become their indices.
  Ids settle(std::vector<std::int32_t>& codes) const;

 private:
  IdIndex numbers_;
  TextIndex texts_;
};

}  // namespace lacuna::data
