#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace lacuna::fuzz {

/// A parser as fuzzers call it.
struct Target {
  std::string_view name;
  /// Returns whatever the bytes are: what the parser refuses with a lacuna::Error is as good as
  /// what it takes. Throws anything else that the parser throws, and std::logic_error where what
  /// was read breaks a promise.
  void (*run)(std::span<const std::byte> input);
};

/// Every parser of files and texts that come from outside; seeds lie in corpus/<name>/.
std::span<const Target> targets();

/// Throws std::out_of_range where there is none of that name.
const Target& target(std::string_view name);

}  // namespace lacuna::fuzz
