#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna::data {

/// Texts one behind the other in one piece of memory.
class TextList {
 public:
  std::size_t size() const { return ends_.size(); }
  std::string_view operator[](std::size_t index) const {
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return {bytes_.data() + begin, ends_[index] - begin};
  }
  void push_back(std::string_view text) {
    bytes_ += text;
    ends_.push_back(bytes_.size());
  }

  /// As they lie in memory: all bytes, and where each text ends in them.
  const std::string& bytes() const { return bytes_; }
  const std::vector<std::uint64_t>& ends() const { return ends_; }
  /// `ends` ascend, and the last of them is the number of bytes.
  static TextList from(std::string bytes, std::vector<std::uint64_t> ends) {
    TextList list;
    list.bytes_ = std::move(bytes);
    list.ends_ = std::move(ends);
    return list;
  }

 private:
  std::string bytes_;
  std::vector<std::uint64_t> ends_;
};

/// Numbers the distinct texts it is shown in order of appearance, as IdIndex does numbers.
class TextIndex {
 public:
  /// Throws DataError on more distinct texts than an int32 can number.
  std::int32_t operator()(std::string_view text) {
    // Files are mostly grouped by one of their two ids.
    if (last_ >= 0 && texts_[static_cast<std::size_t>(last_)] == text) return last_;
    return last_ = find_or_add(text);
  }
  const TextList& texts() const { return texts_; }

 private:
  /// Most texts that differ are told apart by their tags, without a look at them.
  struct Slot {
    std::int32_t number = -1;  // -1: empty
    std::uint32_t tag = 0;
  };

  std::int32_t find_or_add(std::string_view text);
  Slot& slot_of(std::string_view text, std::uint64_t hash);
  void grow();

  TextList texts_;
  std::vector<Slot> slots_;  // open addressing
  int bits_ = 0;             // log2 of the number of slots
  std::int32_t last_ = -1;
};

}  // namespace lacuna::data
