#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lacuna::tree {

/// An identifier of the code, or a word of a string literal, in lower case and cut into its parts:
/// "trainRatings", "TRAIN_RATINGS" and "train_ratings" are {"train", "ratings"}.
struct Word {
  std::vector<std::string> parts;
  std::size_t line = 0;  ///< from 1
  bool in_string = false;
};

/// All of a C++ text but its comments; an #include's path is a string.
std::vector<Word> words_of(std::string_view text);

}  // namespace lacuna::tree
