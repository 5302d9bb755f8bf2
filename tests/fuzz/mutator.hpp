#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

namespace lacuna::fuzz {

/// Damages texts at random, the same way for the same seed.
class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : random_(seed) {}

  /// `text` with one to four changes: bytes flipped or replaced, parts cut, repeated, or taken from
  /// `other`.
  std::string operator()(std::string text, const std::string& other);

 private:
  void change(std::string& text, const std::string& other);
  /// In [0, end), 0 where that is empty.
  std::size_t below(std::size_t end) { return end == 0 ? 0 : random_() % end; }

  std::mt19937_64 random_;  // whose numbers the C++ standard prescribes
};

}  // namespace lacuna::fuzz
