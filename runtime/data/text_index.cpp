#include "runtime/data/text_index.hpp"

#include <xxhash.h>

#include <limits>

#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

std::uint64_t hash_of(std::string_view text) {
  return XXH3_64bits(text.data(), text.size());
}

}  // namespace

std::int32_t TextIndex::find_or_add(std::string_view text) {
  if (2 * texts_.size() >= slots_.size()) grow();
  const std::uint64_t hash = hash_of(text);
  Slot& slot = slot_of(text, hash);
  if (slot.number < 0) {
    if (texts_.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
      throw DataError("more than 2^31 distinct ids: take a part of the data");
    }
    slot = {static_cast<std::int32_t>(texts_.size()), static_cast<std::uint32_t>(hash)};
    texts_.push_back(text);
  }
  return slot.number;
}

/// The slot that holds the text, or the empty one where it belongs.
TextIndex::Slot& TextIndex::slot_of(std::string_view text, std::uint64_t hash) {
  const auto tag = static_cast<std::uint32_t>(hash);
  std::size_t place = hash >> (64 - bits_);
  while (slots_[place].number >= 0) {
    const Slot& slot = slots_[place];
    if (slot.tag == tag && texts_[static_cast<std::size_t>(slot.number)] == text) break;
    place = (place + 1) & (slots_.size() - 1);
  }
  return slots_[place];
}

void TextIndex::grow() {
  bits_ = bits_ == 0 ? 10 : bits_ + 1;
  slots_.assign(std::size_t{1} << bits_, Slot{});
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    const std::uint64_t hash = hash_of(texts_[i]);
    slot_of(texts_[i], hash) = {static_cast<std::int32_t>(i), static_cast<std::uint32_t>(hash)};
  }
}

}  // namespace lacuna::data
