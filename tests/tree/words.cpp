#include "tests/tree/words.hpp"

#include <cctype>

namespace lacuna::tree {
namespace {

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

bool is_upper(char c) {
  return std::isupper(static_cast<unsigned char>(c)) != 0;
}

char lower(char c) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

/// Splits at underscores and digits, before a capital behind a small letter, and before the last
/// capital of several that a small letter follows.
std::vector<std::string> parts_of(std::string_view word) {
  std::vector<std::string> parts;
  std::string part;
  const auto end_part = [&] {
    if (!part.empty()) parts.push_back(std::move(part));
    part.clear();
  };
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (!is_letter(word[i])) {
      end_part();
      continue;
    }
    const bool after_small = i > 0 && is_letter(word[i - 1]) && !is_upper(word[i - 1]);
    const bool before_small =
        i + 1 < word.size() && is_letter(word[i + 1]) && !is_upper(word[i + 1]);
    if (is_upper(word[i]) && (after_small || before_small)) end_part();
    part += lower(word[i]);
  }
  end_part();
  return parts;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<Word> run() {
    while (at_ < text_.size()) {
      if (starts("//")) {
        skip_past("\n");
      } else if (starts("/*")) {
        skip_past("*/");
      } else if (starts("R\"")) {
        read_raw_string();
      } else if (text_[at_] == '"') {
        read_string();
      } else if (text_[at_] == '\'' && !word_before()) {  // not a separator of digits
        read_character();
      } else if (is_word(text_[at_])) {
        read_word(false);
      } else {
        step();
      }
    }
    return std::move(words_);
  }

 private:
  static bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  }
  bool starts(std::string_view token) const { return text_.substr(at_).starts_with(token); }
  bool word_before() const { return at_ > 0 && is_word(text_[at_ - 1]); }

  void step() {
    if (text_[at_] == '\n') ++line_;
    ++at_;
  }
  void skip_past(std::string_view token) {
    while (at_ < text_.size() && !starts(token)) step();
    for (std::size_t i = 0; i < token.size() && at_ < text_.size(); ++i) step();
  }

  void read_word(bool in_string) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    words_.push_back({parts_of(text_.substr(begin, at_ - begin)), line_, in_string});
  }

  void read_until(std::string_view end) {
    while (at_ < text_.size() && !starts(end)) {
      if (end == "\"" && text_[at_] == '\\') {
        at_ += 2;
      } else if (is_word(text_[at_])) {
        read_word(true);
      } else {
        step();
      }
    }
    at_ += end.size();
  }
  void read_string() {
    ++at_;
    read_until("\"");
  }
  void read_raw_string() {
    const std::size_t open = text_.find('(', at_);
    const std::string end = ")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"";
    at_ = open + 1;
    read_until(end);
  }
  void read_character() {
    at_ += text_.substr(at_).starts_with("'\\") ? 3 : 2;
    skip_past("'");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::vector<Word> words_;
};

}  // namespace

std::vector<Word> words_of(std::string_view text) {
  return Reader(text).run();
}

}  // namespace lacuna::tree
