#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lacuna::data {

/// Numbers the distinct ids it is shown in order of appearance.
class IdIndex {
 public:
  /// Throws DataError on more distinct ids than an int32 can number.
  std::int32_t operator()(std::uint64_t id) {
    // Files are mostly grouped by one of their two ids.
    if (last_ >= 0 && ids_[static_cast<std::size_t>(last_)] == id) return last_;
    return last_ = find_or_add(id);
  }
  const std::vector<std::uint64_t>& ids() const { return ids_; }

 private:
  std::int32_t find_or_add(std::uint64_t id);
  std::size_t slot_of(std::uint64_t id) const;
  void grow();

  std::vector<std::uint64_t> ids_;
  std::vector<std::int32_t> slots_;  // open addressing: an index into ids_, or -1
  int bits_ = 0;                     // log2 of the number of slots
  std::int32_t last_ = -1;
};

}  // namespace lacuna::data
